"""The demonstration's needs are alive in every corner; what the files say can be seen without seeding them."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kyodo.modules.needs.rules import OPEN, SCORES, SHARED, SOLVED, TRANSITIONS, Audience, RouteKind, State, Topic

FOLDER = Path(__file__).parents[1] / "demo"
MONTHS, YEAR = 36, 365
FILES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8"))["need"] for path in FOLDER.glob("needs/*.toml")}
NEEDS: list[dict[str, Any]] = [need for needs in FILES.values() for need in needs]
BY_TITLE = {need["title"]: need for need in NEEDS}


def moves(need: dict[str, Any]) -> list[dict[str, Any]]:
    return sorted(need["moves"], key=lambda move: move["after"])


def state(need: dict[str, Any]) -> State:
    return State(moves(need)[-1]["to"]) if need["moves"] else State.RECEIVED


def ended_after(need: dict[str, Any]) -> float:
    """Days after which a need was not open any more."""
    return min((move["after"] for move in need["moves"] if State(move["to"]) not in OPEN), default=float("inf"))


def told(need: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Everything that happened with a need: what, and how many days after its posting."""
    for kind in ("backings", "posts", "moves", "routes", "measures", "ratings"):
        yield from ((kind, act["after"]) for act in need.get(kind, []))
    for route in need.get("routes", []):
        yield from (("report", report["after"]) for report in route.get("reports", []))
    yield from (("result", one["result"]["after"]) for one in need.get("measures", []) if "result" in one)
    yield from ((kind, need[kind]["after"]) for kind in ("assign", "merge") if kind in need)


def test_there_are_more_than_three_hundred_needs_in_every_topic_and_no_two_of_one_title():
    assert len(NEEDS) >= 310
    assert len(BY_TITLE) == len(NEEDS)
    assert {Topic(need["field"]) for need in NEEDS} == set(Topic)
    assert [need["title"] for field, needs in FILES.items() for need in needs if need["field"] != field] == []


def test_every_municipality_posts_at_least_two():
    with (FOLDER / "municipalities.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    posted = Counter(need["body"] for need in NEEDS)
    assert [code for code in codes if posted[code] < 2] == []
    assert set(posted) == codes


def test_each_month_of_three_years_has_some_and_the_recent_ones_more():
    months = Counter(need["posted"] // 30 for need in NEEDS)
    assert [month for month in range(MONTHS) if not months[month]] == []
    years = Counter(need["posted"] // YEAR for need in NEEDS)
    assert years[0] > years[1] > years[2] > 0


def test_every_state_audience_route_and_score_is_there():
    states = Counter(state(need) for need in NEEDS if "merge" not in need)
    assert [wanted for wanted in State if states[wanted] < 20] == []
    audiences = Counter(Audience(need["audience"]) for need in NEEDS)
    assert [wanted for wanted in Audience if audiences[wanted] < 30] == []
    routes = Counter(RouteKind(route["kind"]) for need in NEEDS for route in need.get("routes", []))
    assert [wanted for wanted in RouteKind if routes[wanted] < 10] == []
    assert {rating["score"] for need in NEEDS for rating in need.get("ratings", [])} == set(SCORES)


def test_there_is_enough_of_everything_that_a_page_shows():
    assert sum("merge" in need for need in NEEDS) >= 15
    assert sum(len(need.get("posts", [])) >= 2 for need in NEEDS) >= 60
    assert sum(len(need.get("posts", [])) >= 20 for need in NEEDS) >= 2
    assert sum("routes" in need for need in NEEDS) >= 120
    assert sum("measures" in need for need in NEEDS) >= 90
    assert sum(len(need.get("ratings", [])) for need in NEEDS) >= 70
    assert sum("vendor" in need or "price" in need for need in NEEDS) >= 25
    assert max(len(need["backings"]) for need in NEEDS) == 15


def test_some_promises_were_kept_some_missed_some_are_still_to_be_measured_and_a_few_are_overdue():
    kept, missed, ahead, overdue = 0, 0, 0, 0
    for need in NEEDS:
        for measure in need.get("measures", []):
            if "result" not in measure:
                ahead += measure["due"] >= need["posted"]
                overdue += measure["due"] < need["posted"]
                continue
            left = measure["promised"] - measure["result"]["measured"]
            is_kept = left >= 0 if measure["promised"] < measure["baseline"] else left <= 0
            kept, missed = kept + is_kept, missed + (not is_kept)
    assert min(kept, missed, ahead) >= 20
    assert 3 <= overdue <= 30


def test_nothing_happened_that_the_rules_would_refuse():
    for need in NEEDS:
        before, end, merged = State.RECEIVED, ended_after(need), need.get("merge", {}).get("after", float("inf"))
        for move in moves(need):
            assert State(move["to"]) in TRANSITIONS[before], need["title"]
            before = State(move["to"])
        assert [act for act in told(need) if act[1] > need["posted"]] == [], f"after today: {need['title']}"
        asked = [act for act in told(need) if act[0] in ("backings", "routes", "assign")]
        assert [act for act in asked if act[1] > min(end, merged)] == [], f"not open then: {need['title']}"
        assert state(need) in SOLVED or not need.get("ratings"), need["title"]


def test_a_need_is_merged_only_into_one_that_was_open_then_and_can_be_read():
    for need in (need for need in NEEDS if "merge" in need):
        target = BY_TITLE[need["merge"]["into"]]
        day = target["posted"] - need["posted"] + need["merge"]["after"]  # after the target's posting
        assert 0 < day < ended_after(target), need["title"]
        assert target["audience"] in SHARED, need["title"]


def test_whoever_writes_or_rates_may_see_the_need():
    for need in NEEDS:
        joined = {backing["body"] for backing in need["backings"]} | {need["body"]}
        assert {rating["body"] for rating in need.get("ratings", [])} <= joined, need["title"]
        if need["audience"] not in SHARED:
            writers = {post["body"] for post in need.get("posts", [])}
            assert writers <= {need["body"], "dx"}, need["title"]
            assert need["backings"] == [], need["title"]


def test_the_pairs_of_like_needs_name_needs_that_exist():
    heads = (path.read_text(encoding="utf-8").split("[[need]]")[0] for path in FOLDER.glob("needs/*.toml"))
    lines = [line for head in heads for line in head.splitlines() if line.startswith("# alike: ")]
    assert len(lines) >= 34
    told_titles = {title for line in lines for title in line.removeprefix("# alike: ").split(" / ")}
    assert told_titles - set(BY_TITLE) == set()


def test_no_two_officers_wrote_the_same():
    for part in ("trouble", "title"):
        assert [text for text, count in Counter(need[part] for need in NEEDS).items() if count > 1] == []
    posts = Counter(post["text"] for need in NEEDS for post in need.get("posts", []))
    assert [text for text, count in posts.items() if count > 1] == []

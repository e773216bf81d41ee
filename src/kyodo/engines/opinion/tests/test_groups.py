"""Groups that are there are found; where there is no picture, none is drawn."""

from __future__ import annotations

import math

import pytest

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.tests.drawn import groups_in, planted, same_groups, statements_of, votes_of

BOTH = pytest.mark.parametrize("method", ["robust", "polis"])


@pytest.mark.parametrize("sizes", [(20, 20), (30, 12, 9), (15, 15, 15), (40, 10, 10, 10)])
@pytest.mark.parametrize("seed", [1, 2])
def test_planted_groups_are_found_again(sizes, seed):
    """With minds of their own, groups lie apart in the plane, four of them at its corners."""
    rows, groups = planted(seed, sizes=sizes, statements=60, noise=0.04, seen=0.8)
    document = analyse(votes_of(rows, statements_of(60))).document()
    found = groups_in(document)
    if len(sizes) < 4:
        assert document["k"] == len(sizes)
        assert same_groups(found, groups)
        assert document["stability"] > 0.9
    else:  # a plane shows what differs most: a fourth group may lie upon another
        assert document["k"] in (3, 4)
        assert same_groups(
            {p: g for p, g in found.items() if groups[p] == 0}, {p: 0 for p, g in groups.items() if g == 0}
        )


@BOTH
def test_one_start_in_a_thousand_people_finds_them_too(method):
    rows, groups = planted(7, sizes=(900, 500, 300), statements=40, seen=0.5)
    document = analyse(votes_of(rows, statements_of(40)), method=method).document()
    wrong = sum(
        1
        for group in range(3)
        for name, found in groups_in(document).items()
        if groups[name] == group and found != group
    )
    assert document["k"] == 3
    assert wrong <= 17  # one in a hundred


@BOTH
@pytest.mark.parametrize(
    ("rows", "rejected", "included"),
    [
        ([], (), 0),
        ([("1", str(s), 1) for s in range(10)], (), 1),
        ([(str(p), "0", (-1) ** p) for p in range(20)], (), 20),
        ([(str(p), str(s), 1) for p in range(20) for s in range(10)], (), 20),
        ([(str(p), str(s), 0) for p in range(20) for s in range(10)], (), 20),
        ([(str(p), str(s), (-1) ** p) for p in range(20) for s in range(10)], range(10), None),
        ([(str(p), str(s), (-1) ** p) for p in range(20) for s in range(10)], range(9), 20),
        ([(str(p), str((p + s) % 10), (-1) ** s) for p in range(20) for s in range(6)], (), 0),
    ],
    ids=[
        "no votes",
        "one voter",
        "one statement",
        "all agree",
        "all pass",
        "all rejected",
        "one left",
        "six votes each",
    ],
)
def test_too_few_votes_give_no_picture_but_a_reason(method, rows, rejected, included):
    document = analyse(votes_of(rows, statements_of(10, rejected)), method=method).document()
    assert (document["state"], document["k"], document["groups"]) == ("too_few_votes", 0, [])
    assert all(each["group"] is None for each in document["participants"])
    assert all(math.isfinite(each[axis]) for each in document["participants"] for axis in "xy")
    assert all(map(math.isfinite, document["explained_variance"]))
    assert document["stability"] is None
    if included is not None:
        assert document["n_included"] == included
    if method == "robust":
        assert document["explanations"][0]["text"].startswith("まだグループ分けはできません。")
        assert document["flagged"] == []


def test_where_everybody_agrees_that_is_said():
    rows = [(str(p), str(s), 1) for p in range(20) for s in range(10)]
    document = analyse(votes_of(rows, statements_of(10))).document()
    assert [each["statement"] for each in document["consensus"]] == ["0", "1", "2", "3", "4"]
    assert document["explanations"][1]["text"] == "全体の 100% が賛成"


@BOTH
def test_who_votes_on_nothing_is_not_there_and_who_votes_little_has_no_group(method):
    rows, _groups = planted(2)
    document = analyse(votes_of([*rows, ("few", "1", 1)], statements_of(30)), method=method).document()
    place = {each["id"]: each for each in document["participants"]}
    assert place["few"]["group"] is None
    assert document["n_participants"] == len(place) == document["n_included"] + 1


def test_nobody_is_left_alone_in_a_group():
    """One person who says the opposite of everybody is an odd one, not an opinion group."""
    rows, _groups = planted(3, sizes=(15, 15), statements=20, noise=0.02, seen=1.0)
    first = [(s, v) for p, s, v in rows if p == "1"]
    odd = [("odd", s, -v or 1) for s, v in first]
    for method, least in (("robust", 2), ("polis", 1)):
        document = analyse(votes_of(rows + odd, statements_of(20)), method=method).document()
        assert min(each["size"] for each in document["groups"]) >= least
    assert {each["group"] for each in analyse(votes_of(rows + odd, statements_of(20))).document()["participants"]} == {
        0,
        1,
    }


def test_rejected_statements_stand_for_nobody():
    rows, _groups = planted(5)
    rejected = set(range(0, 24, 3))
    for method in ("robust", "polis"):
        document = analyse(votes_of(rows, statements_of(24, rejected)), method=method).document()
        named = {each["statement"] for group in document["groups"] for each in group["representative"]}
        named |= {each["statement"] for each in document["consensus"]}
        named |= {each["statement"] for each in document.get("routing", [])}
        named |= {each["statement"] for each in document.get("minority", [])}
        assert named
        assert not named & {str(number) for number in rejected}
        assert document["n_statements"] == 16


def test_dropping_rejected_statements_is_as_if_nobody_had_seen_them():
    rows, _groups = planted(5)
    rejected = {1, 5, 6}
    without = [row for row in rows if int(row[1]) not in rejected]
    kept = [each for each in statements_of(24) if int(each.id) not in rejected]
    one = analyse(votes_of(rows, statements_of(24, rejected))).document()
    other = analyse(votes_of(without, kept)).document()
    assert same_groups(groups_in(one), groups_in(other))
    assert one["explained_variance"] == pytest.approx(other["explained_variance"])


def test_an_odd_one_far_away_does_not_hide_the_groups():
    """k-means alone would give the loner a group of its own and throw the two crowds together."""
    import numpy as np

    from kyodo.engines.opinion.clusters import seeded

    rng = np.random.default_rng(1)
    crowds = np.concatenate([rng.normal((0, 0), 0.1, (10, 2)), rng.normal((0, 2), 0.1, (10, 2)), [[60.0, 0.0]]])
    part = seeded(crowds, 2)[0]
    assert len(set(part.labels[:10].tolist())) == len(set(part.labels[10:20].tolist())) == 1
    assert part.labels[0] != part.labels[10]
    assert sorted(np.bincount(part.labels).tolist()) == [10, 11]

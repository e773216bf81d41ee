"""What waits on the desk: late and soonest due first, then what waits longest; and how many more there are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind
from kyodo.core.desk import items
from kyodo.core.desk.items import DeskItem
from tests.region import Region

DAY = date(2026, 11, 24)
ACTOR = Actor(kind=ActorKind.PERSON, label="檜原村 総務課")


@pytest.fixture
def sources(monkeypatch) -> list[items.Source]:
    """No source but the test's own."""
    found: list[items.Source] = []
    monkeypatch.setattr(items, "_sources", found)
    return found


def item(about: str, *, due: int | None = None, since: int | None = None, of: date = DAY) -> DeskItem:
    days = [None if number is None else of + timedelta(days=number) for number in (due, since)]
    return DeskItem("返事を書く", about, f"/{about}/", "開く", 5, *days)


def test_what_has_a_day_comes_first_then_what_waits_longest_from_all_sources(sources):
    sources.append(lambda actor: [item("新しい", since=-1), item("来週", due=7), item("いつでも")])
    sources.append(lambda actor: [item("古い", since=-9), item("遅れ", due=-2), item("今日", due=0, since=-3)])
    assert [one.about for one in items.of(ACTOR).items] == ["遅れ", "今日", "来週", "古い", "新しい", "いつでも"]


def test_what_does_not_fit_is_counted(sources):
    sources.append(lambda actor: [item(str(number), due=number) for number in reversed(range(35))])
    desk = items.of(ACTOR)
    assert [one.about for one in desk.items] == [str(number) for number in range(30)]
    assert desk.more == 5


def test_each_source_is_asked_as_the_one_who_looks(sources):
    sources.append(lambda actor: [item(actor.label)])
    assert items.of(ACTOR).items[0].about == "檜原村 総務課"


def test_the_first_page_says_what_to_do_until_when_and_how_long_it_takes(region: Region, sources):
    sources.append(lambda actor: [item("窓口の件", due=-1, of=clock.today()), item("電話の件", since=-1)])
    page = region.villager.browser().get("/").content.decode()
    assert "あなたの番" in page
    assert page.index("窓口の件") < page.index("電話の件")
    assert "期限超過" in page
    assert "（5分）" in page


def test_an_empty_desk_takes_no_room(region: Region, sources):
    assert "あなたの番" not in region.villager.browser().get("/").content.decode()

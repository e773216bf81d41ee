"""Many things are set and met at once, in as many statements as one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kyodo.core import clock
from kyodo.core.deadlines.models import Deadline
from kyodo.core.deadlines.setting import Due, meet_all, set_all, set_deadline
from tests.region import Region

KIND = "needs.need"


def many(region: Region, *, first: int = 1) -> list[Due]:
    return [
        Due(KIND, number, "answer", "返事・対応", f"#{number} 窓口", f"/needs/{number}/", region.village.pk)
        for number in range(first, first + 62)
    ]


def days() -> dict[int, date | None]:
    found = Deadline.objects.values_list("subject_id", "due_on", "met_at")
    return {subject: None if met_at else due_on for subject, due_on, met_at in found}


def test_what_is_there_moves_what_is_new_is_set_and_what_has_no_day_is_lifted(region: Region):
    soon, late = clock.today(), clock.today() + timedelta(days=9)
    dues = many(region)
    for one in dues[:2]:
        set_deadline(one, on=soon, at=clock.now())
    meet_all(KIND, [1], at=clock.now())
    set_all([(dues[0], late), (dues[1], None), (dues[2], late), (dues[3], None)], at=clock.now())
    assert days() == {1: late, 2: None, 3: late}


def test_sixty_two_cost_as_many_statements_as_one(region: Region, django_assert_num_queries: Any):
    for dues in (many(region), many(region, first=100)[:1]):
        with django_assert_num_queries(1):
            set_all([(one, clock.today()) for one in dues], at=clock.now())
        with django_assert_num_queries(1):
            meet_all(KIND, [one.subject for one in dues], "answer", "measure", at=clock.now())
    assert set(days().values()) == {None}

"""A sheet of needs that went out and came back, for tests that need one of everything."""

from __future__ import annotations

import secrets
from uuid import uuid4

from django.core.files.base import ContentFile

from kyodo.core import clock
from kyodo.core.sheets import actions, intake, rules
from kyodo.core.sheets.models import SheetIssue, SheetReturn
from kyodo.modules.needs import sheets
from kyodo.modules.needs.models import Need
from tests.region import Person, Region


def issued(region: Region, *, by: Person | None = None) -> SheetIssue:
    """A sheet of one need of the village, made by its officer."""
    need, author = region.need(), by or region.villager
    return actions.issue(
        name=sheets.SHEET.name,
        number=rules.new_number(secrets.choice),
        rows=sheets.outgoing(Need.objects.filter(pk=need.pk)),
        organisation=region.village.pk,
        narrowed="",
        due_on=None,
        by=author.actor,
        at=clock.now(),
    )


def taken(issue: SheetIssue, *, by: Person) -> intake.Taken:
    """The sheet as CSV with another topic, looked at."""
    (row,) = issue.rows
    return _looked_at(issue, f"番号,分野\n{row},学校\n", by=by)


def latest(text: str, *, by: Person) -> intake.Taken:
    """The sheet that went out last, back as CSV with these lines (the first names the columns), looked at."""
    return _looked_at(SheetIssue.objects.latest("pk"), text, by=by)


def applied(taken: intake.Taken, *, by: Person) -> list[int]:
    """Take over what came back; the numbers of its rows."""
    (key,) = actions.receive(taken=[taken], batch=uuid4(), by=by.actor, at=clock.now())
    return actions.apply(returned_id=key, taken=set(), by=by.actor, at=clock.now())


def _looked_at(issue: SheetIssue, text: str, *, by: Person) -> intake.Taken:
    (handed,) = intake.keep_all([ContentFile(f"返送用番号,{issue.number}\n{text}".encode(), name="返送.csv")])
    return intake.take(handed, actor=by.actor, today=clock.today())


def returned(region: Region) -> SheetReturn:
    """What the village's officer sent back, not applied yet."""
    one = taken(issued(region), by=region.villager)
    (key,) = actions.receive(taken=[one], batch=uuid4(), by=region.villager.actor, at=clock.now())
    return SheetReturn.objects.get(pk=key)

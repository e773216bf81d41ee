"""Contracts that bodies of the demonstration entered by themselves: what the radar finds before anybody is asked."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from kyodo.core.demo import Act, People, office_day
from kyodo.core.organisations.models import Organisation
from kyodo.modules.procurement.actions.contracts import enter_contract
from kyodo.modules.procurement.rules.contracts import ContractDraft


def contract_acts(file: Path, *, people: People, day: date, zone: ZoneInfo) -> Iterator[Act]:
    """A line a contract; `entered` and `ends` are days before and after the seeding."""
    with file.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    for number, row in enumerate(rows):
        entered = office_day(day - timedelta(days=int(row["entered"])))
        at = datetime.combine(entered, time(15, 10), tzinfo=zone) + timedelta(seconds=number)
        yield Act(at, partial(_enter, row, people=people, day=day, at=at))


def _enter(row: dict[str, str], *, people: People, day: date, at: datetime) -> None:
    draft = ContractDraft(
        kind=row["kind"],
        item=row["item"],
        ends_on=day + timedelta(days=int(row["ends"])),
        supplier=row["supplier"],
        yearly_yen=int(row["yearly_yen"]),
        quantity=int(row["quantity"]) if row["quantity"] else None,
        unit=row["unit"],
        form="service",
    )
    body = Organisation.objects.get(code=row["body"])
    enter_contract(organisation=body, draft=draft, by=people.anybody(row["body"]), at=at)

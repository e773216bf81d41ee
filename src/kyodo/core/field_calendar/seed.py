"""The demonstration's sessions and budget deadlines, from a readable file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.field_calendar.actions import add_day
from kyodo.core.field_calendar.rules import DayDraft, Kind
from kyodo.core.organisations.models import Organisation
from kyodo.engines.calendar import fiscal_year


def days(path: Path, *, day: date) -> Iterator[tuple[str, DayDraft]]:
    """The days of the file in the fiscal year of `day`, each with the code of its body."""
    year = fiscal_year(day)
    for told in tomllib.loads(path.read_text(encoding="utf-8"))["day"]:
        yield told["body"], _draft(told, year)


def seed(
    path: Path,
    *,
    organisations: Mapping[str, Organisation],
    officer: Callable[[str], Actor],
    day: date,
    at: datetime,
) -> None:
    """Let an officer of each body enter its days."""
    for code, draft in days(path, day=day):
        add_day(organisation=organisations[code], draft=draft, by=officer(code), at=at)


def _draft(told: Mapping[str, Any], year: int) -> DayDraft:
    kind, month = Kind(told["kind"]), told["month"]
    in_year = year if month >= 4 else year + 1
    return DayDraft(
        kind=kind,
        name=told["name"],
        first=date(in_year, month, told["first"]),
        last=date(in_year, month, told["last"]),
        bills_due_on=date(in_year, month, told["bills"]) if "bills" in told else None,
        fiscal_year=year + 1 if kind is Kind.BUDGET else None,
    )

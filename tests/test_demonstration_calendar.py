"""The demonstration's sessions and deadlines are such as a body may enter, in any fiscal year."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from kyodo.core.field_calendar.rules import Kind, faults_of_day
from kyodo.core.field_calendar.seed import days

FOLDER = Path(__file__).parents[1] / "demo"


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2031])
def test_every_day_of_the_file_may_be_entered(year: int):
    found = list(days(FOLDER / "calendar.toml", day=date(year, 11, 24)))
    assert [(code, fault) for code, draft in found for fault in faults_of_day(draft)] == []
    budgets = [(code, draft.fiscal_year) for code, draft in found if draft.kind is Kind.BUDGET]
    assert len(set(budgets)) == len(budgets)


def test_every_body_of_the_file_is_one_of_the_region_and_some_are_left_to_be_assumed():
    with (FOLDER / "municipalities.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    named = {code for code, _draft in days(FOLDER / "calendar.toml", day=date(2026, 11, 24))}
    assert named < codes

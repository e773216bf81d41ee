"""Turns the readable cases of the demonstration region into acts, through the same actions as people.

All days in the files are offsets from the day of seeding. A file a case, and a table a part of its work; what each body
answered stands in a CSV beside it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from kyodo.core.demo import Act, People
from kyodo.modules.procurement.seed.alignment import alignment_acts
from kyodo.modules.procurement.seed.case import CaseOfDemo
from kyodo.modules.procurement.seed.commitment import commitment_acts
from kyodo.modules.procurement.seed.contracts import contract_acts
from kyodo.modules.procurement.seed.market import market_acts
from kyodo.modules.procurement.seed.survey import survey_acts

__all__ = ["acts"]


def acts(folder: Path, *, people: People, day: date, zone: ZoneInfo, needs: Mapping[str, int]) -> list[Act]:
    """All that happened with cases before `day`; `needs`: the numbers of needs by title."""
    found: list[Act] = []
    for file in sorted(folder.glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        case = CaseOfDemo(told, people=people, day=day, zone=zone, needs=needs)
        found += case.acts()
        found += survey_acts(case, file.with_suffix(".csv"))
        found += alignment_acts(case)
        found += market_acts(case)
        found += commitment_acts(case)
    found += contract_acts(folder / "contracts.csv", people=people, day=day, zone=zone)
    return found

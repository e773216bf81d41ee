"""Reads the checked-in tables: rows by their heads, several spellings in one cell parted by 「・」."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
PARTED = "・"


def rows(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of a table."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def spellings(row: Mapping[str, str], usual: str, others: str) -> tuple[str, ...]:
    """The usual spelling and the others."""
    return row[usual], *row[others].split(PARTED)

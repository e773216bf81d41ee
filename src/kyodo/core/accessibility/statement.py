"""Reads the statement from its file: criteria of JIS X 8341-3:2016 (WCAG 2.0), what was looked at, known faults."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from kyodo.engines.words import _

FILE = Path(__file__).with_name("statement.toml")


class Result(StrEnum):
    """How a criterion stands."""

    MET = "met"
    NO_FAULT_FOUND = "no_fault_found"
    UNCHECKED = "unchecked"
    NOT_MET = "not_met"
    ABSENT = "absent"


class How(StrEnum):
    """How it was looked at."""

    AUTO = "auto"
    TEST = "test"
    SOURCE = "source"
    HAND = "hand"


RESULTS: dict[Result, str] = {
    Result.MET: _("適合"),
    Result.NO_FAULT_FOUND: _("一部を確認、問題なし"),
    Result.UNCHECKED: _("未確認"),
    Result.NOT_MET: _("不適合"),
    Result.ABSENT: _("適用なし"),
}
WAYS: dict[How, str] = {
    How.AUTO: _("検査ソフト"),
    How.TEST: _("ブラウザの自動試験"),
    How.SOURCE: _("作りを読んで"),
    How.HAND: _("人の手で"),
}
TONES = {Result.MET: "done", Result.NO_FAULT_FOUND: "go", Result.NOT_MET: "error", Result.UNCHECKED: "warn"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: its number ("1.4.3"), level ("A" or "AA"), names and remarks by language ("ja", "en")."""

    number: str
    level: str
    name: dict[str, str]
    result: Result
    how: How | None
    remark: dict[str, str]

    @property
    def applies(self) -> bool:
        """False where these pages have nothing of the kind."""
        return self.result is not Result.ABSENT


@dataclass(frozen=True, slots=True)
class Statement:
    """The whole statement; `faults` by language."""

    checked_on: date
    tools: str
    technologies: tuple[str, ...]
    pages: tuple[str, ...]
    faults: tuple[dict[str, str], ...]
    criteria: tuple[Criterion, ...]

    def counts(self) -> dict[Result, int]:
        """How many criteria stand how, in the order of `Result`."""
        counted = Counter(one.result for one in self.criteria)
        return {result: counted[result] for result in Result}


@cache
def statement() -> Statement:
    """The statement as it stands in the file. Raises KeyError or ValueError for a file that is not one."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Statement(
        checked_on=told["checked_on"],
        tools=told["tools"],
        technologies=tuple(told["technologies"]),
        pages=tuple(told["pages"]),
        faults=tuple(told["faults"]),
        criteria=tuple(_criterion(one) for one in told["criteria"]),
    )


def _criterion(told: dict[str, Any]) -> Criterion:
    return Criterion(
        number=told["number"],
        level=told["level"],
        name={"ja": told["ja"], "en": told["en"]},
        result=Result(told["result"]),
        how=How(told["how"]) if "how" in told else None,
        remark={"ja": told.get("remark_ja", ""), "en": told.get("remark_en", "")},
    )

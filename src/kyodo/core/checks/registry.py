"""What a check finds, and which checks there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import Error

from kyodo.engines.words import _


class Level(StrEnum):
    """How it stands. A warning is fine on a laptop; a fault is not fine anywhere."""

    OK = "ok"
    WARN = "warn"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: a sentence and, where something is to be done, what; both are templates for `facts`, to translate."""

    level: Level
    sentence: str
    remedy: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


Check = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Part:
    """What is checked together, under one name (a text to translate)."""

    order: int
    name: str
    check: Check


_parts: list[Part] = []


def register(order: int, name: str, check: Check) -> None:
    """Let `kyodo check` ask `check`; lower orders come first (10 settings, 20 database, 30 record, 70 workers)."""
    _parts.append(Part(order, name, check))


def findings() -> Iterator[tuple[str, Finding]]:
    """All findings, each with the name of its part. A check that the database stops is itself a fault."""
    for part in sorted(_parts, key=lambda one: (one.order, one.name)):
        try:
            found = list(part.check())
        except Error as trouble:
            sentence = _("データベースが答えないので、確かめられません（{trouble}）。")
            remedy = _("KYODO_DATABASE_URL とデータベースの状態を確かめてください。")
            found = [Finding(Level.FAULT, sentence, remedy, {"trouble": str(trouble).strip().splitlines()[0]})]
        yield from ((part.name, one) for one in found)


def ok(sentence: str, **facts: Any) -> Finding:
    """All is well."""
    return Finding(Level.OK, sentence, facts=facts)


def warn(sentence: str, remedy: str, **facts: Any) -> Finding:
    """Fine on a laptop."""
    return Finding(Level.WARN, sentence, remedy, facts)


def fault(sentence: str, remedy: str, **facts: Any) -> Finding:
    """To be mended."""
    return Finding(Level.FAULT, sentence, remedy, facts)

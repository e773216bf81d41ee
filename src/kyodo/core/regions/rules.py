"""What a list of bodies has to be before a region is made of it: pure checks that name every fault with its line."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kyodo.core.organisations.rules import problem_of_code
from kyodo.engines.words import _

COLUMNS = ("code", "name", "kana", "kind", "lat", "lng", "sections")
REQUIRED = ("code", "name", "kind")
PREFECTURE = "prefecture"
KINDS = (PREFECTURE, "designated_city", "special_ward", "city", "town", "village")
LONGEST = {"name": 100, "kana": 200}


@dataclass(frozen=True, slots=True)
class PlannedBody:
    """A body to be made. Degrees are None where they are not known: it has no tile then."""

    code: str
    name: str
    kana: str
    kind: str
    lat: float | None
    lng: float | None
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line of the list (the header is line 1), and what was expected; texts to translate."""

    line: int
    column: str
    found: str
    expected: str


def prefecture_code(code: str) -> str:
    """The first two digits: which prefecture a body lies in."""
    return code[:2]


def read(rows: Sequence[Mapping[str, str]]) -> tuple[list[PlannedBody], list[Fault]]:
    """The bodies of a list and all of its faults; bodies are whole only where there are no faults."""
    faults = [fault for number, row in enumerate(rows, start=2) for fault in _faults_of(row, number)]
    lines: dict[str, int] = {}
    for number, row in enumerate(rows, start=2):
        code = row["code"]
        if code and lines.setdefault(code, number) != number:
            faults.append(Fault(number, "code", code, _("同じ団体コードは1回だけ書けます。")))
    if faults:
        return [], sorted(faults, key=lambda fault: fault.line)
    return [_body(row) for row in rows], []


def _faults_of(row: Mapping[str, str], line: int) -> Iterator[Fault]:
    if problem := problem_of_code(row["code"]):
        yield Fault(line, "code", row["code"], problem)
    if not row["name"]:
        yield Fault(line, "name", "", _("名前を書いてください。"))
    for column, longest in LONGEST.items():
        if len(row[column]) > longest:
            yield Fault(line, column, row[column][:20] + "…", _("長すぎます。"))
    if row["kind"] not in KINDS:
        yield Fault(line, "kind", row["kind"], ", ".join(KINDS))
    for column, most in (("lat", 90.0), ("lng", 180.0)):
        if row[column] and _degrees(row[column], most) is None:
            yield Fault(line, column, row[column], _("緯度・経度を、度の小数で書いてください（例 39.71861）。"))
    if bool(row["lat"]) != bool(row["lng"]):
        yield Fault(line, "lat", row["lat"], _("緯度と経度は、両方書くか、両方空にしてください。"))


def _degrees(text: str, most: float) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


def _body(row: Mapping[str, str]) -> PlannedBody:
    return PlannedBody(
        code=row["code"],
        name=row["name"],
        kana=row["kana"],
        kind=row["kind"],
        lat=_degrees(row["lat"], 90.0) if row["lat"] else None,
        lng=_degrees(row["lng"], 180.0) if row["lng"] else None,
        sections=tuple(dict.fromkeys(part.strip() for part in row["sections"].split(";") if part.strip())),
    )

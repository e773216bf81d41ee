"""Lists of bodies: the one of all Japan that comes with Kyodo, and those that an operator writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from kyodo.core.regions.rules import COLUMNS, PREFECTURE, REQUIRED, Fault, PlannedBody, prefecture_code, read
from kyodo.engines.words import _

JAPAN = Path(__file__).with_name("japan.csv")


class ListRefused(Exception):
    """The list has faults; all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


@cache
def japan() -> dict[str, PlannedBody]:
    """Every prefecture and municipality by its code."""
    return {body.code: body for body in from_file(JAPAN)}


def from_codes(codes: Iterable[str]) -> list[PlannedBody]:
    """The bodies of codes; a prefecture's code stands for all of its municipalities.

    Raises ListRefused with a fault for each code that no body has; its line is the code's place, from 1.
    """
    known = japan()
    wanted: dict[str, PlannedBody] = {}
    faults = []
    for place, code in enumerate(codes, start=1):
        body = known.get(code)
        if body is None:
            faults.append(Fault(place, "code", code, _("都道府県か区市町村の6桁の団体コードを書いてください。")))
        elif body.kind == PREFECTURE:
            inside = (one for one in known.values() if prefecture_code(one.code) == prefecture_code(code))
            wanted.update((one.code, one) for one in inside)
        else:
            wanted[code] = body
    if faults:
        raise ListRefused(faults)
    return list(wanted.values())


def from_file(path: Path) -> list[PlannedBody]:
    """The bodies of a CSV file (UTF-8 or CP932) with a header. Raises ListRefused with all faults, OSError."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp932")
        except UnicodeDecodeError:
            raise ListRefused([Fault(1, "", "", _("文字コードを UTF-8 か Shift_JIS にしてください。"))]) from None
    table = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in REQUIRED if column not in (table.fieldnames or ())]
    if missing:
        raise ListRefused([Fault(1, column, "", _("この列がありません。")) for column in missing])
    rows = [{column: (row.get(column) or "").strip() for column in COLUMNS} for row in table]
    bodies, faults = read(rows)
    if faults:
        raise ListRefused(faults)
    if not bodies:
        raise ListRefused([Fault(2, "", "", _("団体が1つも書かれていません。"))])
    return bodies


def with_prefectures(bodies: list[PlannedBody]) -> list[PlannedBody]:
    """The same, with the prefectures in which they lie, where the list does not name them."""
    there = {body.code for body in bodies}
    inside = {prefecture_code(body.code) for body in bodies}
    added = [
        body
        for body in japan().values()
        if body.kind == PREFECTURE and prefecture_code(body.code) in inside and body.code not in there
    ]
    return added + bodies

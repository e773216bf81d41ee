"""Small shapes that stand in several places of a problem file: numbers with limits, slots, sets of names, minutes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kyodo.engines.matching.problem import HALVES, Held, Planar, Table
from kyodo.engines.reading.document import NotANumber
from kyodo.engines.reading.fields import Fields, Notes, whole_number
from kyodo.engines.words import _

LARGEST_MEASURE = 10**9  # km, minutes: past this nothing on earth is meant
PLANAR = ("kind", "fixed", "per_km", "far_km", "far_fixed", "far_per_km", "island")


def between(row: Fields, key: str, least: int, most: int, otherwise: int | None = None) -> int | None:
    """A whole number from `least` to `most`; `otherwise` where it may be absent."""
    value = row.whole(key, least=least, needed=otherwise is None)
    if value is not None and value > most:
        row.notes.wrong(row.at(key), _("大きすぎます（{value}）"), _("{most} 以下の整数"), value=value, most=most)
        return None
    return otherwise if value is None and not row.has(key) else value


def measure(row: Fields, key: str, otherwise: float | None = None, *, signed: bool = False) -> float | None:
    """A number of kilometres or minutes."""
    value: Any = row.members.get(key)
    if value is None and otherwise is not None:
        return otherwise
    sound = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not sound or not (-LARGEST_MEASURE if signed else 0) <= value <= LARGEST_MEASURE:
        what = _("値がありません") if value is None else _("使える数ではありません")
        if row.sound:
            row.notes.wrong(row.at(key), what, _("数") if signed else _("0 以上の数"))
        return None
    number = float(value)
    return int(number) if number == int(number) else number


def flag(row: Fields, key: str) -> bool:
    """True or false, false where it is absent."""
    return row.flag(key, otherwise=False)


def names(row: Fields, key: str) -> frozenset[str]:
    """A set of texts; none where it is absent."""
    found = set()
    for where, value in row.rows(key, needed=False):
        if isinstance(value, str) and value.strip():
            found.add(value)
        else:
            row.notes.wrong(where, _("文字列ではないか、空です"), _("空でない文字列"))
    return frozenset(found)


def levels(row: Fields, key: str, *, needed: bool) -> dict[str, int]:
    """Level 1 to 5 by skill."""
    found = {}
    if needed and not row.has(key) and row.sound:
        row.notes.wrong(row.at(key), _("値がありません"), _("{key} の値"), key=key)
    for where, name, value in row.table(key):
        level = whole_number(value, where, row.notes, least=1)
        if value is None:
            row.notes.wrong(where, _("値がありません"), _("1 から 5 までの整数"))
        if level is not None and level > 5:
            row.notes.wrong(where, _("範囲の外です（{value}）"), _("1 から 5 までの整数"), value=level)
        elif level is not None:
            found[name] = level
    return found


def slots(row: Fields, key: str, days: int) -> int:
    """A set of weekly slots."""
    mask = 0
    for where, value in row.rows(key):
        pair = value if isinstance(value, list) and len(value) == 2 else [None, None]
        day, half = (part if isinstance(part, int) and not isinstance(part, bool) else -1 for part in pair)
        if not (0 <= day < days and 0 <= half < HALVES):
            row.notes.wrong(where, _("枠ではありません"), _("[曜日 0〜{most}, 半日 0 か 1]"), most=days - 1)
            continue
        bit = 1 << (day * HALVES + half)
        if mask & bit:
            row.notes.wrong(where, _("同じ枠が二度あります"), _("枠は一度ずつ"))
        mask |= bit
    return mask


def held(row: Fields, request: str, weeks: int, days: int) -> Held | None:
    """An engagement as `pinned` and `published` have it."""
    before = len(row.notes.faults)
    specialist = row.text("specialist")
    start = between(row, "start", 0, weeks - 1)
    mask = slots(row, "slots", days)
    if not mask and len(row.notes.faults) == before:
        row.notes.wrong(row.at("slots"), _("空です"), _("一つ以上"))
    if len(row.notes.faults) > before or specialist is None or start is None:
        return None
    return Held(request, specialist, start, mask)


def travel(top: Fields, notes: Notes) -> tuple[Planar | Table, list[tuple[str, str]]]:
    """How minutes are known, and the ids a table names with their places."""
    raw = top.members.get("travel")
    if raw is None:
        notes.wrong("$.travel", _("値がありません"), _("{key} の値"), key="travel")
        return Planar(), []
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if kind == "table":
        return _table(Fields(raw, "$.travel", notes, ("kind", "minutes")), notes)
    row = Fields(raw, "$.travel", notes, PLANAR)
    if row.sound and kind != "planar":
        notes.wrong("$.travel.kind", _("知らない値です"), _("{allowed} のどれか"), allowed="planar, table")
    usual = Planar()
    values = {key: measure(row, key, getattr(usual, key)) for key in PLANAR[1:]}
    return Planar(**{key: value for key, value in values.items() if value is not None}), []


def _table(row: Fields, notes: Notes) -> tuple[Table, list[tuple[str, str]]]:
    minutes: dict[tuple[str, str], int] = {}
    named: list[tuple[str, str]] = []
    for where, value in row.rows("minutes"):
        if not _is_entry(value):
            notes.wrong(where, _("移動の行ではありません"), _("[どこから, どこへ, 分]"))
            continue
        one, other, raw = value
        taken = whole_number(raw, f"{where}[2]", notes, least=0)
        if taken is None:
            continue
        named += [(f"{where}[0]", one), (f"{where}[1]", other)]
        if minutes.get((one, other), taken) != taken or (one == other and taken):
            notes.wrong(where, _("同じ区間に違う分があります"), _("どちら向きも同じ分、同じ場所は 0"))
        minutes[one, other] = minutes[other, one] = taken
    return Table(minutes), named


def _is_entry(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 3 or not all(isinstance(name, str) for name in value[:2]):
        return False
    return isinstance(value[2], int | Decimal | NotANumber)

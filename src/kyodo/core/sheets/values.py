"""What a cell says. What Excel and its users break is mended where one reading is possible, and named otherwise."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from kyodo.core import plain_text
from kyodo.engines.calendar.japanese import ERAS, MEIJI_BEGAN
from kyodo.engines.words import _

NEGATIVE = re.compile(r"^(?:[-−△▲]\s*(?P<marked>.+)|\((?P<bracketed>.+)\))$")
NUMBER = re.compile(
    r"^(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<scale>百万|千|万|億)?(?P<unit>[^\d]*)$"
)
SCALES = {"": 1, "千": 1_000, "万": 10_000, "百万": 1_000_000, "億": 100_000_000}
WESTERN = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$")
JAPANESE = re.compile(
    r"^(明治|大正|昭和|平成|令和|[MTSHR])(元|\d{1,2})(?:年(\d{1,2})月(\d{1,2})日|[-/.](\d{1,2})[-/.](\d{1,2}))$"
)
LETTERS = dict(zip("RHSTM", (name for _began, name in ERAS), strict=True))
FIRST_YEARS = {name: MEIJI_BEGAN if name == "明治" else began.year for began, name in ERAS}
# Excel counts days from here (its year 1900 has one too many); numbers outside of these years are no dates.
SERIAL_START = date(1899, 12, 30)
SERIALS = range(18_264, 73_051)  # 1950–2099
CUT_CHOICES = 12

NOT_WHOLE = _("数として読めません：「{value}」。整数だけを書いてください。")
NOT_A_DAY = _("日付として読めません：「{value}」。2026/4/1 か 令和8年4月1日 の形で書いてください。")


class Unreadable(Exception):
    """The cell can't be read: `text` (a message id) and its facts say why."""

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.text = text
        self.facts = facts


def is_empty(raw: Any) -> bool:
    """True for a cell in which nothing stands."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def plain(text: str) -> str:
    """A text as it is compared: full width and half width alike, without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def digest_of(said: str) -> str:
    """A short digest by which a changed text of a locked column is noticed; a quote at its start doesn't count."""
    return hashlib.sha256(plain(said).lstrip("'").encode()).hexdigest()[:12]


def text(raw: Any) -> str:
    """A text; a number as it is written."""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return f"{raw:%Y/%m/%d}" if raw.time() == time() else f"{raw:%Y/%m/%d %H:%M}"
    if isinstance(raw, date):
        return f"{raw:%Y/%m/%d}"
    return plain_text.tidy(str(raw))


def code(raw: Any, *, digits: int) -> str:
    """A code of a fixed number of digits; the zeros that Excel took away at its start are put back."""
    said = unicodedata.normalize("NFKC", text(raw))
    if not said.isdecimal() or len(said) > digits:
        raise Unreadable(_("{digits}桁の番号を書いてください：「{value}」"), digits=digits, value=said[:30])
    return said.zfill(digits)


def whole(raw: Any, *, unit: str = "") -> int:
    """A whole number. 「1,200円」「３千円」「△12」「(12)」 have one reading; 「約100」「1,20」 have none."""
    if isinstance(raw, bool | date | time | timedelta):
        raise Unreadable(
            _("数ではなく日付や時刻になっています：「{value}」。書式を「標準」にして書き直してください。"),
            value=text(raw),
        )
    if isinstance(raw, int):
        return raw
    said = unicodedata.normalize("NFKC", repr(raw) if isinstance(raw, float) else str(raw)).strip()
    refused = Unreadable(NOT_WHOLE, value=said[:30])
    negative = NEGATIVE.match(said)
    body = (negative["marked"] or negative["bracketed"]) if negative else said
    body = re.sub(r"\s", "", body).removeprefix("¥").removeprefix("\\")
    if isinstance(raw, float):
        number = Decimal(body)
    else:
        found = NUMBER.match(body)
        if found is None or found["unit"] not in {"", unit}:
            raise refused
        number = Decimal(found["digits"].replace(",", "") + (found["fraction"] or "")) * SCALES[found["scale"] or ""]
    if number != number.to_integral_value():
        raise refused
    return -int(number) if negative else int(number)


def day(raw: Any) -> str:
    """A day as 2026-04-01: from a date, a serial number, a western or a Japanese date with its year."""
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text(raw))).upper()
    if said.isdecimal() and int(said) in SERIALS:
        return (SERIAL_START + timedelta(days=int(said))).isoformat()
    try:
        if found := WESTERN.match(said):
            year, *rest = (int(part) for part in found.groups() if part)
            return date(year, *rest).isoformat()
        if found := JAPANESE.match(said):
            era, count, *parts = (part for part in found.groups() if part)
            first = FIRST_YEARS[LETTERS.get(era, era)]
            year = first + (1 if count == "元" else int(count)) - 1
            return date(year, int(parts[0]), int(parts[1])).isoformat()
    except (ValueError, InvalidOperation):
        pass
    raise Unreadable(NOT_A_DAY, value=said[:30])


def choice(raw: Any, *, words: Mapping[str, Iterable[str]]) -> str:
    """The value for which one of `words` stands."""
    said = plain(text(raw))
    for value, known in words.items():
        if said == plain(value) or any(said == plain(word) for word in known):
            return value
    offered = [next(iter(known)) for known in words.values()]
    listed = "・".join(offered[:CUT_CHOICES]) + ("…" if len(offered) > CUT_CHOICES else "")
    raise Unreadable(
        _("選択肢にありません：「{value}」。{choices} から選んでください。"), value=text(raw)[:30], choices=listed
    )

"""What a demand line asks for, part by part: measures with units, sizes, attributes, and the thing that is left.

「ノートPC（13.3型・8GB）」 is a ノートパソコン with a screen of 13.3 inches and 8 GB. Two lines mean the same only if
every part does, so that neither 16 GB nor a box of five packs is bought for 8 GB or one pack.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kyodo.engines.similarity.normalise import normalise

GOODS = Path(__file__).with_name("goods.csv")

NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*"
KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
# Dimension, pattern, and what one of the unit is in the dimension's own. The first that matches takes its part away.
MEASURES: tuple[tuple[str, re.Pattern[str], Decimal], ...] = tuple(
    (dimension, re.compile(pattern), Decimal(factor))
    for dimension, pattern, factor in (
        ("speed, sheets a minute", rf"毎分{NUMBER}枚|{NUMBER}枚/分|{NUMBER}ppm", "1"),
        ("traffic, GB a month", rf"月(?:間)?{NUMBER}(?:gb|ギガ(?:バイト)?)|{NUMBER}(?:gb|ギガ(?:バイト)?)/月", "1"),
        ("data, GB", NUMBER + r"(?:tb|テラ(?:バイト)?)", "1000"),
        ("data, GB", NUMBER + r"(?:gb|ギガ(?:バイト)?)", "1"),
        ("screen, inches", NUMBER + r"(?:インチ|型|\"|″|'')", "1"),
        ("power, VA", NUMBER + r"kva", "1000"),
        ("power, VA", NUMBER + r"va", "1"),
        ("lamp, form", NUMBER + r"w?形", "1"),
        ("light, lumen", NUMBER + r"(?:lm|ルーメン)", "1"),
        ("picture, pixels", NUMBER + r"万画素", "10000"),
        ("time, months", NUMBER + r"(?:年間|年|か年)", "12"),
        ("time, months", NUMBER + r"(?:か月|ヶ月|カ月|ヵ月|箇月)", "1"),
        ("volume, ml", NUMBER + r"(?:ml|ミリリットル|cc)", "1"),
        ("volume, ml", NUMBER + r"(?:l|リットル)(?![a-z])", "1000"),
        ("length, mm", NUMBER + r"(?:mm|ミリ(?:メートル)?)", "1"),
        ("length, mm", NUMBER + r"(?:cm|センチ(?:メートル)?)", "10"),
        ("length, mm", NUMBER + r"(?:m|メートル)(?![a-z])", "1000"),
        ("weight, g", NUMBER + r"(?:kg|キロ(?:グラム)?)", "1000"),
        ("weight, g", NUMBER + r"(?:g|グラム)(?![a-z])", "1"),
        ("pieces", NUMBER + r"(?:枚|食|本|個|組|袋|冊|巻)", "1"),
    )
)
# What is named rather than measured: paper, envelopes, batteries, cable categories, sizes of clothes.
NAMED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("paper", re.compile(r"(?<![a-z\d])([ab]\d)(?:判|版|サイズ)?(?![a-z\d])")),
    ("envelope, long", re.compile(r"長(?:形)?(\d+)(?:号)?")),
    ("envelope, square", re.compile(r"角(?:形)?(\d+)(?:号)?")),
    ("battery", re.compile(r"単(\d)(?:形)?")),
    ("cable category", re.compile(r"(?:カテゴリー?|cat\.?)\s*(\d[a-z]?)")),
    ("clothes size", re.compile(r"(?<![a-z\d])(xs|s|m|l|ll|xl|3l)(?:サイズ)?(?![a-z\d\"])")),
)
UNITS: Mapping[str, str] = {
    spelling: words[0]
    for words in (
        ("個", "ケ", "ヶ", "コ", "ピース"),
        ("箱", "ケース", "函", "box", "カートン"),
        ("セット", "組", "set"),
        ("巻", "ロール"),
        ("パック", "pk"),
        ("ライセンス", "lic", "ユーザー", "人"),
        ("台", "台数"),
        ("式", "一式"),
        ("冊", "束(500枚)", "締め"),
    )
    for spelling in words
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand line, read: its unit, what it states part by part, the thing where it is known, and the rest."""

    unit: str
    parts: frozenset[tuple[str, str]]
    thing: str
    rest: str


@cache
def _goods() -> tuple[tuple[str, str, str], ...]:
    """Spellings with their kind and value, the longest first."""
    with GOODS.open(encoding="utf-8", newline="") as lines:
        rows = [
            (normalise(spelling), row["kind"], row["value"])
            for row in csv.DictReader(lines)
            for spelling in row["words"].split("・")
        ]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row)))


def read_line(text: str, unit: str) -> Asked:
    """Take a line apart."""
    left = normalise(text)
    left = re.sub(r"[一二三四五六七八九](?=形|電池|乾電池)", lambda found: found[0].translate(KANJI_DIGITS), left)
    parts: set[tuple[str, str]] = set()
    thing = ""
    for spelling, kind, value in _goods():  # first the things: 「2穴ファイル」 is no measure
        if kind == "thing" and not thing and spelling in left:
            thing, left = value, left.replace(spelling, " ", 1)
    for dimension, value, start, end in _measured(left):
        parts.add((dimension, value))
        left = left[:start] + " " * (end - start) + left[end:]
    for spelling, kind, value in _goods():
        if kind != "thing" and spelling in left:
            left = left.replace(spelling, " ")
            if kind != "noise":
                parts.add((kind, value))
    rest = "".join(sign for sign in left if sign.isalnum())
    plain = normalise(unit)
    return Asked(UNITS.get(plain, plain), frozenset(parts), thing, rest)


def _measured(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Measures and named sizes with where they stand; each sign belongs to one."""
    taken = [False] * len(text)
    found: list[tuple[str, str, int, int]] = []

    def take(dimension: str, value: str, match: re.Match[str]) -> None:
        if not any(taken[match.start() : match.end()]):
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())
            found.append((dimension, value, match.start(), match.end()))

    for dimension, pattern, factor in MEASURES:
        for match in pattern.finditer(text):
            number = next(group for group in match.groups() if group)
            take(dimension, f"{(Decimal(number.replace(',', '')) * factor).normalize():f}", match)
    for dimension, pattern in NAMED:
        for match in pattern.finditer(text):
            take(dimension, match[1], match)
    yield from found

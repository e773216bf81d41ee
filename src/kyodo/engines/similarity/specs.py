"""Measures and named sizes that a demand line states: 14型, 16GB, Core i5, A3, 5年, 30ppm, 29人乗り, ユーザー単位.

Each is brought to one scale, so that 14 inches and 14型, 1.5 kVA and 1500 VA, 5 years and 60 months are the same, and
keeps the words in which it was written for the officer who compares two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kyodo.engines.similarity.spans import Span, first_come

NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*"
BY = r"\s*[x×*✕]\s*"
KANJI_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
COUNTED_IN_KANJI = re.compile(r"[一二三四五六七八九](?=形|電池|乾電池|人用|人乗|年|か月|ヶ月|号|段|枚|ページ|頁)")
# The year in which something is bought says nothing about what is bought.
DATES = re.compile(r"(?:令和|平成|r)\s*(?:\d+|元)\s*年(?:度|\s*\d+\s*月(?:\s*\d+\s*日)?)?(?:分|版)?|20\d\d\s*年(?:度)?")


@dataclass(frozen=True, slots=True)
class Spec:
    """One thing that a line states: about what, its value on one scale, and the words that say so.

    `firm` is False where a line that says nothing of it may mean the same all the same.
    """

    about: str
    value: str
    written: str
    firm: bool = True


# Dimension, pattern, and what one of the unit is on the dimension's own scale. The first that matches takes its signs.
MEASURES: tuple[tuple[str, re.Pattern[str], Decimal], ...] = tuple(
    (about, re.compile(pattern), Decimal(factor))
    for about, pattern, factor in (
        ("speed", rf"毎分{NUMBER}(?:枚|ページ|頁)|{NUMBER}(?:枚|ページ|頁)/分|{NUMBER}ppm|分速{NUMBER}枚", "1"),
        ("traffic", rf"月(?:間)?{NUMBER}(?:gb|ギガ(?:バイト)?)|{NUMBER}(?:gb|ギガ(?:バイト)?)/月", "1"),
        # Data and the rate of a line share a scale: nothing is bought by both, and 「1ギガ」 may be either.
        ("data", NUMBER + r"(?:tb(?:yte)?|テラ(?:バイト)?)", "1000"),
        ("data", NUMBER + r"(?:gbps|gb(?:yte)?|ギガ(?:バイト|ビット)?|g(?=メモリ|\s*ram|/))", "1"),
        ("data", NUMBER + r"(?:mbps|mb|メガ(?:バイト|ビット)?)", "0.001"),
        ("screen", NUMBER + r"(?:インチ|型|吋|\"|″|''|inch)", "1"),
        ("energy", NUMBER + r"kwh", "1000"),
        ("energy", NUMBER + r"wh", "1"),
        ("apparent power", NUMBER + r"kva", "1000"),
        ("apparent power", NUMBER + r"va", "1"),
        ("power", NUMBER + r"(?:kw|キロワット)", "1000"),
        ("lamp", NUMBER + r"w?形", "1"),
        ("power", NUMBER + r"(?:w|ワット)(?![a-z\d])", "1"),
        ("light", NUMBER + r"(?:lm|ルーメン)", "1"),
        ("light", NUMBER + r"(?:lx|ルクス)", "1"),
        ("pixels", NUMBER + r"万画素", "10000"),
        ("time", NUMBER + r"(?:年間|年|か年|ヶ年|ヵ年|カ年)(?!度|版)", "12"),
        ("time", NUMBER + r"(?:か月|ヶ月|カ月|ヵ月|ケ月|箇月)(?:間)?", "1"),
        ("volume", NUMBER + r"(?:ml|ミリリットル|cc)", "1"),
        ("volume", NUMBER + r"(?:kl|キロリットル)", "1000000"),
        ("volume", NUMBER + r"(?:l|リットル|リッター)(?![a-z])", "1000"),
        ("area", NUMBER + r"(?:m2|㎡|平米|平方メートル)", "1"),
        ("volume", NUMBER + r"(?:m3|立米|立方メートル)", "1000000"),
        ("length", NUMBER + r"(?:mm|ミリ(?:メートル)?)", "1"),
        ("length", NUMBER + r"(?:cm|センチ(?:メートル)?)", "10"),
        ("length", NUMBER + r"(?:m|メートル)(?![a-z])", "1000"),
        ("length", r"(?<![a-z\d])[wdh]\s*(\d{3,4})(?!\d)", "1"),
        ("length", r"(?:幅|奥行|高さ|厚さ|長さ)\s*(\d{3,4})(?!\s*[\dcm])", "1"),
        ("weight", NUMBER + r"(?:kg|キロ(?:グラム)?|瓩)", "1000"),
        ("weight", NUMBER + r"(?:t|トン)(?![a-z])", "1000000"),
        ("weight", NUMBER + r"(?:g|グラム)(?![a-z])", "1"),
        ("pages", NUMBER + r"(?:ページ|頁|p)(?![a-z])", "1"),
        ("persons", NUMBER + r"(?:人乗り?|人用|名用|人槽|人掛け?|人|名)", "1"),
        ("times", NUMBER + r"(?:回分|回)", "1"),
        ("sockets", NUMBER + r"(?:ポート|口|個口|port)", "1"),
        ("digits", NUMBER + r"(?:桁|ケタ)", "1"),
        ("faces", NUMBER + r"面", "1"),
        ("shelves", NUMBER + r"段", "1"),
        ("rooms", NUMBER + r"畳", "1"),
        ("cores", NUMBER + r"(?:コア|core)", "1"),
        ("share", NUMBER + r"(?:%|パーセント)", "1"),
        ("licences", NUMBER + r"(?:ライセンス|ユーザー?|user|アカウント)", "1"),
        ("pieces", NUMBER + r"(?:枚|食|本|個|組|袋|冊|巻|缶|箱|双|足|部|錠|ロール)(?:入り?|分)?", "1"),
    )
)


def _named(*rows: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((about, re.compile(pattern)) for about, pattern in rows)


# What is named rather than measured; the groups are the value. Before the measures, since the unit of the next word
# would take their digit: 「E3 年間」, 「長3 名入れ」.
NAMED = _named(
    ("processor", r"(?<![a-z\d])(?:core\s*)?(i[3579])(?![a-z\d])"),
    ("processor", r"(ryzen\s*[3579]|celeron|xeon)"),
    ("paper", r"(?<![a-z\d])([ab]\d)s?(?:判|版|サイズ)?(?![a-z\d])"),
    ("envelope", r"(長|角|洋)(?:形)?\s*(\d+)(?:号)?"),
    ("battery", r"単\s*(\d)(?:形)?"),
    ("cable category", r"(?:カテゴリー?|cat\.?)\s*(\d[a-z]?)"),
    ("wireless standard", r"wi-?fi\s*(\d[a-z]?)(?!\d)"),
    ("layer", r"(?:(?<![a-z])l|レイヤー?)\s*([23])(?!\d)"),
    ("plan", r"(?<![a-z\d])([efg]\d)(?![a-z\d])"),
    ("grade", r"#\s*(\d+)"),
)
NAMED_LAST = _named(
    ("number", r"(?<!\d)(\d+)号"),
    ("version", r"(?<![\d.])(20[12]\d)(?![\d年])"),
    ("clothes size", r"(?<![a-z\d])(xs|s|m|l|ll|xl|[34]l)(?:サイズ)?(?![a-z\d\"])"),
)
SYSTEM = re.compile(r"(?<![a-z])win(?:dows)?\s*(1[01])(?![\d.])(?:\s*(pro(?:fessional)?|home|enterprise|education))?")
TIMES = re.compile(rf"{NUMBER}(枚|本|個|食|袋){BY}{NUMBER}(?:冊|箱|包|袋|パック|セット|束|個)")
SIZE = re.compile(rf"{NUMBER}(mm|cm|m)?{BY}{NUMBER}(mm|cm|m)?(?![a-z\d])")
SCALES = {"mm": Decimal(1), "cm": Decimal(10), "m": Decimal(1000), "": Decimal(1)}
YEARLY = re.compile(r"年間|年額")
PORTION = re.compile(r"個食|一人用|1人用|一食")
# Said by some and left out by others who mean the same.
LOOSE = frozenset({"rooms"})


def read_specs(text: str) -> Iterator[Span[Spec]]:
    """What a normalised text states, with where; each sign belongs to one."""
    return first_come(_candidates(text), len(text))


def prepared(text: str) -> tuple[str, list[Spec]]:
    """A normalised text with counted numbers in digits, without the date of the purchase, and without the system that
    a computer comes with, which is no thing of its own."""
    left = DATES.sub(" ", COUNTED_IN_KANJI.sub(lambda found: found[0].translate(KANJI_DIGITS), text))
    systems = [Spec("system", f"windows {found[1]}", found[0], firm=False) for found in SYSTEM.finditer(left)]
    return SYSTEM.sub(" ", left), systems


def _candidates(text: str) -> Iterator[Span[Spec]]:
    for match in PORTION.finditer(text):
        yield _spec("pieces", "1", match)
    for match in TIMES.finditer(text):
        yield _spec("pieces", _plain(_number(match[1]) * _number(match[3])), match)
    for match in SIZE.finditer(text):
        last = match[4] or match[2] or ""
        sides = sorted((_number(match[1]) * SCALES[match[2] or last], _number(match[3]) * SCALES[last]))
        yield _spec("size", " × ".join(map(_plain, sides)), match)
    for about, pattern in NAMED:
        for match in pattern.finditer(text):
            yield _spec(about, "".join(match.groups()), match)
    for about, pattern, factor in MEASURES:
        for match in pattern.finditer(text):
            number = next(group for group in match.groups() if group)
            yield _spec(about, _plain(_number(number) * factor), match)
    for about, pattern in NAMED_LAST:
        for match in pattern.finditer(text):
            yield _spec(about, "".join(match.groups()), match)
    for match in YEARLY.finditer(text):
        yield _spec("time", "12", match)


def _spec(about: str, value: str, match: re.Match[str]) -> Span[Spec]:
    return match.start(), match.end(), Spec(about, value, match[0].strip(), firm=about not in LOOSE)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

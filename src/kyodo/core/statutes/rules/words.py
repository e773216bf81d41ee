"""Levels, classes, certainties and units, and how people call them."""

from __future__ import annotations

from enum import StrEnum

from kyodo.engines.words import _

KIND = "statutes.row"


class Level(StrEnum):
    """Whose rule it is. The lowest valid one decides."""

    NATIONAL = "national"
    CLASS = "class"
    BODY = "body"


class BodyClass(StrEnum):
    """The classes of law. K is a core city: a city with a mark, which has some rows of its own."""

    P = "P"
    D = "D"
    C = "C"
    T = "T"
    K = "K"


class Sure(StrEnum):
    """How sure a row is."""

    SEEN = "X"
    SEEN_IN_2013 = "X13"
    SECOND_HAND = "S"
    UNSURE = "M"


class Unit(StrEnum):
    """What a figure counts. Amounts of money include tax."""

    NONE = ""
    YEN = "yen"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    PERSONS = "persons"
    SQUARE_METRES = "square_metres"
    TIMES = "times"
    ROUNDS = "rounds"


LEVEL_WORDS: dict[Level, str] = {
    Level.NATIONAL: _("国"),
    Level.CLASS: _("団体の区分ごと"),
    Level.BODY: _("団体の条例・規則"),
}
CLASS_WORDS: dict[BodyClass, str] = {
    BodyClass.P: _("都道府県"),
    BodyClass.D: _("指定都市"),
    BodyClass.C: _("市・特別区"),
    BodyClass.T: _("町村"),
    BodyClass.K: _("中核市"),
}
SURE_WORDS: dict[Sure, str] = {
    Sure.SEEN: _("条文を見た"),
    Sure.SEEN_IN_2013: _("条文を見た（2013年12月時点）"),
    Sure.SECOND_HAND: _("二次資料"),
    Sure.UNSURE: _("要確認"),
}
UNIT_WORDS: dict[Unit, str] = {
    Unit.NONE: "",
    Unit.YEN: _("円"),
    Unit.PERCENT: _("％"),
    Unit.DAYS: _("日"),
    Unit.MONTHS: _("か月"),
    Unit.PERSONS: _("名"),
    Unit.SQUARE_METRES: _("㎡"),
    Unit.TIMES: _("倍"),
    Unit.ROUNDS: _("回"),
}
# A special ward is a city here (地方自治法283条). Unions have no class of their own: that of their members.
_CLASSES = {
    "prefecture": BodyClass.P,
    "bureau": BodyClass.P,
    "designated_city": BodyClass.D,
    "special_ward": BodyClass.C,
    "city": BodyClass.C,
    "town": BodyClass.T,
    "village": BodyClass.T,
}


def class_of_kind(kind: str) -> BodyClass | None:
    """The class of a kind of organisation; None for what is no local government, or a union."""
    return _CLASSES.get(kind)

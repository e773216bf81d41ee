"""Rows in words: figures with their unit, days, who is bound, how sure it is."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import get_language, gettext

from kyodo.core.statutes.rules import CLASS_WORDS, LEVEL_WORDS, SURE_WORDS, UNIT_WORDS, Row, Sure, Unit
from kyodo.core.statutes.rules.catalogue import kind_name, rule_label
from kyodo.core.ui.dates import shown_full_day

TEN_THOUSAND = 10_000


def rule_name(rule: str) -> str:
    """What a rule is called, in the reader's language."""
    return gettext(rule_label(rule))


def kind_of(row: Row) -> str:
    """What the row's part of its rule is called; empty where the rule has none."""
    name = kind_name(row.rule, row.kind)
    return gettext(name) if name else ""


def title_of(rule: str, kind: str) -> str:
    """A rule with its part."""
    name = kind_name(rule, kind)
    return f"{rule_name(rule)}: {gettext(name)}" if name else rule_name(rule)


def figure(value: Decimal | None, unit: Unit) -> str:
    """A figure with its unit, in tens of thousands of yen where Japanese writes it so."""
    if value is None:
        return gettext("要確認") if unit is not Unit.NONE else ""
    whole = int(value) if value == value.to_integral_value() else None
    is_japanese = (get_language() or "ja").startswith("ja")
    if unit is Unit.YEN and whole is not None:
        if not is_japanese:
            return f"¥{whole:,}"
        return f"{whole // TEN_THOUSAND:,}万円" if whole and whole % TEN_THOUSAND == 0 else f"{whole:,}円"
    number = f"{whole:,}" if whole is not None else f"{value:f}"
    word = gettext(UNIT_WORDS[unit]) if unit is not Unit.NONE else ""
    return f"{number}{word}" if is_japanese or unit is Unit.PERCENT else f"{number} {word}".strip()


def figure_of(row: Row | None) -> str:
    """The figure of a row; a rule that law leaves to each body, and one without figure, have none."""
    if row is None or (row.value is None and row.sure is not Sure.UNSURE):
        return ""
    return figure(row.value, row.unit)


def whose(row: Row) -> str:
    """For whom a row holds: everybody, a class."""
    return gettext(CLASS_WORDS[row.body_class]) if row.body_class else gettext(LEVEL_WORDS[row.level])


def days(row: Row) -> str:
    """From when until when."""
    first = shown_full_day(row.valid_from) if row.valid_from else ""
    last = shown_full_day(row.valid_until) if row.valid_until else ""
    return f"{first} – {last}" if first or last else gettext("期間の定めなし")


def sure(row: Row) -> str:
    """How sure it is, in words."""
    return gettext(SURE_WORDS[row.sure])

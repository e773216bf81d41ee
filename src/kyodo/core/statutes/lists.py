"""The list of rows, declared once."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing, Value
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.statutes import shown
from kyodo.core.statutes.queries import ListedRow
from kyodo.core.statutes.rules import CLASS_WORDS, LEVEL_WORDS, RULES, SURE_WORDS
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.widgets import DateInput


class RowFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list is narrowed, from the address."""

    rule = WordsFilter(label=gettext_lazy("決まり"), words={key: card.name for key, card in RULES.items()})
    level = WordsFilter(label=gettext_lazy("だれの決まりか"), words=LEVEL_WORDS)
    body_class = WordsFilter(label=gettext_lazy("団体の区分"), words=CLASS_WORDS)
    on = django_filters.DateFilter(label=gettext_lazy("この日に有効"), method="holding", widget=DateInput)
    sure = WordsFilter(label=gettext_lazy("確かさ"), words=SURE_WORDS)
    body = django_filters.CharFilter(
        label=gettext_lazy("団体"), field_name="organisation__name", lookup_expr="icontains", max_length=100
    )
    q = django_filters.CharFilter(label=gettext_lazy("言葉"), method="saying", max_length=100)

    def holding(self, rows: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Rows that hold on a day."""
        begun = rows.filter(Q(valid_from=None) | Q(valid_from__lte=value))
        return begun.filter(Q(valid_until=None) | Q(valid_until__gte=value))

    def saying(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows in whose article, text, ordinance or source a word stands."""
        return rows.filter(
            Q(article__icontains=value)
            | Q(text__icontains=value)
            | Q(law__icontains=value)
            | Q(source__icontains=value)
        )


def _number(one: ListedRow) -> Value:
    value = one.row.value
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else f"{value:f}"


ROWS: Listing[ListedRow] = Listing(
    name="statutes",
    title=gettext_lazy("法令・例規の表"),
    columns=(
        Column(
            "rule",
            gettext_lazy("決まり"),
            lambda one: shown.rule_name(one.row.rule),
            shown=lambda one: format_html(
                '<a href="/statutes/rules/{}/">{}</a>', one.row.rule, shown.rule_name(one.row.rule)
            ),
            sort=("place", "kind"),
            width=26,
        ),
        Column("kind", gettext_lazy("内訳"), lambda one: shown.kind_of(one.row), width=16),
        Column("whose", gettext_lazy("だれの決まりか"), lambda one: shown.whose(one.row), sort=("level", "body_class")),
        Column(
            "body", gettext_lazy("団体"), lambda one: one.organisation, shown=lambda one: japanese(one.organisation)
        ),
        Column("figure", gettext_lazy("数値"), lambda one: shown.figure_of(one.row), number=True, sort=("value",)),
        Column("value", gettext_lazy("数値（そのまま）"), _number, in_page=False),
        Column("from", gettext_lazy("始まりの日"), lambda one: one.row.valid_from, sort=("valid_from",), whole=True),
        Column("until", gettext_lazy("終わりの日"), lambda one: one.row.valid_until, sort=("valid_until",), whole=True),
        Column(
            "article",
            gettext_lazy("条文"),
            lambda one: one.row.cited,
            shown=lambda one: japanese(one.row.cited),
            width=40,
        ),
        Column("sure", gettext_lazy("確かさ"), lambda one: shown.sure(one.row), sort=("sure",), width=20),
        Column("text", gettext_lazy("内容"), lambda one: one.row.text, in_page=False, width=60),
        Column("source", gettext_lazy("出どころ"), lambda one: one.row.source, in_page=False, width=40),
        Column("checked", gettext_lazy("確かめた日"), lambda one: one.row.checked_on, in_page=False),
        Column("reason", gettext_lazy("理由"), lambda one: one.reason, in_page=False, width=30),
    ),
    filters=RowFilters,
    order=("place", "kind", "level", "body_class", "valid_from", "id"),
    empty=Empty(gettext_lazy("まだ行がありません。")),
)

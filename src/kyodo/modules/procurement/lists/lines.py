"""Every line that bodies answered in a survey: for coordinators and auditors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.ui.dates import shown_full_day
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.queries.lines import AnsweredLine
from kyodo.modules.procurement.rules.case import FORM_WORDS
from kyodo.modules.procurement.rules.survey import BUDGET_WORDS, CONTRACT_WORDS, INTENTION_WORDS, RELEVANCE_WORDS


class LineFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the lines are narrowed, from the address."""

    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    item = django_filters.CharFilter(label=gettext_lazy("品目"), method="of_item", max_length=100)
    relevance = WordsFilter(label=gettext_lazy("関係"), words=RELEVANCE_WORDS)
    intention = WordsFilter(label=gettext_lazy("参加の意向"), words=INTENTION_WORDS)
    until = django_filters.DateFilter(
        label=gettext_lazy("この日までに終わる"), field_name="contract_until", lookup_expr="lte", widget=DateInput
    )

    def of_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Lines of a body, by name or code."""
        return rows.filter(Q(response__organisation__name__icontains=value) | Q(response__organisation__code=value))

    def of_item(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Lines about an item, in the case's words or the body's own."""
        return rows.filter(Q(item__name__icontains=value) | Q(text__icontains=value))


def _words(words: Mapping[Any, str], value: str) -> str:
    return gettext(words[value]) if value else ""


LINES: Listing[AnsweredLine] = Listing(
    name="procurement_lines",
    title=gettext_lazy("全回答"),
    columns=(
        Column("id", gettext_lazy("番号"), lambda row: row.id, in_page=False, width=8),
        Column("code", gettext_lazy("団体コード"), lambda row: row.code, in_page=False, width=10),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: row.organisation,
            shown=lambda row: japanese(row.organisation),
            sort=("response__organisation__code",),
            width=14,
        ),
        Column(
            "item",
            gettext_lazy("品目"),
            lambda row: row.name,
            shown=lambda row: japanese(row.name),
            sort=("item__number",),
            width=32,
        ),
        Column("own", gettext_lazy("一覧にない品目"), lambda row: gettext("はい") if row.text else "", in_page=False),
        Column(
            "relevance",
            gettext_lazy("関係"),
            lambda row: _words(RELEVANCE_WORDS, row.relevance),
            whole=True,
            sort=("relevance",),
        ),
        Column(
            "said",
            gettext_lazy("数量"),
            lambda row: row.quantity_said,
            shown=lambda row: japanese(f"{row.quantity_said}{row.unit_said}"),
        ),
        Column(
            "quantity",
            gettext_lazy("数"),
            lambda row: row.quantity,
            number=True,
            sort=("quantity",),
            in_page=False,
        ),
        Column("unit", gettext_lazy("単位"), lambda row: row.unit_said, in_page=False, width=8),
        Column("contract", gettext_lazy("いまの契約"), lambda row: _words(CONTRACT_WORDS, row.contract)),
        Column(
            "until",
            gettext_lazy("契約の終わり"),
            lambda row: row.contract_until,
            shown=lambda row: shown_full_day(row.contract_until),
            whole=True,
            sort=("contract_until",),
        ),
        Column("price", gettext_lazy("単価（税込、円）"), lambda row: row.unit_price_yen, number=True, width=14),
        Column(
            "supplier",
            gettext_lazy("事業者"),
            lambda row: row.supplier,
            shown=lambda row: japanese(row.supplier),
            width=20,
        ),
        Column("must", gettext_lazy("ないと困ること"), lambda row: row.must, in_page=False, width=28),
        Column("nice", gettext_lazy("あるとよいこと"), lambda row: row.nice, in_page=False, width=28),
        Column("budget", gettext_lazy("予算"), lambda row: _words(BUDGET_WORDS, row.budget), in_page=False),
        Column("form", gettext_lazy("形態"), lambda row: _words(FORM_WORDS, row.form), in_page=False, width=18),
        Column(
            "intention",
            gettext_lazy("参加の意向"),
            lambda row: _words(INTENTION_WORDS, row.intention),
            sort=("intention",),
        ),
        Column("reason", gettext_lazy("条件・見送りの理由"), lambda row: row.reason, in_page=False, width=30),
    ),
    filters=LineFilters,
    order=("response__organisation__code", "item__number", "id"),
    empty=Empty(gettext_lazy("まだ聞かれている団体がありません。")),
)

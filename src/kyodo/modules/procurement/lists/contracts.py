"""The list of contracts that are known."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.ui.dates import shown_full_day
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.queries.contracts import ContractRow
from kyodo.modules.procurement.rules.case import FORM_WORDS, ContractForm
from kyodo.modules.procurement.rules.contracts import SOURCE_WORDS, ContractSource
from kyodo.modules.procurement.rules.kinds import KIND_WORDS


class ContractFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list of contracts is narrowed, from the address."""

    q = django_filters.CharFilter(label=gettext_lazy("言葉"), method="with_words", max_length=100)
    kind = WordsFilter(label=gettext_lazy("種類"), words=KIND_WORDS)
    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    supplier = django_filters.CharFilter(
        label=gettext_lazy("事業者"), field_name="supplier", lookup_expr="icontains", max_length=100
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("この日までに終わる"), field_name="ends_on", lookup_expr="lte", widget=DateInput
    )

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Contracts whose item or note has all the words."""
        for word in value.split():
            rows = rows.filter(Q(item__icontains=word) | Q(note__icontains=word))
        return rows

    def of_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Contracts of a body, by name or code."""
        return rows.filter(Q(organisation__name__icontains=value) | Q(organisation__code=value))


def _link(row: ContractRow) -> str:
    return format_html('<a href="/procurement/contracts/{}/" lang="ja">{}</a>', row.id, row.item)


def _words(words: Any, kind: Any, value: str) -> str:
    return gettext(words[kind(value)]) if value else ""


CONTRACTS: Listing[ContractRow] = Listing(
    name="procurement_contracts",
    title=gettext_lazy("契約台帳"),
    columns=(
        Column("id", gettext_lazy("番号"), lambda row: row.id, in_page=False, width=8),
        Column("code", gettext_lazy("団体コード"), lambda row: row.code, in_page=False, width=10),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: row.organisation,
            shown=lambda row: japanese(row.organisation),
            sort=("organisation__code",),
            width=14,
        ),
        Column("kind", gettext_lazy("種類"), lambda row: gettext(KIND_WORDS[row.kind]), sort=("kind",), width=16),
        Column("item", gettext_lazy("品目"), lambda row: row.item, shown=_link, sort=("item",), width=34),
        Column(
            "supplier",
            gettext_lazy("事業者"),
            lambda row: row.supplier,
            shown=lambda row: japanese(row.supplier),
            sort=("supplier",),
            width=24,
        ),
        Column("begins", gettext_lazy("契約の始まり"), lambda row: row.begins_on, in_page=False),
        Column(
            "ends",
            gettext_lazy("契約の終わり"),
            lambda row: row.ends_on,
            shown=lambda row: shown_full_day(row.ends_on),
            whole=True,
            sort=("ends_on",),
        ),
        Column(
            "yearly",
            gettext_lazy("1年の金額（税込、円）"),
            lambda row: row.yearly_yen,
            number=True,
            sort=("yearly_yen",),
            width=18,
        ),
        Column("price", gettext_lazy("単価（税込、円）"), lambda row: row.unit_price_yen, number=True, width=14),
        Column("quantity", gettext_lazy("数量"), lambda row: row.quantity, number=True),
        Column("unit", gettext_lazy("単位"), lambda row: row.unit, in_page=False, width=8),
        Column(
            "form",
            gettext_lazy("形態"),
            lambda row: _words(FORM_WORDS, ContractForm, row.form),
            in_page=False,
            width=18,
        ),
        Column(
            "alone",
            gettext_lazy("単独で更新"),
            lambda row: gettext("単独で更新") if row.renews_alone else "",
            in_page=False,
        ),
        Column(
            "source", gettext_lazy("もと"), lambda row: _words(SOURCE_WORDS, ContractSource, row.source), in_page=False
        ),
        Column("case", gettext_lazy("案件番号"), lambda row: row.case_id, in_page=False, number=True),
        Column("note", gettext_lazy("備考"), lambda row: row.note, in_page=False, width=30),
    ),
    filters=ContractFilters,
    order=("ends_on", "id"),
    empty=Empty(
        gettext_lazy("契約はまだありません。意向調査に答えると、終わる日のある契約がここに入ります。"),
        gettext_lazy("契約を加える"),
        "/procurement/contracts/new/",
    ),
)

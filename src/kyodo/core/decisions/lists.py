"""The list of recorded decisions, declared once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.decisions.queries import address_of
from kyodo.core.decisions.rules import ACT_WORDS, DIVISION_WORDS, Act, Division
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.japanese import japanese
from kyodo.engines.words import _


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A recorded decision as the list shows it."""

    id: int
    kind: str
    subject: int
    organisation: str
    act: Act
    title: str
    decided_on: date
    fiscal_year: int
    number: str
    division: Division
    decider_duty: str
    decider_name: str
    withdrawn_at: datetime | None


FIELDS = (
    "id",
    "kind",
    "subject_id",
    "organisation__name",
    "act",
    "title",
    "decided_on",
    "fiscal_year",
    "number",
    "division",
    "decider_duty",
    "decider_name",
    "withdrawn_at",
)


def rows(found: Iterable[tuple[Any, ...]]) -> list[DecisionRow]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    return [DecisionRow(*(*one[:4], Act(one[4]), *one[5:9], Division(one[9]), *one[10:])) for one in found]


class DecisionFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list is narrowed, from the address."""

    state = WordsFilter(
        label=gettext_lazy("状態"), method="of_state", words={"valid": _("有効"), "withdrawn": _("取消")}
    )
    year = django_filters.NumberFilter(
        label=gettext_lazy("年度（西暦）"), field_name="fiscal_year", min_value=1900, max_value=2200
    )
    act = WordsFilter(label=gettext_lazy("決めたこと"), words=ACT_WORDS)
    number = django_filters.CharFilter(label=gettext_lazy("文書番号"), lookup_expr="icontains", max_length=60)

    def of_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those that hold, or those that were taken back."""
        return found.filter(withdrawn_at__isnull=value == "valid")


def _title(row: DecisionRow) -> str:
    return format_html('<a href="{}" lang="ja">{}</a>', address_of(row.kind, row.subject), row.title)


def _decider(row: DecisionRow) -> str:
    return f"{row.decider_duty} {row.decider_name}".strip()


def _state(row: DecisionRow) -> str:
    return gettext("取消") if row.withdrawn_at else gettext("有効")


DECISIONS: Listing[DecisionRow] = Listing(
    name="decisions",
    title=gettext_lazy("決裁一覧"),
    columns=(
        Column(
            "number",
            gettext_lazy("文書番号"),
            lambda row: row.number,
            shown=lambda row: japanese(row.number),
            sort=("number",),
            width=18,
        ),
        Column(
            "decided",
            gettext_lazy("決裁日"),
            lambda row: row.decided_on,
            shown=lambda row: shown_day(row.decided_on),
            whole=True,
            sort=("decided_on",),
        ),
        Column("title", gettext_lazy("件名"), lambda row: row.title, shown=_title, sort=("title",), width=60),
        Column("act", gettext_lazy("決めたこと"), lambda row: gettext(ACT_WORDS[row.act]), sort=("act",), width=18),
        Column("division", gettext_lazy("決裁区分"), lambda row: gettext(DIVISION_WORDS[row.division]), width=18),
        Column("decider", gettext_lazy("決裁者"), _decider, shown=lambda row: japanese(_decider(row)), width=24),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: row.organisation,
            shown=lambda row: japanese(row.organisation),
            in_page=False,
            width=16,
        ),
        Column("year", gettext_lazy("年度（西暦）"), lambda row: row.fiscal_year, in_page=False),
        Column("state", gettext_lazy("状態"), _state, whole=True),
    ),
    filters=DecisionFilters,
    order=("-decided_on", "-id"),
    empty=Empty(gettext_lazy("まだ決裁の記録はありません。相談などのページの「決裁を記録する」から記録できます。")),
)

"""The list of lists of transfers, declared once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.transfers.rules import STATE_WORDS, State
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.japanese import japanese

TONES = {State.DRAFT: "", State.PLANNED: "warn", State.APPLIED: "done", State.CANCELLED: ""}
FIELDS = ("id", "organisation__name", "day", "remark", "state", "made_by", "people")


@dataclass(frozen=True, slots=True)
class TransferRow:
    """A list of transfers as it is shown among others."""

    id: int
    organisation: str
    day: date
    remark: str
    state: State
    made_by: str
    people: int


def rows(found: Iterable[tuple[Any, ...]]) -> list[TransferRow]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    return [TransferRow(*(*one[:4], State(one[4]), *one[5:])) for one in found]


def shown_state(state: State) -> SafeString:
    """The state as a tag."""
    return format_html('<span class="tag {}">{}</span>', TONES[state], gettext(STATE_WORDS[state]))


class TransferFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list is narrowed, from the address."""

    body = django_filters.CharFilter(
        label=gettext_lazy("団体"), field_name="organisation__name", lookup_expr="icontains", max_length=100
    )
    state = WordsFilter(label=gettext_lazy("状態"), method="of_state", words=STATE_WORDS)

    def of_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Lists in one state."""
        return found.filter(state=value)


TRANSFERS: Listing[TransferRow] = Listing(
    name="transfers",
    title=gettext_lazy("人事異動"),
    columns=(
        Column(
            "day",
            gettext_lazy("発令日"),
            lambda row: row.day,
            shown=lambda row: format_html('<a href="/transfers/{}/">{}</a>', row.id, shown_day(row.day)),
            whole=True,
            sort=("day",),
        ),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: row.organisation,
            shown=lambda row: japanese(row.organisation),
            width=18,
        ),
        Column("people", gettext_lazy("人数"), lambda row: row.people),
        Column(
            "state",
            gettext_lazy("状態"),
            lambda row: gettext(STATE_WORDS[row.state]),
            shown=lambda row: shown_state(row.state),
            whole=True,
        ),
        Column(
            "remark", gettext_lazy("備考"), lambda row: row.remark, shown=lambda row: japanese(row.remark), width=30
        ),
        Column(
            "made_by",
            gettext_lazy("作った人"),
            lambda row: row.made_by,
            shown=lambda row: japanese(row.made_by),
            width=24,
        ),
    ),
    filters=TransferFilters,
    order=("-day", "-id"),
    empty=Empty(gettext_lazy("まだ人事異動の一覧はありません。発令日の前に作っておくと、その日の0時に実施します。")),
)

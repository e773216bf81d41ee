"""The list of entries by proxy, declared once."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.proxy import corrections
from kyodo.core.proxy.marks import TONES
from kyodo.core.proxy.queries import EntryRow, address_of
from kyodo.core.proxy.rules import OPEN, SOURCE_WORDS, STATE_WORDS
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.japanese import japanese
from kyodo.engines.words import _


class EntryFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list is narrowed, from the address."""

    state = WordsFilter(
        label=gettext_lazy("状態"), method="of_state", words={"open": _("終わっていないもの"), **STATE_WORDS}
    )
    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    source = WordsFilter(label=gettext_lazy("どうやって"), words=SOURCE_WORDS)

    def of_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those in a state, or all that are still open."""
        return found.filter(state__in=OPEN) if value == "open" else found.filter(state=value)

    def of_body(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those for a body, by name or code."""
        return found.filter(Q(organisation__name__icontains=value) | Q(organisation__code=value))


def _state(row: EntryRow) -> str:
    return gettext(STATE_WORDS[row.state])


ENTRIES: Listing[EntryRow] = Listing(
    name="proxy",
    title=gettext_lazy("代行入力一覧"),
    columns=(
        Column("number", gettext_lazy("番号"), lambda row: row.number, in_page=False),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: row.organisation,
            shown=lambda row: japanese(row.organisation),
            sort=("organisation__code",),
            whole=True,
            width=16,
        ),
        Column(
            "label",
            gettext_lazy("入力したもの"),
            lambda row: row.label,
            shown=lambda row: format_html('<a href="{}" lang="ja">{}</a>', address_of(row.id), row.label),
            width=60,
        ),
        Column("kind", gettext_lazy("種類"), lambda row: gettext(corrections.find(row.kind).word), width=14),
        Column(
            "state",
            gettext_lazy("状態"),
            _state,
            shown=lambda row: format_html('<span class="tag {}">{}</span>', TONES[row.state], _state(row)),
            sort=("state",),
            width=22,
        ),
        Column("source", gettext_lazy("どうやって"), lambda row: gettext(SOURCE_WORDS[row.source]), width=10),
        Column(
            "said",
            gettext_lazy("聞いた日"),
            lambda row: row.said_on,
            shown=lambda row: shown_day(row.said_on),
            sort=("said_on",),
            whole=True,
        ),
        Column("duty", gettext_lazy("部署・職"), lambda row: row.said_duty, in_page=False, width=24),
        Column("name", gettext_lazy("名前"), lambda row: row.said_by, in_page=False, width=16),
        Column("by", gettext_lazy("入力した人"), lambda row: row.entered_by, in_page=False, width=36),
        Column(
            "due",
            gettext_lazy("確認の期限"),
            lambda row: row.due_on,
            shown=lambda row: shown_day(row.due_on) if row.is_open else "",
            sort=("due_on",),
            whole=True,
        ),
        Column("answered", gettext_lazy("答えた人"), lambda row: row.answered_by, in_page=False, width=36),
        Column("remark", gettext_lazy("違うところ"), lambda row: row.remark, in_page=False, width=40),
    ),
    filters=EntryFilters,
    order=("-id",),
    empty=Empty(gettext_lazy("代行で入力されたものは、まだありません。")),
)

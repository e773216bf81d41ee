"""The list of cases."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access.doors import acting
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.search import queries as search
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.parts import Tone
from kyodo.engines.words import _
from kyodo.modules.procurement.queries.cases import CaseRow
from kyodo.modules.procurement.rules.case import AUDIENCE_WORDS, KIND, STATE_WORDS, CaseState, address_of
from kyodo.modules.procurement.rules.kinds import KIND_WORDS

TONES: dict[CaseState, Tone] = {
    CaseState.CANDIDATE: Tone.PLAIN,
    CaseState.SURVEY: Tone.GO,
    CaseState.ALIGNMENT: Tone.GO,
    CaseState.MARKET: Tone.GO,
    CaseState.COMMITMENT: Tone.GO,
    CaseState.READY: Tone.DONE,
    CaseState.SHARED: Tone.DONE,
    CaseState.STOPPED: Tone.PLAIN,
}


class CaseFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list of cases is narrowed, from the address."""

    q = django_filters.CharFilter(label=gettext_lazy("言葉"), method="with_words", max_length=100)
    state = WordsFilter(label=gettext_lazy("段階"), words=STATE_WORDS)
    kind = WordsFilter(label=gettext_lazy("種類"), words=KIND_WORDS)
    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    mine = WordsFilter(label=gettext_lazy("自分の団体"), method="of_mine", words={"in": _("加わっている案件")})

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Cases with all the words."""
        found = search.subjects(KIND, value)
        return rows if found is None else rows.filter(pk__in=found)

    def of_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Cases that a body, by name or code, is in."""
        named = Q(members__organisation__name__icontains=value) | Q(members__organisation__code=value)
        return rows.filter(pk__in=rows.model.objects.filter(named, members__left_at=None).values("pk"))

    def of_mine(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Cases that my body is in."""
        mine = acting(self.request).organisation_id or 0
        inside = rows.model.objects.filter(members__organisation_id=mine, members__left_at=None)
        return rows.filter(pk__in=inside.values("pk"))


def tag(state: CaseState) -> str:
    """The step as a mark."""
    return format_html('<span class="tag {}">{}</span>', TONES[state], gettext(STATE_WORDS[state]))


CASES: Listing[CaseRow] = Listing(
    name="procurement",
    title=gettext_lazy("共同調達一覧"),
    columns=(
        Column("id", gettext_lazy("番号"), lambda row: row.id, in_page=False, width=8),
        Column(
            "state",
            gettext_lazy("段階"),
            lambda row: gettext(STATE_WORDS[row.state]),
            shown=lambda row: tag(row.state),
            whole=True,
            sort=("state",),
            width=16,
        ),
        Column(
            "title",
            gettext_lazy("件名"),
            lambda row: row.title,
            shown=lambda row: format_html('<a href="{}" lang="ja">{}</a>', address_of(row.id), row.title),
            sort=("title",),
            width=50,
        ),
        Column("kind", gettext_lazy("種類"), lambda row: gettext(KIND_WORDS[row.kind]), sort=("kind",), width=18),
        Column("bodies", gettext_lazy("団体数"), lambda row: row.body_count, number=True, sort=("body_count",)),
        Column(
            "due",
            gettext_lazy("いまの期限"),
            lambda row: row.due_on,
            shown=lambda row: shown_day(row.due_on),
            whole=True,
            sort=("due_on",),
        ),
        Column(
            "starts",
            gettext_lazy("利用開始の希望"),
            lambda row: row.starts_on,
            shown=lambda row: shown_day(row.starts_on),
            whole=True,
            sort=("starts_on",),
        ),
        Column("months", gettext_lazy("期間（月）"), lambda row: row.months, in_page=False),
        Column("assignee", gettext_lazy("担当"), lambda row: row.assignee or "", in_page=False, width=16),
        Column(
            "audience", gettext_lazy("見える範囲"), lambda row: gettext(AUDIENCE_WORDS[row.audience]), in_page=False
        ),
        Column(
            "opened", gettext_lazy("始めた日"), lambda row: row.opened_at, in_page=False, sort=("opened_at",), width=17
        ),
    ),
    filters=CaseFilters,
    order=("-opened_at", "-id"),
    empty=Empty(
        gettext_lazy("共同調達の案件はまだありません。相談から、または新しくつくれます。"),
        gettext_lazy("共同調達をつくる"),
        "/procurement/new/",
    ),
)

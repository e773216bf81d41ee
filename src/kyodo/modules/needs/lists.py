"""The lists of needs, each declared once: all that I may see, and what was solved in public."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access.doors import acting
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.proxy import marks as proxy
from kyodo.core.search import queries as search
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.parts import Tone
from kyodo.engines.words import _
from kyodo.modules.needs.models import NeedBacking
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.queries import NeedRow, names_shown_to
from kyodo.modules.needs.rules import AUDIENCES, KIND, STATE_WORDS, TOPIC_WORDS, State

NeedListing = Listing[NeedRow]

TONES: dict[State, Tone] = {
    State.RECEIVED: Tone.PLAIN,
    State.CHECKING: Tone.GO,
    State.WORKING: Tone.GO,
    State.DONE: Tone.DONE,
    State.CONFIRMED: Tone.DONE,
    State.DECLINED: Tone.PLAIN,
}


class NeedFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list of needs is narrowed, from the address."""

    q = django_filters.CharFilter(label=gettext_lazy("言葉"), method="with_words", max_length=100)
    state = WordsFilter(label=gettext_lazy("状態"), method="of_state", words=STATE_WORDS)
    topic = WordsFilter(label=gettext_lazy("分野"), words=TOPIC_WORDS)
    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    mine = WordsFilter(
        label=gettext_lazy("自分の団体"),
        method="of_mine",
        words={"posted": _("投稿した相談"), "backed": _("「うちも」と加わった相談")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not acting(self.request).may(Permission.BACK):
            del self.filters["mine"]  # who posts and joins nothing has nothing of the own to look for

    def of_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Needs in a state that is their own: what was merged has that of the other."""
        return rows.filter(state=value, merged_into=None)

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Needs with all the words in title or trouble."""
        found = search.subjects(KIND, value)
        return rows if found is None else rows.filter(pk__in=found)

    def of_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Needs of bodies by name or code; one that asked not to be named is not found by its name either."""
        named = Q(organisation__name__icontains=value) | Q(organisation__code=value)
        return rows.filter(named & names_shown_to(acting(self.request)))

    def of_mine(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """What my body posted or joined."""
        mine = acting(self.request).organisation_id or 0
        if value == "posted":
            return rows.filter(organisation_id=mine)
        return rows.filter(pk__in=NeedBacking.objects.filter(organisation_id=mine).values("need_id"))


class PublicFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the public list is narrowed."""

    q = django_filters.CharFilter(label=gettext_lazy("言葉"), method="with_words", max_length=100)
    topic = WordsFilter(label=gettext_lazy("分野"), words=TOPIC_WORDS)

    with_words = NeedFilters.with_words


def tag(state: State) -> str:
    """The state as a mark: a word, and a colour that says the same."""
    return format_html('<span class="tag {}">{}</span>', TONES[state], gettext(STATE_WORDS[state]))


def _state(row: NeedRow) -> str:
    """The state, or where one finds it for a need whose story is told on the page of another."""
    if row.merged_into_id is None:
        return tag(row.state)
    told = gettext("#{number} へ統合").format(number=row.merged_into_id)
    return format_html('<a class="tag plain" href="/needs/{}/">{}</a>', row.merged_into_id, told)


def _title_column(below: str) -> Column[NeedRow]:
    """The title, leading to the need's page under /needs/ or, for everybody, under /needs/public/."""

    def linked(row: NeedRow) -> str:
        return format_html(
            '<a href="/needs/{}{}/" lang="ja">{}</a> {}', below, row.id, row.title, proxy.tag(row.by_proxy)
        )

    return Column("title", gettext_lazy("件名"), lambda row: row.title, shown=linked, sort=("title",), width=60)


def _body(row: NeedRow) -> str:
    if row.organisation is None:
        return format_html('<span class="sub">{}</span>', gettext("団体名は非公開"))
    return japanese(row.organisation)


NUMBER: Column[NeedRow] = Column("id", gettext_lazy("番号"), lambda row: row.id, in_page=False, width=8)
TOPIC: Column[NeedRow] = Column(
    "topic", gettext_lazy("分野"), lambda row: gettext(TOPIC_WORDS[row.topic]), sort=("topic",), width=18
)
BODY: Column[NeedRow] = Column(
    "body", gettext_lazy("団体"), lambda row: row.organisation or "", shown=_body, whole=True, width=16
)
BACKINGS: Column[NeedRow] = Column(
    "backings", gettext_lazy("うちも"), lambda row: row.backing_count, number=True, sort=("backing_count",), width=8
)
MERGED: Column[NeedRow] = Column(
    "merged", gettext_lazy("統合先"), lambda row: row.merged_into_id, in_page=False, width=8
)
ARRANGED: tuple[Column[NeedRow], ...] = (
    Column("assignee", gettext_lazy("担当"), lambda row: row.assignee or "", in_page=False, width=16),
    Column(
        "due",
        gettext_lazy("期限"),
        lambda row: row.due_on,
        shown=lambda row: shown_day(row.due_on),
        sort=("due_on",),
        in_page=False,
    ),
)
FIGURES: tuple[Column[NeedRow], ...] = (
    Column("people", gettext_lazy("影響する人数（年）"), lambda row: row.people, in_page=False),
    Column("hours", gettext_lazy("かかる時間（年）"), lambda row: row.hours_per_year, in_page=False),
    Column("yen", gettext_lazy("かかる費用（円・年）"), lambda row: row.yen_per_year, in_page=False),
)
BY_PROXY: Column[NeedRow] = Column(
    "proxy", gettext_lazy("代行入力"), lambda row: proxy.words(row.by_proxy), in_page=False, width=22
)
STATE: Column[NeedRow] = Column(
    "state",
    gettext_lazy("状態"),
    lambda row: gettext(STATE_WORDS[row.state]),
    shown=_state,
    sort=("state",),
    width=12,
)

NEEDS: NeedListing = Listing(
    name="needs",
    title=gettext_lazy("相談一覧"),
    columns=(
        NUMBER,
        STATE,
        _title_column(""),
        TOPIC,
        BODY,
        Column("section", gettext_lazy("部署"), lambda row: row.section or "", in_page=False, width=24),
        BACKINGS,
        Column(
            "wish",
            gettext_lazy("希望時期"),
            lambda row: row.wish_on,
            shown=lambda row: shown_day(row.wish_on),
            whole=True,
            sort=("wish_on",),
        ),
        Column(
            "posted",
            gettext_lazy("投稿日"),
            lambda row: row.posted_at,
            shown=lambda row: shown_day(row.posted_at),
            whole=True,
            sort=("posted_at",),
            width=17,
        ),
        Column(
            "audience",
            gettext_lazy("見える範囲"),
            lambda row: gettext(AUDIENCES[row.audience].name),
            in_page=False,
            width=22,
        ),
        *ARRANGED,
        MERGED,
        BY_PROXY,
        *FIGURES,
    ),
    filters=NeedFilters,
    order=("-posted_at", "-id"),
    empty=Empty(
        gettext_lazy("まだ相談はありません。困っていることを、最初に書いてみませんか。"),
        gettext_lazy("相談を書く（2分）"),
        "/needs/new/",
    ),
)

PUBLIC: NeedListing = Listing(
    name="public",
    title=gettext_lazy("解決した相談"),
    columns=(
        NUMBER,
        STATE,
        _title_column("public/"),
        TOPIC,
        BODY,
        BACKINGS,
        Column(
            "solved",
            gettext_lazy("解決した日"),
            lambda row: row.state_since,
            shown=lambda row: shown_day(row.state_since),
            whole=True,
            sort=("state_since",),
            width=17,
        ),
        BY_PROXY,
        *FIGURES,
    ),
    filters=PublicFilters,
    order=("-state_since", "-id"),
    empty=Empty(gettext_lazy("公開された解決の記録は、まだありません。")),
)

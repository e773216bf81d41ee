"""The lists of the directory, declared once: lines of bodies for files, and invitations."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.directory.queries.bodies import BodyRow, Line
from kyodo.core.directory.queries.invitations import STATE_WORDS, InvitationRow, State, in_state
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.ui.dates import shown_day
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.parts import Tone
from kyodo.engines.words import _

BodyLine = tuple[BodyRow, Line | None]


def _of_line(name: str) -> Any:
    return lambda row: getattr(row[1], name) if row[1] else ""


LINES: Listing[BodyLine] = Listing(
    name="directory",
    title=gettext_lazy("名簿"),
    columns=(
        Column("code", gettext_lazy("団体コード"), lambda row: row[0].code, width=10),
        Column("body", gettext_lazy("団体"), lambda row: row[0].name, width=16),
        Column("name", gettext_lazy("部署・担当"), _of_line("name"), width=28),
        Column("holders", gettext_lazy("担当者"), lambda row: "、".join(row[1].holders) if row[1] else "", width=20),
        Column("phone", gettext_lazy("電話"), _of_line("phone"), width=16),
        Column("extension", gettext_lazy("内線"), _of_line("extension"), width=10),
        Column("fax", gettext_lazy("FAX"), _of_line("fax"), width=16),
        Column("mailbox", gettext_lazy("係のメールアドレス"), _of_line("mailbox"), width=30),
        Column("remark", gettext_lazy("備考"), _of_line("remark"), width=30),
    ),
    filters=django_filters.FilterSet,
    order=("id",),
    empty=Empty(gettext_lazy("まだ団体がありません。")),
)

TONES: dict[State, Tone] = {
    State.SIGNED_IN: Tone.DONE,
    State.REFUSED: Tone.ERROR,
    State.OPENED: Tone.WARN,
    State.MAILED: Tone.PLAIN,
    State.LETTER: Tone.PLAIN,
    State.WAITING: Tone.GO,
    State.NO_MAIL: Tone.WARN,
    State.EXPIRED: Tone.ERROR,
}


class InvitationFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How invitations are narrowed, from the address."""

    state = WordsFilter(
        label=gettext_lazy("状態"), method="of_state", words={"open": _("まだサインインしていない"), **STATE_WORDS}
    )
    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    q = django_filters.CharFilter(label=gettext_lazy("名前"), method="of_name", max_length=100)

    def of_state(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those in a state, or all whose people have not come in yet."""
        return found.exclude(in_state(State.SIGNED_IN)) if value == "open" else found.filter(in_state(State(value)))

    def of_body(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of a body, by name or code."""
        return found.filter(Q(organisation__name__icontains=value) | Q(organisation__code=value))

    def of_name(self, found: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those of people, by name, user name or address."""
        named = Q(user__display_name__icontains=value) | Q(user__username__icontains=value)
        return found.filter(named | Q(user__email__icontains=value))


def _person(row: InvitationRow) -> str:
    return format_html('<a href="/accounts/users/{}/" lang="ja">{}</a>', row.user_id, row.name)


def _state(row: InvitationRow) -> str:
    return gettext(STATE_WORDS[row.state])


def _state_tag(row: InvitationRow) -> str:
    told = format_html('<span class="tag {}">{}</span>', TONES[row.state], _state(row))
    if row.state is State.REFUSED:
        return format_html('{} <span class="sub">{}</span>', told, row.refused)
    return told


INVITATIONS: Listing[InvitationRow] = Listing(
    name="invitations",
    title=gettext_lazy("招待一覧"),
    columns=(
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
            "name",
            gettext_lazy("名前"),
            lambda row: row.name,
            shown=_person,
            sort=("user__display_name",),
            width=24,
        ),
        Column("username", gettext_lazy("利用者名"), lambda row: row.username, sort=("user__username",), width=18),
        Column("email", gettext_lazy("メールアドレス"), lambda row: row.email, width=30),
        Column("state", gettext_lazy("状態"), _state, shown=_state_tag, width=22),
        Column(
            "asked",
            gettext_lazy("招待した日"),
            lambda row: row.asked_at,
            shown=lambda row: shown_day(row.asked_at),
            sort=("asked_at",),
            whole=True,
        ),
        Column(
            "expires",
            gettext_lazy("期限"),
            lambda row: row.expires_at,
            shown=lambda row: "" if row.state is State.SIGNED_IN else shown_day(row.expires_at),
            sort=("expires_at",),
            whole=True,
        ),
        Column("opened", gettext_lazy("開いた日"), lambda row: row.opened_at, in_page=False),
        Column("signed_in", gettext_lazy("最後のサインイン"), lambda row: row.last_login, in_page=False),
    ),
    filters=InvitationFilters,
    order=("organisation__code", "id"),
    empty=Empty(
        gettext_lazy("まだ招待はありません。様式（Excel）に書いて返送すると、まとめて招待できます。"),
        gettext_lazy("招待の様式を作る"),
        "/directory/invitations/sheet/",
    ),
)

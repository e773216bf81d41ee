"""The list of users, declared once."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access.roles import ROLES, Role
from kyodo.core.accounts import queries
from kyodo.core.accounts.queries import RoleRow, UserRow
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.ui.dates import shown_day
from kyodo.engines.words import _

BREAK = SafeString("<br>")


class UserFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list of users is narrowed, from the address."""

    q = django_filters.CharFilter(label=gettext_lazy("名前"), method="by_name", max_length=100)
    body = django_filters.CharFilter(label=gettext_lazy("団体"), method="of_body", max_length=100)
    role = WordsFilter(
        label=gettext_lazy("役割"),
        method="of_role",
        words={role: card.name for role, card in ROLES.items() if role is not Role.RESIDENT},
    )
    factor = WordsFilter(
        label=gettext_lazy("二要素認証"), method="by_factor", words={"yes": _("使用中"), "no": _("未使用")}
    )
    active = WordsFilter(label=gettext_lazy("状態"), method="by_state", words={"yes": _("有効"), "no": _("停止中")})

    def by_name(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People with all the words in name, user name or address."""
        for word in value.split()[:5]:
            rows = rows.filter(queries.named(word))
        return rows

    def of_body(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People of a body."""
        return rows.filter(queries.with_role(body=value))

    def of_role(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People with a role."""
        return rows.filter(queries.with_role(role=value))

    def by_factor(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People with a second factor, or without."""
        return rows.filter(queries.with_factor() if value == "yes" else ~queries.with_factor())

    def by_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Accounts that are open, or shut."""
        return rows.filter(is_active=value == "yes")


def _current(row: UserRow) -> list[RoleRow]:
    """The roles in force or to come; those that are over only where there is no other."""
    return [role for role in row.roles if role.state != "over"] or list(row.roles[-1:])


def _bodies(row: UserRow) -> list[str]:
    return list(dict.fromkeys(role.organisation for role in _current(row)))


def _duties(row: UserRow) -> list[str]:
    return [duty.name for duty in row.duties]


def _roles(row: UserRow) -> list[str]:
    return [gettext(role.name) for role in _current(row)]


def _since(row: UserRow) -> date | None:
    return min((role.valid_from for role in _current(row)), default=None)


def _until(row: UserRow) -> date | None:
    ends = [role.valid_until for role in _current(row)]
    return max((end for end in ends if end), default=None) if all(ends) else None


def _lines(texts: list[str], *, japanese: bool = False) -> SafeString:
    template = '<span lang="ja">{}</span>' if japanese else "{}"
    return format_html_join(BREAK, template, ((text,) for text in texts))


def _named(row: UserRow) -> SafeString:
    """The name, and a mark where no mail arrives."""
    link = format_html('<a href="/accounts/users/{}/" lang="ja">{}</a>', row.id, row.display_name)
    if not row.address_trouble:
        return link
    return format_html('{} <span class="tag warn">{}</span>', link, gettext("メールが届きません"))


def _period(row: UserRow) -> SafeString:
    return format_html_join(
        BREAK,
        "{}–{}",
        ((shown_day(role.valid_from), shown_day(role.valid_until)) for role in _current(row)),
    )


def _state(row: UserRow) -> str:
    return gettext("有効") if row.is_active else gettext("停止中")


USERS: Listing[UserRow] = Listing(
    name="users",
    title=gettext_lazy("利用者一覧"),
    columns=(
        Column(
            "name",
            gettext_lazy("名前"),
            lambda row: row.display_name,
            shown=_named,
            sort=("display_name",),
            width=24,
        ),
        Column("username", gettext_lazy("利用者名"), lambda row: row.username, sort=("username",), width=18),
        Column("email", gettext_lazy("メールアドレス"), lambda row: row.email, in_page=False, width=30),
        Column("undelivered", gettext_lazy("届かないメール"), lambda row: row.address_trouble, in_page=False, width=30),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: "、".join(_bodies(row)),
            shown=lambda row: _lines(_bodies(row), japanese=True),
            width=20,
        ),
        Column(
            "duty",
            gettext_lazy("職・担当"),
            lambda row: "、".join(_duties(row)),
            shown=lambda row: _lines(_duties(row), japanese=True),
            width=24,
        ),
        Column(
            "role",
            gettext_lazy("役割"),
            lambda row: "、".join(_roles(row)),
            shown=lambda row: _lines(_roles(row)),
            width=18,
        ),
        Column("since", gettext_lazy("開始日"), _since, in_page=False),
        Column("until", gettext_lazy("終了日"), _until, in_page=False),
        Column("period", gettext_lazy("期間"), lambda row: None, shown=_period),
        Column(
            "factor", gettext_lazy("二要素認証"), lambda row: gettext("使用中") if row.has_factor else gettext("未使用")
        ),
        Column(
            "state",
            gettext_lazy("状態"),
            _state,
            shown=lambda row: format_html(
                '<span class="tag {}">{}</span>', "done" if row.is_active else "warn", _state(row)
            ),
            sort=("is_active",),
            width=10,
        ),
    ),
    filters=UserFilters,
    order=("username",),
    empty=Empty(gettext_lazy("まだ利用者はいません。"), gettext_lazy("利用者を登録する"), "/accounts/users/new/"),
)

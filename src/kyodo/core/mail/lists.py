"""The list of mails, declared once."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.lists.filters import WordsFilter
from kyodo.core.mail.queries import MailRow
from kyodo.core.mail.rules import PURPOSES, STATES
from kyodo.core.ui.dates import shown_moment
from kyodo.core.ui.japanese import japanese


class MailFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the list is narrowed, from the address."""

    state = WordsFilter(label=gettext_lazy("状態"), words=STATES)
    purpose = WordsFilter(label=gettext_lazy("用件"), words={one: card.name for one, card in PURPOSES.items()})
    body = django_filters.CharFilter(
        label=gettext_lazy("団体"), field_name="organisation__name", lookup_expr="icontains", max_length=100
    )
    q = django_filters.CharFilter(label=gettext_lazy("宛先・名前"), method="to_whom", max_length=100)

    def to_whom(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Mails to an address, or to somebody."""
        return rows.filter(address__icontains=value) | rows.filter(user__display_name__icontains=value)


MAILS: Listing[MailRow] = Listing(
    name="mails",
    title=gettext_lazy("送信メール"),
    columns=(
        Column(
            "queued_at",
            gettext_lazy("いつ"),
            lambda row: row.queued_at,
            shown=lambda row: format_html('<a href="/mail/{}/">{}</a>', row.id, shown_moment(row.queued_at)),
            sort=("queued_at",),
            whole=True,
            width=17,
        ),
        Column(
            "body", gettext_lazy("団体"), lambda row: row.organisation, shown=lambda row: japanese(row.organisation)
        ),
        Column("person", gettext_lazy("名前"), lambda row: row.person, shown=lambda row: japanese(row.person)),
        Column("address", gettext_lazy("宛先"), lambda row: row.address, sort=("address",), width=30),
        Column("purpose", gettext_lazy("用件"), lambda row: row.purpose_name, width=16),
        Column(
            "subject",
            gettext_lazy("件名"),
            lambda row: row.subject,
            shown=lambda row: japanese(row.subject),
            in_page=False,
            width=50,
        ),
        Column(
            "state",
            gettext_lazy("状態"),
            lambda row: row.state_name,
            shown=lambda row: format_html('<span class="tag {}">{}</span>', row.tone, row.state_name),
            sort=("state",),
            width=16,
        ),
        Column("attempts", gettext_lazy("試行"), lambda row: row.attempts, number=True, width=8),
        Column("trouble", gettext_lazy("最後に起きたこと"), lambda row: row.trouble_name, width=40),
        Column("said", gettext_lazy("サーバーの返事"), lambda row: row.said, in_page=False, width=40),
    ),
    filters=MailFilters,
    order=("-id",),
    empty=Empty(gettext_lazy("まだ送信したメールはありません。")),
)

"""The record as a list: a sentence an entry."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.audit.record import ACTIONS
from kyodo.core.ledger import words
from kyodo.core.ledger.queries import EntryRow
from kyodo.core.lists.declaration import Column, Empty, Listing
from kyodo.core.ui.dates import shown_moment
from kyodo.core.ui.japanese import japanese


def plain_action(action: str) -> str:
    """An action without who and what, for the filter: the sentence with dots in their places."""
    card = ACTIONS.get(action)
    return gettext(card.sentence).format(who="…", subject="…") if card else action


def sentence(row: EntryRow) -> SafeString:
    """An entry as people read it, with its subject linked where it has a page."""
    who = _name(row.who)
    subject = _name(row.subject)
    if address := words.address_of(row.kind, row.subject_id):
        subject = format_html('<a href="{}">{}</a>', address, subject)
    card = ACTIONS.get(row.action)
    if card is None:  # an action of a part that is no longer installed
        return format_html("{}: {} {}", who, row.action, subject)
    return format_html(gettext(card.sentence), who=format_html("<b>{}</b>", who), subject=subject)


def _name(text: str | None) -> SafeString:
    if text is None:
        return format_html('<span class="sub">{}</span>', gettext("（保存期間を過ぎて消去）"))
    return japanese(text)


def _plain(row: EntryRow) -> str:
    card = ACTIONS.get(row.action)
    who, subject = row.who or gettext("（保存期間を過ぎて消去）"), row.subject or ""
    return gettext(card.sentence).format(who=who, subject=subject) if card else f"{who}: {row.action} {subject}"


class LedgerFilters(django_filters.FilterSet):  # type: ignore[misc]
    """How the record is narrowed, from the address."""

    action = django_filters.ChoiceFilter(
        label=gettext_lazy("できごと"),
        empty_label=None,
        choices=lambda: [("", gettext("すべて")), *((name, plain_action(name)) for name in sorted(ACTIONS))],
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("何について"),
        empty_label=None,
        method="of_kind",
        choices=lambda: [("", gettext("すべて")), *((kind, gettext(word)) for kind, word in words.kinds().items())],
    )
    about = django_filters.CharFilter(
        label=gettext_lazy("その番号（何についてかも選ぶ）"), method="about_subject", max_length=20
    )
    since = django_filters.DateFilter(
        label=gettext_lazy("この日から"),
        field_name="at",
        lookup_expr="date__gte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = django_filters.DateFilter(
        label=gettext_lazy("この日まで"),
        field_name="at",
        lookup_expr="date__lte",
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def of_kind(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Entries about things of a kind."""
        return rows.filter(subject_kind=value)

    def about_subject(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Entries about one thing, by its number; a number alone does not say of what kind."""
        kind, number = self.form.cleaned_data.get("kind"), value.lstrip("#＃")
        if not kind or not (number.isdecimal() and len(number) < 18):
            return rows.none()
        return rows.filter(subject_kind=kind, subject_id=int(number))


LEDGER: Listing[EntryRow] = Listing(
    name="ledger",
    title=gettext_lazy("監査記録"),
    columns=(
        Column("sequence", gettext_lazy("番号"), lambda row: row.sequence, number=True, sort=("sequence",), width=9),
        Column("at", gettext_lazy("いつ"), lambda row: row.at, shown=lambda row: shown_moment(row.at), width=17),
        Column("what", gettext_lazy("だれが・なにを"), _plain, shown=sentence, width=70),
        Column(
            "body",
            gettext_lazy("団体"),
            lambda row: row.organisation,
            shown=lambda row: japanese(row.organisation),
            width=16,
        ),
        Column("reason", gettext_lazy("理由"), lambda row: row.reason, in_page=False, width=40),
        Column(
            "digest",
            gettext_lazy("ハッシュ値"),
            lambda row: row.digest,
            shown=lambda row: format_html('<a href="/audit/{}/"><code>{}…</code></a>', row.sequence, row.digest[:8]),
            width=66,
        ),
    ),
    filters=LedgerFilters,
    order=("-sequence",),
    empty=Empty(gettext_lazy("まだ記録はありません。")),
)

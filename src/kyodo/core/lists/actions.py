"""Writes of saved filters."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.lists import rules
from kyodo.core.lists.models import SavedFilter
from kyodo.engines.words import _

KIND = "lists.filter"


class FilterRefused(Exception):
    """A filter can't be kept; `sentence` says why, to be translated."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@action("lists.filter_saved", _("{who}が、一覧の絞り込み「{subject}」を保存しました。"))
def save_filter(*, listing: str, name: str, query: str, by: Actor, at: datetime) -> int:
    """Keep filter and order of a list under a name; the same name again replaces what it stood for.

    Raises FilterRefused for a name or query that can't be kept, or one too many.
    """
    assert by.user_id is not None, "the door lets only people in"
    if fault := rules.fault_of_filter(name=name, query=query):
        raise FilterRefused(fault)
    own = SavedFilter.objects.filter(user_id=by.user_id, listing=listing)
    before = own.filter(name=name).values_list("query", flat=True).first()
    if before is None and own.count() >= rules.MOST_SAVED:
        raise FilterRefused(_("保存できるのは、ひとつの一覧に20件までです。使わないものを消してください。"))
    saved, _new = SavedFilter.objects.update_or_create(
        user_id=by.user_id, listing=listing, name=name, defaults={"query": query}
    )
    record(kind=KIND, subject=saved.pk, label=name, organisation=by.organisation_id, changed={"query": (before, query)})
    return saved.pk


@action("lists.filter_removed", _("{who}が、一覧の絞り込み「{subject}」を消しました。"))
def remove_filter(*, saved: SavedFilter, by: Actor, at: datetime) -> None:
    """Throw a saved filter away."""
    number = saved.pk
    SavedFilter.objects.filter(pk=number).delete()
    record(
        kind=KIND,
        subject=number,
        label=saved.name,
        organisation=by.organisation_id,
        changed={"query": (saved.query, None)},
    )

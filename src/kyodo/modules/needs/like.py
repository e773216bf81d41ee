"""Needs that are like what somebody is writing, or like a need: as the person may see them, and why they are like.

The index lives in each web worker. It is made of the search's documents at the first question, and brought up to date
by one query at each further one. All needs are in it, so who asks is answered from `visible_to` only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kyodo.core.access.actor import Actor
from kyodo.core.search import documents
from kyodo.modules.needs import queries
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.queries import NeedRow
from kyodo.modules.needs.rules import KIND, OPEN, SHARED, SOLVED

if TYPE_CHECKING:  # numpy and the dictionary are loaded by the first question
    from kyodo.engines.similarity.index import Hit, Index

SHOWN = 3
LEAST = 0.12  # below it, needs of the demonstration have a word in common and nothing else
SHORTEST = 4  # characters: less says nothing yet


@dataclass(frozen=True, slots=True)
class LikeNeed:
    """A need that is like another: its row as the actor sees it, the words that say so, what can be done with it."""

    need: NeedRow
    shared: tuple[str, ...]
    may_back: bool
    is_solved: bool


class _Worker:
    """The index of this process, and how far it has read the documents."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Begin anew at the next question."""
        self._index: Index[int] | None = None
        self._read: dict[int, str] = {}
        self._last = 0

    def fresh(self) -> Index[int]:
        """The index as the documents are now; the lock is held by the caller."""
        from kyodo.engines.similarity.index import Index

        changes = documents.changed_since(KIND, self._last)
        if self._index is None or changes.last < self._last:  # another database, restored or made anew
            self.forget()
            self._index = Index()
            changes = documents.changed_since(KIND, 0)
        for change in changes.rows:
            if self._read.get(change.number) != change.digest:
                self._index.put(change.subject_id, change.title, change.body)
                self._read[change.number] = change.digest
        self._last = changes.last
        oldest = self._last - documents.OVERLAP
        self._read = {number: digest for number, digest in self._read.items() if number > oldest}
        return self._index


_worker = _Worker()


def forget() -> None:
    """Let this process make its index anew: for tests, whose databases come and go."""
    with _worker.lock:
        _worker.forget()


def while_writing(title: str, trouble: str, *, actor: Actor) -> list[LikeNeed]:
    """Up to three needs like what is being written; nothing while it is too short to say anything."""
    if len(f"{title}{trouble}".strip()) < SHORTEST:
        return []
    return _seen(lambda index, first: index.like(title, trouble, first=first, least=LEAST), actor=actor)


def of_need(need_id: int, actor: Actor) -> list[LikeNeed]:
    """Up to three needs like this one."""
    return _seen(lambda index, first: index.near(need_id, first=first, least=LEAST), actor=actor, own=need_id)


def _seen(ask: Callable[[Index[int], int], list[Hit[int]]], *, actor: Actor, own: int | None = None) -> list[LikeNeed]:
    """The first hits that the actor may see, beside the `own`. Where others crowd them out, more are looked at."""
    first = 10 * SHOWN
    while True:
        with _worker.lock:
            index = _worker.fresh()
            hits = ask(index, first)
            is_all = len(hits) < first
        if not hits:
            return []
        told = _told([hit.id for hit in hits], actor=actor)
        found: dict[int, LikeNeed] = {}
        for hit in hits:
            row = told.get(hit.id)
            if row is not None and row.id != own:
                found.setdefault(row.id, _like(row, hit, actor=actor))
        if is_all or len(found) >= SHOWN:
            return list(found.values())[:SHOWN]
        first *= 10


def _told(numbers: list[int], *, actor: Actor) -> dict[int, NeedRow]:
    """For each need that the actor may see the one on whose page it is told: what was merged is joined there."""
    visible = queries.visible_to(actor)

    def read(ids: Iterable[int]) -> dict[int, NeedRow]:
        values = visible.filter(pk__in=ids).values_list(*queries.ROW_FIELDS)
        return {row.id: row for row in queries.rows(values, actor=actor)}

    rows = read(numbers)
    places = {number: row.merged_into_id or number for number, row in rows.items()}
    if elsewhere := set(places.values()) - rows.keys():
        rows |= read(elsewhere)
    return {number: rows[place] for number, place in places.items() if place in rows}


def _like(row: NeedRow, hit: Hit[int], *, actor: Actor) -> LikeNeed:
    is_own = row.organisation_id is not None and row.organisation_id == actor.organisation_id
    may_back = actor.may(Permission.BACK) and not is_own and row.state in OPEN and row.audience in SHARED
    return LikeNeed(row, hit.shared, may_back=may_back, is_solved=row.state in SOLVED)

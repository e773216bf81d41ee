"""Finds documents. What an actor may not read is left out by the index itself, before anything is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models.expressions import RawSQL

from kyodo.core.access.actor import Actor
from kyodo.core.search import registry, terms
from kyodo.core.search.excerpts import Piece, excerpt, marked
from kyodo.core.search.index import index
from kyodo.core.search.models import Document
from kyodo.core.search.terms import Question

MOST = 1_000
PAGE = 20


@dataclass(frozen=True, slots=True)
class HitRow:
    """A document as the page shows it: texts in pieces, those that were asked for marked."""

    kind: str
    subject_id: int
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    organisation: str
    at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of hits. Over 1,000 they are counted no further (`is_capped`), and the newest come first."""

    rows: tuple[HitRow, ...]
    count: int
    is_capped: bool
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // PAGE))


NOTHING = Answer((), 0, False, 1)


def search(question: Question, *, actor: Actor, kind: str = "", number: int = 1) -> Answer:
    """What the actor may read and was asked for: first where the title says it, then the newest.

    Parameters
    ----------
    kind : str
        Only this kind; all of them if empty.
    number : int
        The page, from 1.
    """
    readers = _readers(actor, kind)
    if not question or not readers:
        return NOTHING
    found = index().hits(question, readers=readers, most=MOST + 1)
    is_capped = len(found) > MOST
    ids = found[:MOST]
    if not is_capped and len(ids) > 1:
        titled = set(index().hits(question, readers=readers, most=MOST, in_title=True))
        ids.sort(key=lambda key: (key not in titled, -key))
    answer = Answer((), len(ids), is_capped, 1)
    number = min(max(number, 1), answer.pages)
    shown = ids[(number - 1) * PAGE : number * PAGE]
    return Answer(_rows(shown, question, actor=actor), len(ids), is_capped, number)


def subjects(kind: str, text: str) -> RawSQL | None:
    """The numbers of subjects of a kind whose texts answer, for `pk__in` of rows that are narrowed already.

    None where nothing was asked.
    """
    question = terms.read(text)
    if not question:
        return None
    return RawSQL(*index().subjects(kind, question))  # noqa: S611 - the statement is ours, what was typed a parameter


def _readers(actor: Actor, kind: str) -> list[str]:
    """The keys of the index that the actor holds."""
    return [
        key for source in registry.sources() if kind in ("", source.kind) for key in source.readers(source.keys(actor))
    ]


FIELDS = ("pk", "kind", "subject_id", "title", "body", "organisation", "at")


def _rows(ids: list[int], question: Question, *, actor: Actor) -> tuple[HitRow, ...]:
    found = {key: values for key, *values in Document.objects.filter(pk__in=ids).values_list(*FIELDS)}
    texts = [term.text for term in question.wanted]
    return tuple(
        HitRow(
            kind=kind,
            subject_id=subject_id,
            title=marked(title, texts),
            excerpt=excerpt(body, texts),
            organisation=organisation,
            at=at,
            address=registry.source(kind).address(subject_id, actor),
        )
        for kind, subject_id, title, body, organisation, at in (found[key] for key in ids if key in found)
    )

"""Keeps what can be found as it is: one subject with the act that changes it and soon after it, or everything anew.

The act itself writes the document, without its words: from its commit on nobody finds the old one, and so nobody what
they may no longer see. The words are taken apart outside of the act and of the database's lock, by `catch_up` in a
worker, some tenths of a second later; until then a document waits, durably.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from kyodo.core.search import registry, terms
from kyodo.core.search.index import index
from kyodo.core.search.models import Document
from kyodo.core.search.registry import Found, SearchSource

AT_ONCE = 200
READ_AT_ONCE = 50  # keeps the lock for some milliseconds
# Each act on a subject passes here in its transaction, so these are written out; both databases read them.
KNOWN = "SELECT id, digest FROM search_document WHERE kind = %s AND subject_id = %s"
FORGET = "DELETE FROM search_document WHERE id = %s"
ADD = """
    INSERT INTO search_document (kind, subject_id, title, body, organisation, at, digest, readers, is_read)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
# Numbers are given before the commit: who reads on from the last one reads these many again, lest one came late.
OVERLAP = 50


@dataclass(frozen=True, slots=True)
class Change:
    """A document that came or changed."""

    number: int
    digest: str
    subject_id: int
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What came or changed, the oldest first, and the last number that there is."""

    rows: tuple[Change, ...]
    last: int


def changed_since(kind: str, number: int) -> Changes:
    """Documents of a kind whose number is above, or shortly below, `number`: one query that mostly finds little."""
    fields = ("pk", "digest", "subject_id", "title", "body")
    rows = Document.objects.filter(kind=kind, pk__gt=number - OVERLAP).order_by("pk").values_list(*fields)
    changes = tuple(Change(*values) for values in rows)
    return Changes(changes, changes[-1].number if changes else 0)


def refresh(kind: str, subject_id: int) -> None:
    """Bring one subject up to date, in the transaction of the act that changed it; one that is gone is taken out.

    Its words are found once a worker has read them.
    """
    source = registry.source(kind)
    found = next(iter(source.documents([subject_id])), None)
    row = _row(source, found) if found else None
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [kind, subject_id])
        number, digest = cursor.fetchone() or (None, "")
        if row is not None and row.digest == digest:
            return
        if number is not None:
            cursor.execute(FORGET, [number])
        if row is None:
            return
        at = connection.ops.adapt_datetimefield_value(row.at)
        texts = (row.title, row.body, row.organisation)
        cursor.execute(ADD, [kind, subject_id, *texts, at, row.digest, row.readers, False])


def catch_up() -> int:
    """Read the words of documents that wait, the oldest first; how many can be found by them now.

    Only looks where none waits. They are taken apart before the lock. What an act replaced meanwhile is passed over and
    not counted, and on PostgreSQL what an act is just replacing, which therefore never waits for us.
    """
    waiting = Document.objects.filter(is_read=False).order_by("pk").values_list("pk", "title", "body", "organisation")
    words = {key: _words(*texts) for key, *texts in waiting[:READ_AT_ONCE]}
    if not words:
        return 0
    with transaction.atomic():
        left = Document.objects.select_for_update(skip_locked=True).filter(pk__in=words, is_read=False).order_by("pk")
        readers = dict(left.values_list("pk", "readers"))
        Document.objects.filter(pk__in=readers).update(is_read=True)
        index().put([(key, *words[key], keys.split()) for key, keys in readers.items()])
    return len(readers)


def without(kind: str, subjects: Iterable[int]) -> list[int]:
    """Those of the subjects that have no document yet: what an update of the program brought along."""
    known = set(Document.objects.filter(kind=kind).values_list("subject_id", flat=True))
    return [number for number in subjects if number not in known]


def rebuild(progress: Callable[[int], None]) -> int:
    """Make everything anew, in order of time; `progress` is told how many are done.

    Acts go on meanwhile: the lock is held for a batch only. What an act refreshed since the beginning is newer than
    what was read here, and stays.
    """
    done = 0
    with transaction.atomic():
        index().empty()
        Document.objects.all().delete()
    for batch in _batches(_by_time()):
        made = [(_row(source, found), _words(found.title, found.body, found.organisation)) for source, found in batch]
        with transaction.atomic():
            numbers = [row.subject_id for row, _words in made]
            fresh = set(Document.objects.filter(subject_id__in=numbers).values_list("kind", "subject_id"))
            made = [(row, words) for row, words in made if (row.kind, row.subject_id) not in fresh]
            rows = Document.objects.bulk_create([row for row, _words in made])
            index().put([(row.pk, *words, row.readers.split()) for row, (_row, words) in zip(rows, made, strict=True)])
        done += len(batch)
        progress(done)
    return done


def make_anew() -> None:
    """Make everything anew, and tell nobody how far it is."""
    rebuild(lambda _done: None)


def _by_time() -> Iterator[tuple[SearchSource, Found]]:
    """All documents of all sources, the oldest first."""
    return heapq.merge(*map(_all_of, registry.sources()), key=lambda pair: pair[1].at)


def _all_of(source: SearchSource) -> Iterator[tuple[SearchSource, Found]]:
    for found in source.documents(None):
        yield source, found


def _batches(pairs: Iterator[tuple[SearchSource, Found]]) -> Iterable[list[tuple[SearchSource, Found]]]:
    return iter(lambda: list(islice(pairs, AT_ONCE)), [])


def _row(source: SearchSource, found: Found) -> Document:
    """The document that a subject is to have, as it is once its words are read."""
    readers = source.readers(found.readers)
    told = "\0".join((found.title, found.body, found.organisation, *readers))
    return Document(
        kind=source.kind,
        subject_id=found.subject_id,
        title=found.title,
        body=found.body,
        organisation=found.organisation,
        at=found.at,
        digest=hashlib.sha256(told.encode()).hexdigest()[:40],
        readers=" ".join(readers),
        is_read=True,
    )


def _words(title: str, body: str, organisation: str) -> tuple[list[str], list[str], list[str]]:
    """Pairs of the title, pairs of the body, words."""
    rest = f"{body}\n{organisation}"
    return terms.grams(title), terms.grams(rest), terms.words(f"{title}\n{rest}")

"""The index on SQLite: a contentless FTS5 table beside the documents, by the same numbers.

It can't forget a row without being told its old words, so rows of documents that are gone stay until the next rebuild;
nobody finds them, since each hit must have its document.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from kyodo.core.search.terms import Question, Term

INSTALL = """
    CREATE VIRTUAL TABLE search_words USING fts5 (
      title, body, words, readers,
      content = '', tokenize = 'unicode61 remove_diacritics 0'
    )
"""
UNINSTALL = "DROP TABLE search_words"
ADD = "INSERT INTO search_words (rowid, title, body, words, readers) VALUES (%s, %s, %s, %s, %s)"
EMPTY = "INSERT INTO search_words (search_words) VALUES ('delete-all')"
HITS = """
    SELECT rowid FROM search_words
    WHERE search_words MATCH %s AND EXISTS (SELECT 1 FROM search_document WHERE id = search_words.rowid)
    ORDER BY rowid DESC LIMIT %s
"""
SUBJECTS = """
    SELECT subject_id FROM search_document
    WHERE kind = %s AND id IN (SELECT rowid FROM search_words WHERE search_words MATCH %s)
"""

Entry = tuple[int, list[str], list[str], list[str], list[str]]


def put(entries: Sequence[Entry]) -> None:
    """Index documents: number, pairs of the title, pairs of the body, words, readers."""
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [(entry[0], *map(" ".join, entry[1:])) for entry in entries])


def empty() -> None:
    """Take everything out."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)


def hits(question: Question, *, readers: Sequence[str], most: int, in_title: bool = False) -> list[int]:
    """Numbers of documents that answer the question and that one of `readers` may read, the newest first."""
    allowed = " OR ".join(f'"{key}"' for key in readers)
    with connection.cursor() as cursor:
        cursor.execute(HITS, [f"(readers : ({allowed})) AND {_asked(question, in_title=in_title)}", most])
        return [number for (number,) in cursor.fetchall()]


def subjects(kind: str, question: Question) -> tuple[str, list[str]]:
    """A statement for the subjects of a kind that answer the question, and its parameters."""
    return SUBJECTS, [kind, _asked(question)]


def _asked(question: Question, *, in_title: bool = False) -> str:
    columns = "title" if in_title else "{title body}"
    asked = " AND ".join(_term(term, columns, with_words=not in_title) for term in question.wanted)
    if not question.unwanted:
        return asked
    return f"(({asked}) NOT ({' OR '.join(_term(term, '{title body}') for term in question.unwanted)}))"


def _term(term: Term, columns: str, *, with_words: bool = True) -> str:
    as_typed = " AND ".join(f"{columns} : {_run(run)}" for run in term.runs)
    if not term.words or not with_words:
        return f"({as_typed})"
    return f'(({as_typed}) OR words : "{" ".join(term.words)}")'


def _run(run: tuple[str, ...]) -> str:
    return f'"{" ".join(run)}"' + (" *" if len(run[0]) == 1 else "")

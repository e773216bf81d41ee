"""The index on PostgreSQL: a table of lexemes with a GIN index. Words and readers have marks that no pair has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection

from kyodo.core.search.sqlite import Entry
from kyodo.core.search.terms import Question, Term

# A table of its own: its rows are a number and a pointer, so that ten thousand hits lie on few pages.
INSTALL = """
    CREATE TABLE search_words (
      id bigint PRIMARY KEY REFERENCES search_document ON DELETE CASCADE,
      lexemes tsvector NOT NULL
    ) WITH (toast_tuple_target = 128);
    ALTER TABLE search_words ALTER COLUMN lexemes SET STORAGE EXTERNAL;
    CREATE INDEX search_lexemes ON search_words USING gin (lexemes);
"""
UNINSTALL = "DROP TABLE search_words"
ADD = "INSERT INTO search_words (id, lexemes) VALUES (%s, %s::tsvector)"
HITS = "SELECT id FROM search_words WHERE lexemes @@ %s::tsquery ORDER BY id DESC LIMIT %s"
SUBJECTS = """
    SELECT subject_id FROM search_document
    WHERE kind = %s AND id IN (SELECT id FROM search_words WHERE lexemes @@ %s::tsquery)
"""
LAST = 16_383  # PostgreSQL counts no further
WORD, READER = "=", "@"


def put(entries: Sequence[Entry]) -> None:
    """Index documents: number, pairs of the title, pairs of the body, words, readers."""
    rows = [(entry[0], _lexemes(*entry[1:])) for entry in entries]
    with connection.cursor() as cursor:
        cursor.executemany(ADD, rows)


def _lexemes(title: list[str], body: list[str], words: list[str], readers: list[str]) -> str:
    places: dict[str, list[str]] = {}

    def place(found: Iterable[str], start: int, weight: str) -> int:
        at = start
        for at, lexeme in enumerate(found, start=start + 1):
            if at <= LAST and len(taken := places.setdefault(lexeme, [])) < 255:
                taken.append(f"{at}{weight}")
        return at

    end = place(title, 0, "A")
    place(body, end + 1, "")
    place((WORD + word for word in words), 0, "")
    parts = [f"'{lexeme}':{','.join(found)}" for lexeme, found in places.items() if found]
    return " ".join([*parts, *(f"'{READER}{key}'" for key in readers)])


def empty() -> None:
    """Nothing is left to do: the index goes with the documents."""


def hits(question: Question, *, readers: Sequence[str], most: int, in_title: bool = False) -> list[int]:
    """Numbers of documents that answer the question and that one of `readers` may read, the newest first."""
    allowed = "|".join(f"'{READER}{key}'" for key in readers)
    with connection.cursor() as cursor:
        cursor.execute(HITS, [f"({allowed})&{_asked(question, in_title=in_title)}", most])
        return [number for (number,) in cursor.fetchall()]


def subjects(kind: str, question: Question) -> tuple[str, list[str]]:
    """A statement for the subjects of a kind that answer the question, and its parameters."""
    return SUBJECTS, [kind, _asked(question)]


def _asked(question: Question, *, in_title: bool = False) -> str:
    asked = [_term(term, ":A" if in_title else "", with_words=not in_title) for term in question.wanted]
    return "&".join([*asked, *("!" + _term(term, "") for term in question.unwanted)])


def _term(term: Term, weight: str, *, with_words: bool = True) -> str:
    as_typed = "&".join(_run(run, weight) for run in term.runs)
    if not term.words or not with_words:
        return f"({as_typed})"
    words = "<->".join(f"'{WORD}{word}'" for word in term.words)
    return f"(({as_typed})|({words}))"


def _run(run: tuple[str, ...], weight: str) -> str:
    if len(run[0]) == 1:
        return f"'{run[0]}':*{weight.removeprefix(':')}"
    return "(" + "<->".join(f"'{pair}'{weight}" for pair in run) + ")"

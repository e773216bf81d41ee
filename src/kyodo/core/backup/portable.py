"""The form of a row that both databases read: PostgreSQL's COPY text. A line a row, tabs between fields, \\N for null.

PostgreSQL writes and reads it itself. For SQLite the statement of `sqlite_line` writes the same text inside the
database, and `sqlite_reader` reads it back. Source: PostgreSQL documentation, "COPY", section "Text Format". What is
not text is written so: boolean t/f, moments `2026-11-24 09:00:00.000001+00` in UTC, days and times as in ISO 8601,
UUIDs with dashes, bytes as \\x and hexadecimal digits, durations in microseconds, JSON as JSON, decimals with all
their places. Names of tables and columns are those of installed models, or were checked by `archive.py`.
"""

from __future__ import annotations

import re
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

NULL: Final = "\\N"
ESCAPES: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

_escaped = re.compile(r"\\(.)", re.DOTALL)
Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its kind: integer, real, decimal, boolean, text, json, uuid, date, time, moment, duration, bytes.

    `places` are a decimal's places after the point; 0 for all other kinds.
    """

    name: str
    kind: str
    places: int = 0


def encoded(text: str) -> str:
    """A text as a field of a line."""
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def decoded(field: str) -> str:
    """The text of a field."""
    if "\\" not in field:
        return field
    return _escaped.sub(lambda found: ESCAPES.get(found[1], found[1]), field)


# ---- SQLite ---------------------------------------------------------------------------------------------------------
def _sqlite_text(name: str) -> str:
    return rf"replace(replace(replace(replace({name}, '\', '\\'), char(9), '\t'), char(10), '\n'), char(13), '\r')"


SQLITE_OUT: Final[dict[str, Callable[[str, int], str]]] = {
    "integer": lambda name, _places: f"CAST({name} AS TEXT)",
    "real": lambda name, _places: f"exact({name})",
    "decimal": lambda name, places: f"printf('%.{places}f', {name})",
    "boolean": lambda name, _places: f"CASE WHEN {name} THEN 't' ELSE 'f' END",
    "text": lambda name, _places: _sqlite_text(name),
    "json": lambda name, _places: _sqlite_text(name),
    "uuid": lambda name, _places: "||'-'||".join(
        f"substr({name},{start},{length})" for start, length in ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    ),
    "date": lambda name, _places: name,
    "time": lambda name, _places: name,
    "moment": lambda name, _places: f"{name}||'+00'",
    "duration": lambda name, _places: f"{name}||' microseconds'",
    "bytes": lambda name, _places: rf"'\\x'||lower(hex({name}))",
}


KIND_NAMES: Final = frozenset(SQLITE_OUT)


def teach_sqlite(database: sqlite3.Connection) -> None:
    """Let a connection write numbers so that the same ones come back: SQLite's own printf loses the last digit."""
    database.create_function("exact", 1, repr, deterministic=True)


def sqlite_line(table: str, columns: Sequence[Column], order: str) -> str:
    """The statement that yields each row of a table as one line, for a connection that was taught."""
    fields = []
    for column in columns:
        name = f'"{column.name}"'
        out = SQLITE_OUT[column.kind](name, column.places)
        fields.append(rf"CASE WHEN {name} IS NULL THEN '\N' ELSE {out} END")
    return f'SELECT {"||char(9)||".join(fields)}||char(10) FROM "{table}" ORDER BY "{order}"'  # noqa: S608


def _with_microseconds(text: str) -> str:
    """Six places or none: moments are compared as text in SQLite."""
    whole, point, part = text.partition(".")
    return f"{whole}.{part:0<6}" if point else text


def _sqlite_moment(field: str) -> str:
    if not field.endswith("+00"):
        raise ValueError("a moment that is not in UTC")
    return _with_microseconds(field[:-3])


SQLITE_IN: Final[dict[str, Reader]] = {
    "integer": int,
    "real": float,
    "decimal": str,
    "boolean": lambda field: int({"t": True, "f": False}[field]),
    "text": decoded,
    "json": decoded,
    "uuid": lambda field: uuid.UUID(field).hex,
    "date": str,
    "time": _with_microseconds,
    "moment": _sqlite_moment,
    "duration": lambda field: int(field.removesuffix(" microseconds")),
    "bytes": lambda field: bytes.fromhex(decoded(field).removeprefix("\\x")),
}


def sqlite_reader(columns: Sequence[Column]) -> Callable[[str], list[Any]]:
    """What turns a line into the values of a row. ValueError where a line is not in the form."""
    readers = [SQLITE_IN[column.kind] for column in columns]

    def read(line: str) -> list[Any]:
        fields = line.rstrip("\n").split("\t")
        return [None if field == NULL else reader(field) for field, reader in zip(fields, readers, strict=True)]

    return read


# ---- PostgreSQL -----------------------------------------------------------------------------------------------------
def postgres_copy_out(table: str, columns: Sequence[Column], order: str) -> str:
    """The COPY that yields the same lines."""
    fields = ", ".join(
        f"(round(extract(epoch FROM \"{column.name}\") * 1000000))::bigint || ' microseconds'"
        if column.kind == "duration"
        else f'"{column.name}"'
        for column in columns
    )
    return f'COPY (SELECT {fields} FROM "{table}" ORDER BY "{order}") TO STDOUT'  # noqa: S608


def postgres_copy_in(table: str, columns: Sequence[Column]) -> str:
    """The COPY that takes them."""
    return f'COPY "{table}" ({", ".join(f"{chr(34)}{column.name}{chr(34)}" for column in columns)}) FROM STDIN'

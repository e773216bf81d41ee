"""Reads votes and statements; everything that is wrong with a file is told at once, by line."""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.opinion.faults import Faults
from kyodo.engines.opinion.numbers import plain_rows
from kyodo.engines.opinion.votes import Ints, Signs, Statement, Votes, id_order, last_votes
from kyodo.engines.words import _

VOTE_COLUMNS = ("participant", "statement", "vote")
STATEMENT_COLUMNS = ("statement", "text", "moderated")
# What spreadsheets make of a minus sign stands for one.
VALUES = {"1": 1, "0": 0, "-1": -1, "−1": -1, "▲1": -1, "△1": -1}
COMPRESSED = b"\x1f\x8b"
LONGEST_ID = 200
MOST_COUNTED = 1 << 24  # ids below this are looked up in a table


def read_statements(path: Path) -> list[Statement]:
    """Statements of a CSV file (UTF-8 or CP932) with the columns statement, text, moderated; in the order of their ids.

    Raises
    ------
    BadInputError
        With every fault of the file.
    """
    faults = Faults(str(path))
    found: dict[str, Statement] = {}
    lines: dict[str, int] = {}
    for line, (name, text, moderated) in _rows(_content(path, faults), STATEMENT_COLUMNS, faults):
        value = VALUES.get(unicodedata.normalize("NFKC", moderated))
        if value is None:
            faults.wrong(
                line, _("moderated が {value} です"), _("1（承認）、0（未確認）、-1（却下）"), value=_short(moderated)
            )
        if not name or len(name) > LONGEST_ID:
            faults.wrong(line, _("statement が空か、長すぎます"), _("200 字以内の番号か名前"))
        elif name in found:
            faults.wrong(line, _("意見 {id} は {line} 行目にもあります"), _("一度だけ"), id=name, line=str(lines[name]))
        else:
            lines[name] = line
            found[name] = Statement(name, text, value or 0)
    faults.refuse()
    return sorted(found.values(), key=lambda statement: id_order(statement.id))


def read_votes(path: Path, statements: Sequence[Statement]) -> Votes:
    """Votes of a CSV file (UTF-8 or CP932, also gzipped): participant, statement, vote, in the order of time.

    Raises
    ------
    BadInputError
        With every fault of the file; a vote on a statement that is not among `statements` is one.
    """
    faults = Faults(str(path))
    content = _content(path, faults)
    plain = plain_rows(np.frombuffer(content, dtype=np.uint8))
    votes = None if plain is None else _numbered(*plain, statements)
    return _careful(content, statements, faults) if votes is None else votes


def _numbered(people: Ints, named: Ints, value: Signs, statements: Sequence[Statement]) -> Votes | None:
    """Votes from ids that are numbers; None where a statement is unknown, so that the line can be told."""
    known = [
        (int(statement.id), number)
        for number, statement in enumerate(statements)
        if statement.id.isascii() and statement.id.isdigit() and str(int(statement.id)) == statement.id
    ]
    if not len(named):
        return last_votes([], statements, people, named, value)
    column = _looked_up(named, known)
    if column is None:
        return None
    ids, row = _ranked(people)
    return last_votes(list(map(str, ids.tolist())), statements, row, column, value)


def _looked_up(named: Ints, known: list[tuple[int, int]]) -> Ints | None:
    """The place of each name among those known (in order), or None if one is not among them."""
    known = [(name, number) for name, number in known if name < 2**63]
    if not known or named.max() > known[-1][0]:
        return None
    if known[-1][0] < MOST_COUNTED:
        table = np.full(known[-1][0] + 1, -1, dtype=np.int64)
        table[[name for name, _number in known]] = [number for _name, number in known]
        found = table[named]
        return None if (found < 0).any() else found
    names = np.array([name for name, _number in known], dtype=np.int64)
    place = np.searchsorted(names, named)
    if (names[place] != named).any():
        return None
    return np.array([number for _name, number in known], dtype=np.int64)[place]


def _ranked(people: Ints) -> tuple[Ints, Ints]:
    """The different ids in order, and the place of each row's among them."""
    most = int(people.max())
    if most >= MOST_COUNTED:
        ids, row = np.unique(people, return_inverse=True)
        return ids, row
    here = np.zeros(most + 1, dtype=bool)
    here[people] = True
    return np.flatnonzero(here), (np.cumsum(here) - 1)[people]


def _careful(content: bytes, statements: Sequence[Statement], faults: Faults) -> Votes:
    columns = {statement.id: number for number, statement in enumerate(statements)}
    people: dict[str, int] = {}
    row: list[int] = []
    column: list[int] = []
    value: list[int] = []
    for line, (name, statement, said) in _rows(content, VOTE_COLUMNS, faults):
        vote = VALUES.get(said)
        if vote is None:
            vote = VALUES.get(unicodedata.normalize("NFKC", said))
        number = columns.get(statement)
        if vote is None:
            faults.wrong(line, _("vote が {value} です"), _("1（賛成）、0（保留）、-1（反対）"), value=_short(said))
        if number is None:
            faults.wrong(
                line, _("意見 {id} は意見の表にありません"), _("意見の表にある statement"), id=_short(statement)
            )
        if not name or len(name) > LONGEST_ID:
            faults.wrong(line, _("participant が空か、長すぎます"), _("200 字以内の番号か名前"))
        if vote is not None and number is not None:
            row.append(people.setdefault(name, len(people)))
            column.append(number)
            value.append(vote)
    faults.refuse()
    names = sorted(people, key=id_order)
    rank = np.zeros(len(names), dtype=np.int64)
    rank[[people[name] for name in names]] = np.arange(len(names))
    rows: NDArray[np.int64] = rank[np.array(row, dtype=np.int64)]
    return last_votes(names, statements, rows, np.array(column, dtype=np.int64), np.array(value, dtype=np.int8))


def _rows(content: bytes, columns: Sequence[str], faults: Faults) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line and the named cells of each row; what is wrong with the table itself is noted."""
    reader = csv.reader(io.StringIO(_text(content, faults), newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in columns if name not in header]
        for name in missing:
            faults.wrong(1, _("列 {name} がありません"), _("列 {columns}"), name=name, columns=",".join(columns))
        if missing:
            faults.refuse()
        places = [header.index(name) for name in columns]
        for cells in reader:
            if len(cells) == len(header):
                yield reader.line_num, tuple(cells[place].strip() for place in places)
            elif any(cell.strip() for cell in cells):
                facts = {"cells": len(cells), "wanted": len(header)}
                faults.wrong(reader.line_num, _("{cells} 列です"), _("見出しと同じ {wanted} 列"), **facts)
    except csv.Error as error:
        faults.wrong(reader.line_num, _("CSV として読めません（{reason}）"), _("コンマ区切りの値"), reason=str(error))
        faults.refuse()


def _text(content: bytes, faults: Faults) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    faults.wrong(1, _("UTF-8 でも CP932 でもありません"), _("UTF-8 の CSV"))
    faults.refuse()
    return ""


def _content(path: Path, faults: Faults) -> bytes:
    content = b""
    try:
        content = path.read_bytes()
        if content.startswith(COMPRESSED):
            content = gzip.decompress(content)
    except (OSError, EOFError) as error:
        faults.wrong(1, _("ファイルを読めません（{reason}）"), _("読めるファイルの名前"), reason=str(error))
        faults.refuse()
    if not content.strip():
        faults.wrong(1, _("空のファイルです"), _("見出しのある CSV"))
        faults.refuse()
    return content


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"

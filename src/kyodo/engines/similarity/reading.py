"""Reads tables of needs and of demand lines; everything that is wrong with a file is told at once, by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kyodo.engines.similarity.merge import Line

NEED_COLUMNS = ("id", "title", "body")
LINE_COLUMNS = ("line_id", "body", "text", "quantity", "unit")
LONGEST = 100_000  # characters of a cell


@dataclass(frozen=True, slots=True)
class Need:
    """A need as the file has it."""

    id: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: on which line, what, and what was expected."""

    line: int
    what: str
    expected: str

    def __str__(self) -> str:
        return f"{self.line}: {self.what}: {self.expected}"


class BadInputError(Exception):
    """The file can't be used; `faults` names everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults[:5])))
        self.faults = faults


def read_needs(path: Path) -> list[Need]:
    """Needs of a CSV file (UTF-8 or CP932) with the columns id, title, body.

    Raises
    ------
    BadInputError
        With every fault of the file.
    """
    return [Need(*row) for row in _rows(path, NEED_COLUMNS, filled=("id", "title"))]


def read_lines(path: Path) -> list[Line]:
    """Demand lines of a CSV file (UTF-8 or CP932) with the columns line_id, body, text, quantity, unit.

    Raises
    ------
    BadInputError
        With every fault of the file.
    """
    return [Line(*row) for row in _rows(path, LINE_COLUMNS, filled=("line_id", "text", "unit"))]


def _rows(path: Path, columns: Sequence[str], *, filled: Sequence[str]) -> list[tuple[str, ...]]:
    """The named columns of each row, in that order; the first is the key and stands once in the file."""
    reader = csv.reader(io.StringIO(_text(path), newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        if missing := [name for name in columns if name not in header]:
            raise BadInputError([Fault(1, f"no column {name}", "columns " + ",".join(columns)) for name in missing])
        faults: list[Fault] = []
        rows = []
        seen: dict[str, int] = {}
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
            found = list(_faults(row, cells, header, reader.line_num, filled=filled))
            key = row.get(columns[0], "")
            if key and key in seen:
                found.append(Fault(reader.line_num, f"{columns[0]} {key} is on line {seen[key]} too", "each once"))
            seen.setdefault(key, reader.line_num)
            faults += found
            if not found:
                rows.append(tuple(row[name] for name in columns))
    except csv.Error as error:
        raise BadInputError([Fault(reader.line_num, f"no CSV ({error})", "comma-separated values")]) from error
    if faults:
        raise BadInputError(faults)
    if not rows:
        raise BadInputError([Fault(2, "no rows", "at least one row below the header")])
    return rows


def _faults(
    row: dict[str, str], cells: list[str], header: list[str], line: int, *, filled: Sequence[str]
) -> Iterator[Fault]:
    if len(cells) != len(header):
        yield Fault(line, f"{len(cells)} cells", f"{len(header)}, as the header has")
        return
    for name in filled:
        if not row[name]:
            yield Fault(line, f"{name} is empty", "a value")
    if any(len(cell) > LONGEST for cell in cells):
        yield Fault(line, "a cell is too long", f"at most {LONGEST} characters")
    if (quantity := row.get("quantity")) and not quantity.replace(",", "").replace(".", "", 1).isdigit():
        yield Fault(line, f"quantity {quantity}", "a number")


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInputError([Fault(1, f"can't be read ({error.strerror})", "a file")]) from error
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInputError([Fault(1, "neither UTF-8 nor CP932", "a text file in UTF-8")])

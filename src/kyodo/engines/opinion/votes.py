"""The votes of a conversation: one value for each participant and statement that met, the last one said.

`Votes` is ordered by ids and can take in later votes. `Matrix` is what is calculated on: only statements that somebody
voted on, and the rows in an order that follows from what was voted alone, so that neither the order of a file nor the
names of people can move a single bit of a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Small = NDArray[np.int32]
Signs = NDArray[np.int8]

NUMBER = re.compile(r"-?[0-9]{1,4000}")
REJECTED = -1


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: its id, its text, and what a moderator said (1 accepted, 0 not yet, -1 rejected)."""

    id: str
    text: str = ""
    moderated: int = 1


def id_order(name: str) -> tuple[int, int, str]:
    """Sorts ids: numbers by their value, then everything else as text."""
    return (0, int(name), name) if NUMBER.fullmatch(name) else (1, 0, name)


@dataclass(frozen=True)
class Votes:
    """Final votes, ordered by participant and statement.

    Parameters
    ----------
    participants : sequence of str
        Ids in order; each has at least one vote.
    statements : sequence of Statement
        All statements in order, also those without a vote.
    row, column : arrays of int32
        Participant and statement of each vote.
    value : array of int8
        1 agree, 0 pass, -1 disagree.
    """

    participants: Sequence[str]
    statements: Sequence[Statement]
    row: Small
    column: Small
    value: Signs

    def with_votes(self, rows: Iterable[tuple[str, str, int]]) -> Votes:
        """The same with later votes (participant, statement, vote) put in; what is there is not sorted again.

        Raises
        ------
        KeyError
            For a statement that is not among `statements`.
        """
        rows = list(rows)
        columns = {statement.id: number for number, statement in enumerate(self.statements)}
        participants = sorted({*self.participants, *(name for name, _statement, _vote in rows)}, key=id_order)
        place = {name: number for number, name in enumerate(participants)}
        moved = np.array([place[name] for name in self.participants], dtype=np.int64)
        width = max(1, len(self.statements))
        old = (moved[self.row] if len(moved) else self.row.astype(np.int64)) * width + self.column
        last = {place[name] * width + columns[statement]: vote for name, statement, vote in rows}
        keys = np.array(sorted(last), dtype=np.int64)
        values = np.array([last[key] for key in keys.tolist()], dtype=np.int8)
        at = np.searchsorted(old, keys)
        known = np.zeros(len(keys), dtype=bool)
        inside = at < len(old)
        known[inside] = old[at[inside]] == keys[inside]
        value = self.value.copy()
        value[at[known]] = values[known]
        merged = np.insert(old, at[~known], keys[~known])
        value = np.insert(value, at[~known], values[~known])
        return Votes(
            participants,
            self.statements,
            (merged // width).astype(np.int32),
            (merged % width).astype(np.int32),
            value,
        )

    def without(self, left_out: Ints) -> Votes:
        """The same without the participants of these numbers."""
        stays = np.ones(len(self.participants), dtype=bool)
        stays[left_out] = False
        number = np.cumsum(stays, dtype=np.int32) - np.int32(1)
        kept = stays[self.row]
        return Votes(
            [name for name, here in zip(self.participants, stays.tolist(), strict=True) if here],
            self.statements,
            number[self.row[kept]],
            self.column[kept],
            self.value[kept],
        )

    @cached_property
    def matrix(self) -> Matrix:
        """What is calculated on."""
        return _ordered(self)


def last_votes(
    participants: Sequence[str], statements: Sequence[Statement], row: Ints, column: Ints, value: Signs
) -> Votes:
    """Votes from rows in the order of time: of each participant and statement the last one stays.

    `row` and `column` number `participants` and `statements`, which are in order.
    """
    width = max(1, len(statements))
    many = len(row)
    bits = max(1, many.bit_length())
    if (len(participants) * width).bit_length() + bits + 2 < 63:
        # One number holds participant, statement, place in the file and vote: one plain sort puts all in order.
        packed = ((row * width + column) << bits | np.arange(many)) << 2 | (value + np.int64(1))
        packed.sort()
        key = packed >> (bits + 2)
        value = ((packed & 3) - 1).astype(np.int8)
    else:
        order = np.lexsort((column, row))  # stable: the place in the file decides among the same
        key, value = (row * width + column)[order], value[order]
    final = np.ones(many, dtype=bool)
    final[:-1] = key[1:] != key[:-1]
    if not final.all():
        key, value = key[final], value[final]
    rows = key // width
    return Votes(participants, statements, rows.astype(np.int32), (key - rows * width).astype(np.int32), value)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Votes as rows and columns of a sparse matrix.

    Parameters
    ----------
    order : array of int
        The participant of each row.
    columns : array of int
        The statement of each column.
    rejected : array of bool
        Of each column.
    begins : array of int
        Where each row's votes begin, and the end.
    row, column : arrays of int32
    value : array of int8
    ballots, papers : arrays of uint64
        Of each row a number for what was voted, and for what was voted on: the same where these are the same.
    """

    order: Ints
    columns: Ints
    rejected: NDArray[np.bool_]
    begins: Ints
    row: Small
    column: Small
    value: Signs
    ballots: NDArray[np.uint64]
    papers: NDArray[np.uint64]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return len(self.order), len(self.columns)

    @property
    def votes_of_row(self) -> Ints:
        """How many votes each row has, passes and rejected statements included."""
        return np.diff(self.begins)


def _ordered(votes: Votes) -> Matrix:
    used = np.bincount(votes.column, minlength=len(votes.statements)) > 0
    columns = np.flatnonzero(used)
    column = (np.cumsum(used, dtype=np.int32) - np.int32(1))[votes.column]
    many = np.bincount(votes.row, minlength=len(votes.participants))
    begins = np.concatenate(([0], np.cumsum(many)))
    papers = _sums(_mixed(len(columns), 1)[column], begins)
    ballots = _sums(_mixed(len(columns) * 3, 2)[column * np.int32(3) + (votes.value + 1)], begins)
    order = np.argsort(ballots, kind="stable")
    lengths = many[order]
    fresh = np.concatenate(([0], np.cumsum(lengths)))
    taken = np.arange(len(column)) + np.repeat(begins[order] - fresh[:-1], lengths)
    rejected = np.array([votes.statements[number].moderated == REJECTED for number in columns.tolist()], dtype=bool)
    row = np.repeat(np.arange(len(order), dtype=np.int32), lengths)
    return Matrix(
        order, columns, rejected, fresh, row, column[taken], votes.value[taken], ballots[order], papers[order]
    )


def _mixed(many: int, seed: int) -> NDArray[np.uint64]:
    """A fixed number of 64 bits for each of `many` things (SplitMix64): the same sum is the same set."""
    number = (np.arange(many, dtype=np.uint64) + np.uint64(1 + (seed << 40))) * np.uint64(0x9E3779B97F4A7C15)
    number = (number ^ (number >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    number = (number ^ (number >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return number ^ (number >> np.uint64(31))


def _sums(numbers: NDArray[np.uint64], begins: Ints) -> NDArray[np.uint64]:
    """The sum of each row, modulo 2^64; every row has at least one vote."""
    if len(begins) < 2:
        return np.zeros(0, dtype=np.uint64)
    return np.add.reduceat(numbers, begins[:-1])

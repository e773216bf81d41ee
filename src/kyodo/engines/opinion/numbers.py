"""Reads millions of vote rows that are plain numbers, as arrays and without a Python object a row.

Whatever is not of that plain form is left to the careful reader: this one never judges, it only declines.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.opinion.votes import Ints, Signs

HEADERS = (b"participant,statement,vote\n", b"participant,statement,vote\r\n")
MARK = b"\xef\xbb\xbf"
COMMA, END, RETURN, MINUS, ZERO = 44, 10, 13, 45, 48
BLOCK = 1 << 22
MOST_DIGITS = 18

Bytes = NDArray[np.uint8]


def plain_rows(data: Bytes) -> tuple[Ints, Ints, Signs] | None:
    """Participant, statement and vote of each row, or None if the file is not all plain numbers."""
    head = bytes(data[:64])
    begin = len(MARK) if head.startswith(MARK) else 0
    header = next((each for each in HEADERS if head[begin:].startswith(each)), None)
    if header is None:
        return None
    parts = []
    for block in _blocks(data, begin + len(header)):
        part = _parse(block)
        if part is None:
            return None
        parts.append(part)
    if not parts:
        empty = np.zeros(0, dtype=np.int64)
        return empty, empty, np.zeros(0, dtype=np.int8)
    people, statements, votes = zip(*parts, strict=True)
    return np.concatenate(people), np.concatenate(statements), np.concatenate(votes)


def _blocks(data: Bytes, begin: int) -> Iterator[Bytes]:
    """Pieces of whole lines, the last one ended too."""
    while begin < len(data):
        end = min(len(data), begin + BLOCK)
        if end == len(data):
            block = data[begin:end]
            yield block if block[-1] == END else np.append(block, np.uint8(END))
            return
        ends = np.flatnonzero(data[max(begin, end - 4096) : end] == END)
        if not len(ends):  # a line of more than 4,096 bytes is not plain
            yield np.zeros(1, dtype=np.uint8)
            return
        end = max(begin, end - 4096) + int(ends[-1]) + 1
        yield data[begin:end]
        begin = end


def _parse(block: Bytes) -> tuple[Ints, Ints, Signs] | None:
    if RETURN in block[:256]:
        block = block[block != RETURN]
    marks = np.flatnonzero(block < MINUS)
    if len(marks) % 3 or not len(marks):
        return None
    first, second, third = marks[0::3], marks[1::3], marks[2::3]
    if (block[first] != COMMA).any() or (block[second] != COMMA).any() or (block[third] != END).any():
        return None
    begin = np.empty_like(first)
    begin[0], begin[1:] = 0, third[:-1] + 1
    people = _whole(block, begin, first)
    statements = _whole(block, first + 1, second)
    votes = _signs(block, second + 1, third)
    if people is None or statements is None or votes is None:
        return None
    return people, statements, votes


def _whole(block: Bytes, begin: Ints, end: Ints) -> Ints | None:
    """Whole numbers as somebody writes them: digits, no sign, no leading zero."""
    length = end - begin
    shortest, longest = int(length.min()), int(length.max())
    if shortest < 1 or longest > MOST_DIGITS:
        return None
    if longest > 1 and ((block[begin] == ZERO) & (length > 1)).any():
        return None
    total = np.zeros(len(end), dtype=np.int64)
    for place in range(longest):
        digit = block[end - (place + 1)] - np.uint8(ZERO)
        if place >= shortest:
            digit = np.where(length > place, digit, np.uint8(0))
        if digit.max() > 9:
            return None
        total += digit * np.int64(10**place)
    return total


def _signs(block: Bytes, begin: Ints, end: Ints) -> Signs | None:
    length = end - begin
    if length.min() < 1 or length.max() > 2:
        return None
    digit = block[end - 1] - np.uint8(ZERO)
    negative = length == 2
    if digit.max() > 1 or (negative & ((block[begin] != MINUS) | (digit != 1))).any():
        return None
    return np.where(negative, np.int8(-1), digit.astype(np.int8))

"""Half-days by week, packed into one whole number: eight bits a week, so that a limit is one subtraction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]

BITS, GUARD, FULL = 8, 0x80, 0xFF
IN_A_WORD = 64 // BITS  # weeks


def guards(weeks: int) -> int:
    """The highest bit of each week: it stays where as much is subtracted as is there, and goes where it is more."""
    return sum(GUARD << (BITS * week) for week in range(weeks))


def packed(held: Sequence[int]) -> int:
    """Half-days of each week as one number."""
    return sum(count << (BITS * week) for week, count in enumerate(held))


def weekly(load: int, weeks: int) -> list[int]:
    """Half-days of each week."""
    return [load >> (BITS * week) & FULL for week in range(weeks)]


def words_of(load: int, weeks: int) -> Words:
    """The same as 64-bit words."""
    count = -(-weeks // IN_A_WORD)
    return np.array([load >> (64 * word) & (2**64 - 1) for word in range(count)], dtype=np.uint64)

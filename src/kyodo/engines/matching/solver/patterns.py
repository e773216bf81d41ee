"""Weekly patterns: which sets of slots serve a request."""

from __future__ import annotations

from functools import cache
from itertools import combinations

from kyodo.engines.matching.problem import HALVES


@cache
def patterns(half_days: int, remote: bool, days: int) -> tuple[int, ...]:
    """Every weekly pattern: any slot; a full day (remote: or the same half on two days); two full days."""
    if half_days == 1:
        return tuple(1 << slot for slot in range(days * HALVES))
    full = [0b11 << (HALVES * day) for day in range(days)]
    if half_days == 2 and not remote:
        return tuple(full)
    if half_days == 2:
        same = [
            1 << (HALVES * one + half) | 1 << (HALVES * other + half)
            for one, other in combinations(range(days), 2)
            for half in range(HALVES)
        ]
        return (*full, *same)
    return tuple(one | other for one, other in combinations(full, 2))


def whole_days(mask: int, days: int) -> int:
    """The slots and the other half of each of their days."""
    first = sum(1 << (HALVES * day) for day in range(days))
    either = (mask | mask >> 1) & first
    return either | either << 1

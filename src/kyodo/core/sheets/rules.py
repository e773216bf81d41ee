"""The number by which a returned sheet is recognised, and what may become of a return.

Number: `KY-` and eight signs of the 31 that nobody confuses (no 0, 1, I, L, O). The last is a check sign: the sum of
the others, each times its place, modulo 31. As 31 is prime and places are below it, one wrong sign and two exchanged
ones are always noticed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from enum import StrEnum

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 7  # signs before the check sign
SHOWN = re.compile(r"KY[- ]?([0-9A-Z]{4})[- ]?([0-9A-Z]{4})(?![0-9A-Z])")
DASHES = re.compile("[‐‑‒–—―−ー－_]")

MOST_FAULTS = 200
MOST_ROWS = 100_000


class State(StrEnum):
    """Where a return stands."""

    RECEIVED = "received"
    REFUSED = "refused"
    APPLIED = "applied"


def new_number(choose: Callable[[str], str]) -> str:
    """A new number, e.g. `KY-7F3K-9QXM`; `choose` draws one of the signs it is given."""
    signs = "".join(choose(SIGNS) for _place in range(LENGTH))
    whole = signs + check_sign(signs)
    return f"KY-{whole[:4]}-{whole[4:]}"


def check_sign(signs: str) -> str:
    """The sign that belongs behind `signs`."""
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, start=1)) % len(SIGNS)]


def numbers_in(text: str) -> tuple[set[str], set[str]]:
    """The valid numbers in a text, however they were retyped, and what looks like one and is none.

    >>> numbers_in("返送用番号：ＫＹ－2222－2222")
    ({'KY-2222-2222'}, set())
    """
    right: set[str] = set()
    wrong: set[str] = set()
    plain = DASHES.sub("-", unicodedata.normalize("NFKC", text)).upper()
    for first, second in SHOWN.findall(plain):
        signs = first + second
        is_right = set(signs) <= set(SIGNS) and check_sign(signs[:-1]) == signs[-1]
        (right if is_right else wrong).add(f"KY-{first}-{second}")
    return right, wrong

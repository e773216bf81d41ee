"""What a post may be, and whom it mentions. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from kyodo.core import plain_text

TEXT_LENGTH = (2, 4000)
MOST_FILES = 5
AT = ("@", "＠")


def fault_of_text(text: str) -> str | None:
    """Why a post can't be taken, as a sentence to translate; None if it can."""
    return plain_text.fault_of(text, shortest=TEXT_LENGTH[0], longest=TEXT_LENGTH[1])


def mentioned(text: str, names: Mapping[str, int]) -> set[int]:
    """The bodies that a text mentions as @name; of two names that fit the longer one is meant.

    >>> sorted(mentioned("@奥多摩町 さん、@奥多摩 の件です。", {"奥多摩町": 1, "奥多摩": 2}))
    [1, 2]
    >>> mentioned("奥多摩町の件、mail@奥", {"奥多摩町": 1})
    set()
    """
    by_length = sorted(names, key=len, reverse=True)
    found = set()
    for mark in AT:
        for after in text.split(mark)[1:]:
            name = next((name for name in by_length if after.startswith(name)), None)
            if name is not None:
                found.add(names[name])
    return found

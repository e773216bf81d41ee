"""Where a body corrects what was entered for it: each part says it for its own kinds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Correction:
    """What the thing is called, and where the body changes it, as a link on its page ("edit/", "../answer/").

    Both texts are to be translated.
    """

    word: str
    button: str
    path: str


_corrections: dict[str, Correction] = {}


def register(kind: str, correction: Correction) -> None:
    """Say where things of a kind are corrected; called in the `apps.py` of a part."""
    _corrections[kind] = correction


def find(kind: str) -> Correction:
    """The correction of a kind; KeyError where no part has registered it."""
    return _corrections[kind]

"""Statements that say nearly the same, for a moderator who may merge them: words by Sudachi, and runs of characters.

The synonym table of `kyodo.engines.similarity` is left out: it knows what officers need, while two opinions on one
thing are often each other's opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kyodo.engines.opinion.votes import REJECTED, Statement
from kyodo.engines.similarity.index import Index, Weights

WEIGHTS = Weights(words=0.5, grams=0.5, things=0.0)
LIKE_ENOUGH = 0.4
NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Two statements, how like they are (0 to 1), and the words that both have."""

    one: str
    other: str
    score: float
    shared: tuple[str, ...]


def alike(statements: Sequence[Statement]) -> list[Alike]:
    """Pairs of like statements, the most like first; rejected ones are left out."""
    index: Index[str] = Index(WEIGHTS)
    place = {}
    for number, statement in enumerate(statements):
        if statement.moderated != REJECTED and statement.text.strip():
            index.put(statement.id, statement.text)
            place[statement.id] = number
    found: dict[tuple[int, int], Alike] = {}
    for name, number in place.items():
        for hit in index.near(name, first=NEIGHBOURS, least=LIKE_ENOUGH):
            pair = min(number, place[hit.id]), max(number, place[hit.id])
            found.setdefault(
                pair, Alike(statements[pair[0]].id, statements[pair[1]].id, round(hit.score, 3), hit.shared)
            )
    return [pair for _key, pair in sorted(found.items(), key=lambda item: (-item[1].score, item[0]))]

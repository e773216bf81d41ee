"""How like two demand lines are once nothing that they state clashes: by their thing, or by their words and signs.

Where the table knows both things, that decides. Where it doesn't, runs of characters and Sudachi's words are compared,
weighted by TF-IDF over the lines at hand, so that what half of all lines say tells little.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kyodo.engines.similarity.demand import Asked
from kyodo.engines.similarity.normalise import normalise
from kyodo.engines.similarity.plain import Spellings, plain
from kyodo.engines.similarity.spans import replaced
from kyodo.engines.similarity.tables import rows, spellings
from kyodo.engines.similarity.words import read_words

Bag = Mapping[str, float]
LAST = " $"  # marks the last word of a text
SAME_THING = 0.7  # of the score, where both lines name a thing of the table


@dataclass(frozen=True, slots=True)
class Looks:
    """How much each way of looking counts; fitted on the development lines."""

    grams: float = 0.5
    words: float = 0.5


AS_FITTED = Looks()


class Likeness:
    """Compares the lines that it was made of."""

    def __init__(self, ones: Sequence[Asked], looks: Looks = AS_FITTED) -> None:
        self._looks = looks
        texts = {self._text(one) for one in ones} | {one.rest for one in ones}
        spelled = {text: _spelled(text) for text in texts}
        self._grams = _weighed({text: _grams(letters) for text, letters in spelled.items()})
        self._words = _weighed({text: _words(letters) for text, letters in spelled.items()})

    def _text(self, one: Asked) -> str:
        return f"{one.thing} {one.rest}".strip()

    def __call__(self, one: Asked, other: Asked) -> float:
        """0 to 1; the order of the two makes no difference."""
        if one.thing and other.thing:
            if one.thing not in other.named and other.thing not in one.named:
                return 0.0
            return SAME_THING + (1 - SAME_THING) * self._said(one.rest, other.rest)
        return self._said(self._text(one), self._text(other))

    def marks(self, one: Asked) -> Iterable[str]:
        """What two lines must share something of to be like at all."""
        for thing in one.named:
            yield f"={thing}"
        yield from self._grams[self._text(one)]
        yield from self._words[self._text(one)]

    def heads(self, one: Asked) -> Iterable[str]:
        """What two lines share if they may be about one thing: the thing, or the last word."""
        if one.named:
            return [f"={thing}" for thing in one.named]
        return [mark for mark in self._words[self._text(one)] if mark.endswith(LAST)]

    def _said(self, one: str, other: str) -> float:
        if one == other:
            return 1.0
        looks = self._looks
        both = looks.grams * _cosine(self._grams[one], self._grams[other])
        both += looks.words * _cosine(self._words[one], self._words[other])
        return both / (looks.grams + looks.words)


@cache
def _others() -> Spellings[str]:
    """Words that are said in several ways, by no table of goods: いす and チェア are 椅子."""
    return Spellings((word, row["word"]) for row in rows("spellings.csv") for word in spellings(row, "word", "others"))


def _spelled(text: str) -> str:
    return normalise(replaced(text, _others().found(text)))


def _grams(text: str) -> Counter[str]:
    letters, _places = plain(text)
    whole = f"^{letters}$"
    return Counter(whole[start : start + size] for size in (2, 3) for start in range(len(whole) - size + 1))


def _words(text: str) -> Counter[str]:
    """The words, and the last once more: a compound's head says what it is."""
    words = read_words(text).content
    return Counter([*(f"{word} " for word in words), *(word + LAST for word in words[-1:])])


def _weighed(bags: Mapping[str, Counter[str]]) -> dict[str, Bag]:
    """TF-IDF, each of length 1."""
    known_in = Counter(mark for bag in bags.values() for mark in bag)
    weighed: dict[str, Bag] = {}
    for text, bag in bags.items():
        weights = {mark: times * (math.log((1 + len(bags)) / (1 + known_in[mark])) + 1) for mark, times in bag.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        weighed[text] = {mark: weight / length for mark, weight in weights.items()}
    return weighed


def _cosine(one: Bag, other: Bag) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other[mark] for mark, weight in one.items() if mark in other)

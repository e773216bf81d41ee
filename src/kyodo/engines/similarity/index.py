"""Finds the texts most like a text among some thousand, while somebody is typing, and says which words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.similarity.normalise import normalise
from kyodo.engines.similarity.space import Features, Space
from kyodo.engines.similarity.synonyms import NONE, Synonyms, table
from kyodo.engines.similarity.words import read_words

Id = TypeVar("Id", bound=Hashable)

# A title says what a text is about: its words count once more, as words of a title. What is said again and again counts
# up to three times, as what is said a second and a third time.
TITLE = "@"
MOST_TIMES = 3
GRAM_BUCKETS = 1 << 16
PRIMES = np.array([1, 40_503, 2_654_435], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much the three ways of looking at a text count; fitted on the development pairs alone."""

    words: float = 0.15
    grams: float = 0.10
    things: float = 0.75


@dataclass(frozen=True, slots=True)
class Hit(Generic[Id]):
    """A like text: how like (0 to 1), and the words that say so, the most telling first."""

    id: Id
    score: float
    shared: tuple[str, ...]


def grams_of(text: str) -> Features:
    """The runs of two and three characters of a text, as sorted numbers below 65,536; signs and blanks part runs.

    Two runs may share a number. That costs less than the dictionary of runs would.
    """
    letters = "".join(sign if sign.isalnum() else " " for sign in normalise(text))
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32)
    found = []
    for length in (2, 3):
        if len(codes) < length:
            continue
        runs = np.lib.stride_tricks.sliding_window_view(codes, length)
        whole = runs[(runs != ord(" ")).all(axis=1)]
        found.append((whole * PRIMES[:length]).sum(axis=1, dtype=np.uint32) * np.uint32(2_654_435_761) >> np.uint32(16))
    return np.unique(np.concatenate(found)).astype(np.uint16) if found else np.zeros(0, dtype=np.uint16)


class Numbers:
    """Numbers for names, in the order in which they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []

    def bag(self, names: Iterable[str], *, learn: bool) -> Features:
        """The sorted numbers of names; unknown ones get one only if they are to be learnt."""
        found = set()
        for name in names:
            number = self._numbers.get(name)
            if number is None:
                if not learn:
                    continue
                number = self._numbers[name] = len(self.names)
                self.names.append(name)
            found.add(number)
        return np.array(sorted(found), dtype=np.uint32)


class Index(Generic[Id]):
    """Texts by id, to be asked for the most like ones.

    Adding, replacing and removing leave the same answers as a fresh index of the same texts in any order. Not safe for
    threads by itself: whoever shares one guards it with a lock.

    Parameters
    ----------
    weights : Weights
        How much words, runs of characters and the table of synonyms count.
    synonyms : callable
        Gives the table; the checked-in one if not said otherwise.
    """

    def __init__(self, weights: Weights = Weights(), *, synonyms: Callable[[], Synonyms] = table) -> None:
        self._weights = weights
        self._synonyms = synonyms() if weights.things else NONE
        self._words, self._things = Numbers(), Numbers()
        self._clear()

    def _clear(self) -> None:
        self._slots: dict[Id, int] = {}
        self._ids: list[Id | None] = []
        self._spaces = (Space(np.uint32), Space(np.uint16, GRAM_BUCKETS), Space(np.uint16))

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, key: object) -> bool:
        return key in self._slots

    def put(self, key: Id, title: str, body: str = "") -> None:
        """Add a text, or replace the one with this id."""
        self._put(key, self._bags(title, body, learn=True))

    def _put(self, key: Id, bags: tuple[Features, ...]) -> None:
        self.remove(key)
        self._slots[key] = len(self._ids)
        self._ids.append(key)
        for space, bag in zip(self._spaces, bags, strict=True):
            space.put(bag)

    def remove(self, key: Id) -> None:
        """Take a text out; nothing happens if there is none."""
        slot = self._slots.pop(key, None)
        if slot is None:
            return
        self._ids[slot] = None
        for space in self._spaces:
            space.drop(slot)
        if len(self._ids) - len(self._slots) > 64 + len(self._slots) // 4:
            self._close_holes()

    def _close_holes(self) -> None:
        kept = [(key, tuple(space.bag(slot) for space in self._spaces)) for key, slot in self._slots.items()]
        self._clear()
        for key, bags in kept:
            self._put(key, bags)

    def _bags(self, title: str, body: str, *, learn: bool) -> tuple[Features, Features, Features]:
        head, rest = read_words(title), read_words(body)
        said = Counter(self._synonyms.things_of(head.all))
        things = [f"{thing}{TITLE}" for thing in said]
        said.update(self._synonyms.things_of(rest.all))
        things += [thing + "+" * time for thing, times in said.items() for time in range(min(times, MOST_TIMES))]
        words = [*head.content, *(word + TITLE for word in head.content), *rest.content]
        return (
            self._words.bag(words, learn=learn),
            grams_of(f"{title}\n{body}"),
            self._things.bag(things, learn=learn).astype(np.uint16),
        )

    def like(
        self,
        title: str,
        body: str = "",
        *,
        among: Collection[Id] | None = None,
        first: int = 3,
        least: float = 0.0,
    ) -> list[Hit[Id]]:
        """The `first` texts most like this one, with a score above `least`; only those `among` some ids, if given.

        Equal scores come in the order of their ids.
        """
        return self._like(self._bags(title, body, learn=False), among, first, least)

    def near(
        self, key: Id, *, among: Collection[Id] | None = None, first: int = 3, least: float = 0.0
    ) -> list[Hit[Id]]:
        """The texts most like the one with this id, which is none of them; nothing if it is not here."""
        slot = self._slots.get(key)
        if slot is None:
            return []
        words, grams, things = (space.bag(slot) for space in self._spaces)
        hits = self._like((words, grams, things), among, first + 1, least)
        return [hit for hit in hits if hit.id != key][:first]

    def _like(
        self, bags: tuple[Features, Features, Features], among: Collection[Id] | None, first: int, least: float
    ) -> list[Hit[Id]]:
        scores = self._scores(bags)
        chosen = np.array([slot for key, slot in self._slots.items() if among is None or key in among], dtype=np.int64)
        best = chosen[np.argsort(-scores[chosen], kind="stable")]
        best = best[scores[best] > least]
        if len(best) > first:  # ties at the end are settled by id, so all of them must be seen
            best = best[scores[best] >= scores[best[first - 1]]]
        hits = sorted(((-float(scores[slot]), self._ids[slot], slot) for slot in best), key=lambda hit: hit[:2])
        return [Hit(key, -score, self._shared(bags, slot)) for score, key, slot in hits[:first] if key is not None]

    def _scores(self, bags: tuple[Features, ...]) -> NDArray[np.float64]:
        """Rounded, so that the order in which texts were added can't decide between two."""
        weights = (self._weights.words, self._weights.grams, self._weights.things)
        total = np.zeros(len(self._ids))
        for space, bag, weight in zip(self._spaces, bags, weights, strict=True):
            if weight:
                total += weight * space.scores(bag)
        return np.round(total / sum(weights), 5)

    def _shared(self, bags: tuple[Features, ...], slot: int) -> tuple[str, ...]:
        """What both texts say: common words, then things said in different ones; the rarest first, five at most."""
        told: dict[str, float] = {}
        for number, names in ((0, self._words.names), (2, self._things.names)):
            space = self._spaces[number]
            common = np.intersect1d(bags[number], space.bag(slot))
            for feature, weight in zip(common, space.weights(common), strict=True):
                name = names[feature].rstrip(TITLE + "+")
                told[name] = max(told.get(name, 0.0), float(weight))
        return tuple(sorted(told, key=lambda word: (-told[word], word))[:5])

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return sum(space.nbytes for space in self._spaces)

"""In what two demand lines differ and what they share, in their own words, for the officer who decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kyodo.engines.sentences import Sentence
from kyodo.engines.similarity.demand import Reading
from kyodo.engines.words import _

UNIT = "unit"

Values = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What two lines state differently, in their own words; empty where one says nothing of it."""

    about: str
    one: str
    other: str

    @property
    def sentence(self) -> Sentence:
        """「24型」と「27型」が違います。"""
        if self.about == UNIT:
            return Sentence(_("単位「{one}」と「{other}」が違います。"), {"one": self.one, "other": self.other})
        if self.one and self.other:
            return Sentence(_("「{one}」と「{other}」が違います。"), {"one": self.one, "other": self.other})
        return Sentence(_("「{one}」が一方にしかありません。"), {"one": self.one or self.other})


def clash(one: Values, other: Values) -> bool:
    """True if both state something of the same, and not the same."""
    return any(one[about] != other[about] for about in one.keys() & other.keys())


def differences(one: Reading, other: Reading) -> tuple[Difference, ...]:
    """All that keeps two lines apart."""
    found = []
    if one.asked.unit != other.asked.unit:
        found.append(Difference(UNIT, one.unit, other.unit))
    left, right = values_of(one.asked.firm), values_of(other.asked.firm)
    found += [
        Difference(about, one.written.get(about, ""), other.written.get(about, ""))
        for about in sorted(left.keys() | right.keys())
        if left.get(about) != right.get(about)
    ]
    left, right = values_of(one.asked.loose), values_of(other.asked.loose)
    found += [
        Difference(about, one.written[about], other.written[about])
        for about in sorted(left.keys() & right.keys())
        if left[about] != right[about]
    ]
    return tuple(found)


def shared(readings: Sequence[Reading]) -> tuple[tuple[str, str], ...]:
    """What all lines state, in the words of the first."""
    stated = [values_of(reading.asked.firm | reading.asked.loose) for reading in readings]
    return tuple(
        (about, words)
        for about, words in readings[0].written.items()
        if all(one.get(about) == stated[0].get(about) for one in stated)
    )


def values_of(stated: Iterable[tuple[str, str]]) -> Values:
    """All that is stated, by what it is about."""
    found: dict[str, set[str]] = defaultdict(set)
    for about, value in stated:
        found[about].add(value)
    return {about: frozenset(values) for about, values in found.items()}

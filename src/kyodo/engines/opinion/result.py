"""`kyodo-opinion/1`: what an analysis found, as a document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

from kyodo.engines.opinion.representative import Stated
from kyodo.engines.opinion.votes import Floats
from kyodo.engines.sentences import Sentence

FORMAT = "kyodo-opinion/1"
OK, TOO_FEW_VOTES = "ok", "too_few_votes"
DECIMALS = 9  # of coordinates


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its number, how many are in it, what stands for it, on what it is itself split (ids)."""

    id: int
    size: int
    representative: tuple[Stated, ...]
    divided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Minority:
    """A statement that one group holds and no other."""

    statement: str
    group: int
    direction: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """Participants whose ballots look copied; votes on each; how many such ballots chance would give."""

    participants: tuple[str, ...]
    votes: int
    expected: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence, of a group or a statement or of the whole."""

    sentence: Sentence
    group: int | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Robust:
    """What only the robust method tells.

    Parameters
    ----------
    explanations, minority, flagged : tuples
    routing : tuple of (str, float)
        Statements that may still be shown, and what each would tell.
    silhouettes : dict
        How well each number of groups fits.
    without_flagged : Analysis or None
        The same without the flagged ballots, if there are any.
    """

    explanations: tuple[Explanation, ...]
    minority: tuple[Minority, ...]
    flagged: tuple[Flagged, ...]
    routing: tuple[tuple[str, float], ...]
    silhouettes: dict[int, float]
    without_flagged: Analysis | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A whole result.

    Parameters
    ----------
    method, state : str
    names : sequence of str
        Participants in order of their ids; `points` and `labels` (a group's number or None) are theirs.
    columns : sequence of str
        Ids of the statements that somebody voted on.
    basis : array of float
        Of the statements that count, the strongest components: where the next calculation begins.
    """

    method: str
    state: str
    n_included: int
    n_statements: int
    names: Sequence[str]
    points: Floats
    labels: Sequence[int | None]
    columns: Sequence[str]
    groups: tuple[Group, ...]
    consensus: tuple[Stated, ...]
    explained: tuple[float, float]
    stability: float | None
    basis: Floats
    robust: Robust | None = None

    def document(self, language: str = "ja") -> dict[str, Any]:
        """The form kyodo-opinion/1, with explanations in `language`."""
        points = (self.points.round(DECIMALS) + 0.0).tolist()
        made: dict[str, Any] = {
            "format": FORMAT,
            "method": self.method,
            "state": self.state,
            "n_participants": len(self.names),
            "n_included": self.n_included,
            "n_statements": self.n_statements,
            "k": len(self.groups),
            "explained_variance": list(self.explained),
            "stability": self.stability,
            "groups": [self._group(each) for each in self.groups],
            "consensus": [self._stated(each) for each in self.consensus],
        }
        if self.robust is not None:
            made |= self._more(self.robust, language)
        made["participants"] = [
            {"id": name, "group": label, "x": x, "y": y}
            for name, label, (x, y) in zip(self.names, self.labels, points, strict=True)
        ]
        return made

    def _more(self, robust: Robust, language: str) -> dict[str, Any]:
        without = robust.without_flagged
        return {
            "silhouettes": {str(k): value for k, value in robust.silhouettes.items()},
            "explanations": [
                {"group": each.group, "statement": each.statement, "text": each.sentence.said(language)}
                for each in robust.explanations
            ],
            "minority": [
                {"statement": each.statement, "group": each.group, "direction": each.direction}
                for each in robust.minority
            ],
            "flagged": [
                {"participants": list(each.participants), "votes": each.votes, "expected": each.expected}
                for each in robust.flagged
            ],
            "without_flagged": None if without is None else without.document(language),
            "routing": [{"statement": name, "priority": value} for name, value in robust.routing],
        }

    def _group(self, group: Group) -> dict[str, Any]:
        made = {"id": group.id, "size": group.size, "representative": [self._stated(s) for s in group.representative]}
        return made if self.robust is None else made | {"divided": list(group.divided)}

    def _stated(self, stated: Stated) -> dict[str, Any]:
        made = {
            "statement": self.columns[stated.column],
            "direction": stated.direction,
            "successes": stated.successes,
            "trials": stated.trials,
            "probability": stated.probability,
            "probability_z": stated.probability_z,
        }
        if stated.representativeness is None:
            return made
        return made | {
            "representativeness": stated.representativeness,
            "representativeness_z": stated.representativeness_z,
        }


def written(document: dict[str, Any]) -> str:
    """The document as JSON, one entry of a list a line."""
    encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
    parts = []
    for key, value in document.items():
        if key == "participants":
            text = _lines(map(_person, value))
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            text = _lines(map(encode, value))
        else:
            text = encode(value)
        parts.append(f" {encode(key)}: {text}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(entries: Iterable[str]) -> str:
    lines = ",\n  ".join(entries)
    return f"[\n  {lines}\n ]" if lines else "[]"


def _person(each: dict[str, Any]) -> str:
    """What the encoder would write, several times as fast: there may be a hundred thousand."""
    group = "null" if each["group"] is None else each["group"]
    return f'{{"id": {encode_basestring(each["id"])}, "group": {group}, "x": {each["x"]!r}, "y": {each["y"]!r}}}'

"""The one call: from votes to a result."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kyodo.engines.opinion import explain
from kyodo.engines.opinion.copies import Copied, copied
from kyodo.engines.opinion.grouping import POLIS, ROBUST, Grouping, group
from kyodo.engines.opinion.previous import Previous, kept_numbers, kept_sides
from kyodo.engines.opinion.representative import Comparison, Stated, consensus
from kyodo.engines.opinion.result import (
    OK,
    TOO_FEW_VOTES,
    Analysis,
    Explanation,
    Flagged,
    Group,
    Minority,
    Robust,
)
from kyodo.engines.opinion.routing import priorities
from kyodo.engines.opinion.stability import stability
from kyodo.engines.opinion.statistics import Tally, tally
from kyodo.engines.opinion.votes import Floats, Ints, Matrix, Votes

METHODS = (ROBUST, POLIS)


def analyse(
    votes: Votes, *, method: str = ROBUST, previous: Previous | None = None, start: Floats | None = None
) -> Analysis:
    """Find the groups, what stands for each, and what all share.

    Parameters
    ----------
    votes : Votes
    method : str
        robust, or polis for equality with that family.
    previous : Previous, optional
        An earlier result, whose group numbers and sides of the map are kept.
    start : array of float, optional
        Where to begin looking for the plane: changes the time, not the result.
    """
    if method not in METHODS:
        raise ValueError(method)
    return _Analyst(votes, method, previous, start).analysis()


class _Analyst:
    """Holds what the steps of one analysis share."""

    def __init__(self, votes: Votes, method: str, previous: Previous | None, start: Floats | None) -> None:
        self.votes, self.method, self.previous = votes, method, previous
        self.matrix: Matrix = votes.matrix
        self.grouping: Grouping = group(self.matrix, method, start=start)
        self.columns = [votes.statements[number].id for number in self.matrix.columns.tolist()]
        self.labels = self.grouping.labels
        self.k = self.grouping.part.k if self.grouping.part else 0
        # The row of statistics after the groups counts everybody else, so that all together are all votes.
        self.everybody = self._everybody()

    def _everybody(self) -> Tally:
        labels = np.where(self.labels < 0, self.k, self.labels)
        return tally(self.matrix, labels, self.k + 1)

    def analysis(self) -> Analysis:
        matrix, grouping = self.matrix, self.grouping
        counted = Tally(
            self.everybody.trials[: self.k], self.everybody.agrees[: self.k], self.everybody.disagrees[: self.k]
        )
        points = grouping.plane.points
        placed = np.empty_like(points)
        placed[matrix.order] = points
        if self.previous is not None:
            placed = placed * kept_sides(self.votes.participants, placed, self.previous) + 0.0
        labels = np.empty_like(self.labels)
        labels[matrix.order] = self.labels
        numbers = list(range(self.k))
        if self.previous is not None and self.k:
            numbers = self._kept_numbers(self.previous)
        comparison = Comparison(counted, matrix.rejected)
        groups = self._groups(comparison, numbers) if self.k else ()
        trials, agrees, disagrees = self._counts()
        shared = tuple(consensus(trials, agrees, disagrees, matrix.rejected))
        stable = stability(grouping.plane, grouping.included, grouping.part) if self._robust and grouping.part else None
        named: list[int | None] = [None if label < 0 else numbers[label] for label in labels.tolist()]
        robust = None
        if self._robust:
            robust = self._more(
                comparison, groups, shared, stable, lambda: Previous.at(self.votes.participants, named, placed)
            )
        return Analysis(
            method=self.method,
            state=OK if self.k else TOO_FEW_VOTES,
            n_included=len(grouping.included),
            n_statements=int((~matrix.rejected).sum()),
            names=self.votes.participants,
            points=placed,
            labels=named,
            columns=self.columns,
            groups=tuple(sorted(groups, key=lambda each: each.id)),
            consensus=shared,
            explained=grouping.plane.explained,
            stability=stable,
            basis=grouping.plane.basis,
            robust=robust,
        )

    def _counts(self) -> tuple[Ints, Ints, Ints]:
        """Votes, agrees and disagrees of each statement, over all participants."""
        all_ = self.everybody
        return all_.trials.sum(axis=0), all_.agrees.sum(axis=0), all_.disagrees.sum(axis=0)

    @property
    def _robust(self) -> bool:
        return self.method == ROBUST

    def _kept_numbers(self, previous: Previous) -> list[int]:
        rows = self.grouping.included
        names = [self.votes.participants[number] for number in self.matrix.order[rows].tolist()]
        return kept_numbers(names, self.labels[rows], self.k, previous)

    def _groups(self, comparison: Comparison, numbers: list[int]) -> tuple[Group, ...]:
        sizes = np.bincount(self.labels[self.grouping.included], minlength=self.k).tolist()
        made = []
        for place, size in enumerate(sizes):
            if self._robust:
                divided = tuple(self.columns[column] for column in comparison.divided(place, size))
                made.append(Group(numbers[place], size, tuple(comparison.plainly(place, size)), divided))
            else:
                made.append(Group(numbers[place], size, tuple(comparison.by_the_letter(place))))
        return tuple(made)

    def _more(
        self,
        comparison: Comparison,
        groups: tuple[Group, ...],
        shared: tuple[Stated, ...],
        stable: float | None,
        now: Callable[[], Previous],
    ) -> Robust:
        grouping, names = self.grouping, self.columns
        if stable is None:
            said = [Explanation(explain.why_no_picture(grouping))]
            said += explain.of_consensus(comparison, shared, groups, names)
            return Robust(tuple(said), (), (), self._routing(), grouping.silhouettes, None)
        held = comparison.minority(np.array([each.size for each in groups]))
        copies = copied(self.matrix, comparison.counted, self.labels, grouping.included)
        explanations = [
            *explain.of_the_whole(grouping, stable),
            *explain.of_copies(copies),
            *explain.of_consensus(comparison, shared, groups, names),
            *explain.of_groups(comparison, groups, names),
            *explain.of_minority(held, groups, names),
        ]
        minority = tuple(Minority(names[one.column], groups[place].id, one.direction) for place, one in held)
        return Robust(
            tuple(explanations),
            minority,
            tuple(self._flagged(each) for each in copies),
            self._routing(),
            grouping.silhouettes,
            self._without(copies, now),
        )

    def _flagged(self, found: Copied) -> Flagged:
        people = sorted(self.matrix.order[list(found.rows)].tolist())
        return Flagged(tuple(self.votes.participants[number] for number in people), found.votes, found.expected)

    def _without(self, copies: list[Copied], now: Callable[[], Previous]) -> Analysis | None:
        """The result without any of the ballots found, its groups under the numbers they have in this one."""
        if not copies:
            return None
        rows = [row for each in copies for row in each.rows]
        rest = self.votes.without(self.matrix.order[rows])
        return analyse(rest, previous=now())

    def _routing(self) -> tuple[tuple[str, float], ...]:
        """All statements that are not rejected, those without a vote too."""
        spread = np.zeros(len(self.votes.statements))
        kept = self.matrix.columns[~self.matrix.rejected]
        loads = np.sqrt((self.grouping.plane.basis[:, :2] ** 2).sum(axis=1))
        if len(loads) and loads.max() > 0:
            spread[kept] = loads / loads.max()
        counts = np.zeros((3, len(spread)))
        counts[:, self.matrix.columns] = self._counts()
        shown = [number for number, each in enumerate(self.votes.statements) if each.moderated >= 0]
        trials, agrees, disagrees = counts[:, shown]
        values = priorities(trials, agrees, disagrees, spread[shown]).tolist()
        return tuple((self.votes.statements[number].id, round(v, 6)) for number, v in zip(shown, values, strict=True))

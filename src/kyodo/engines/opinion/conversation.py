"""A conversation that grows: new votes go in, and the next result begins where the last one ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.grouping import ROBUST
from kyodo.engines.opinion.previous import Previous
from kyodo.engines.opinion.result import Analysis
from kyodo.engines.opinion.votes import Floats, Statement, Votes


class Conversation:
    """Votes and the last result of them.

    What comes out is what a calculation from nothing would give with the last result as `previous`: the votes are
    merged into those that are in order already, and the plane is looked for from where it lay.

    Parameters
    ----------
    votes : Votes
    method : str
        robust or polis.
    """

    def __init__(self, votes: Votes, *, method: str = ROBUST) -> None:
        self.votes = votes
        self.method = method
        self.last: Analysis | None = None

    @classmethod
    def of(cls, statements: Sequence[Statement], *, method: str = ROBUST) -> Conversation:
        """One without votes; `statements` in the order of their ids."""
        none = np.zeros(0, dtype=np.int32)
        return cls(Votes([], statements, none, none, none.astype(np.int8)), method=method)

    def put(self, rows: Iterable[tuple[str, str, int]]) -> None:
        """Take in votes (participant, statement, vote) in the order of time; later ones replace earlier ones.

        Raises
        ------
        KeyError
            For a statement that the conversation does not have.
        ValueError
            For a vote that is none of 1, 0, -1.
        """
        rows = list(rows)
        if any(vote not in (1, 0, -1) for _participant, _statement, vote in rows):
            raise ValueError("a vote is 1, 0 or -1")
        self.votes = self.votes.with_votes(rows)

    def analyse(self) -> Analysis:
        """The result of all votes so far; groups keep the numbers they had."""
        before = None
        if self.last is not None:
            before = Previous.at(self.last.names, self.last.labels, self.last.points)
        self.last = analyse(self.votes, method=self.method, previous=before, start=self._start())
        return self.last

    def _start(self) -> Floats | None:
        """The last axes, brought to the statements that count now."""
        if self.last is None or not self.last.basis.any():
            return None
        statements = self.votes.statements
        matrix = self.votes.matrix
        rejected = {each.id for each in statements if each.moderated < 0}
        loads = self.last.basis[:, :2].sum(axis=1).tolist()
        known = dict(zip((name for name in self.last.columns if name not in rejected), loads, strict=True))
        kept = matrix.columns[~matrix.rejected].tolist()
        return np.array([known.get(statements[number].id, 0.0) for number in kept])

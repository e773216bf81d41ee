"""The best choice among given programmes, one a specialist at most: a set packing that HiGHS solves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from kyodo.engines.award.solver.highs import INFINITY, Outcome, minimise
from kyodo.engines.award.solver.model import Matrix
from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.programmes import Programme
from kyodo.engines.patience import Patience


def choose(
    demand: Demand,
    programmes: Sequence[Programme],
    patience: Patience,
    *,
    kept: Sequence[Programme] = (),
    start: Sequence[Programme] = (),
) -> tuple[list[Programme], Outcome]:
    """Choose programmes for the specialists that occur in them, beside those of others that are kept.

    Parameters
    ----------
    demand : Demand
    programmes : sequence of Programme
        To choose from.
    patience : Patience
    kept : sequence of Programme
        Of other specialists; their requests are served.
    start : sequence of Programme
        A choice to begin with.

    Returns
    -------
    chosen : list of Programme
        Without those kept; empty if nothing was found.
    outcome : Outcome
    """
    served = {request for one in kept for request in one.requests}
    usable = [one for one in programmes if not one.requests & served]
    matrix = _matrix(demand, usable, served)
    begin = None
    if start:
        begin = _start(matrix, usable, start)
    outcome = minimise(matrix, patience, start=begin)
    if outcome.values is None:
        return [], outcome
    return [one for one, value in zip(usable, outcome.values, strict=False) if value > 0.5], outcome


def _matrix(demand: Demand, usable: Sequence[Programme], served: set[int]) -> Matrix:
    """Maximise the points that are saved: columns are programmes, then municipalities that get something."""
    rows: dict[tuple[str, int], dict[int, float]] = defaultdict(dict)
    cost = []
    for number, one in enumerate(usable):
        cost.append(one.cost - sum(float(demand.unmet[request]) for request in one.requests))
        rows["person", one.person][number] = 1.0
        for request in one.requests:
            rows["request", request][number] = 1.0
            body = int(demand.body_of[request])
            if body >= 0:
                rows["body", body][number] = -1.0
    for key in [key for key in rows if key[0] == "body"]:
        if served.intersection(demand.bodies[key[1]][1]):
            del rows[key]
            continue
        rows[key][len(cost)] = 1.0
        cost.append(-float(demand.uncovered[key[1]]))
    high = np.array([0.0 if kind == "body" else 1.0 for kind, _number in rows])
    lengths = [len(terms) for terms in rows.values()]
    start = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum(lengths, out=start[1:])
    index = np.array([column for terms in rows.values() for column in terms], dtype=np.int32)
    value = np.array([v for terms in rows.values() for v in terms.values()], dtype=np.float64)
    count = len(cost)
    return Matrix(
        cost=np.array(cost, dtype=np.float64), lower=np.zeros(count), upper=np.ones(count),
        whole=np.ones(count, dtype=bool), start=start, index=index, value=value,
        low=np.full(len(rows), -INFINITY), high=high,
    )  # fmt: skip


def _start(matrix: Matrix, usable: Sequence[Programme], start: Sequence[Programme]) -> np.ndarray | None:
    place = {(one.person, one.requests): number for number, one in enumerate(usable)}
    values = np.zeros(len(matrix.cost))
    for one in start:
        number = place.get((one.person, one.requests))
        if number is None:
            return None
        values[number] = 1.0
    for row in np.flatnonzero(matrix.high == 0.0).tolist():
        columns = matrix.index[matrix.start[row] : matrix.start[row + 1]]
        values[columns[-1]] = float(values[columns[:-1]].any())
    return values

"""A mixed-integer programme in exact integers, whose rows carry the names of the rules that they stand for.

The names are what makes the rest simple: dropping a rule, finding out which rules conflict, and explaining are all
work on one model. Floats appear only when it is handed to a solver.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

INFINITY = float("inf")

Floats = NDArray[np.float64]


@dataclass(slots=True)
class Row:
    """`low` ≤ Σ coefficient × column ≤ `high`; `rule` is what it stands for, `""` for what can't be dropped."""

    rule: str
    columns: list[int]
    coefficients: list[int]
    low: float
    high: float


@dataclass(slots=True)
class Model:
    """Columns and rows, both growing.

    Parameters
    ----------
    cost : list of int
        What is minimised: yen, or points times a scale.
    upper : list of float
        Upper bounds; every lower bound is 0.
    whole : list of bool
        Whether a column must be whole.
    rows : list of Row
    """

    cost: list[int] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def column(self, cost: int = 0, *, upper: float = 1, whole: bool = True) -> int:
        """Add a column; its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, rule: str, terms: dict[int, int], low: float = -INFINITY, high: float = INFINITY) -> None:
        """Add a row; terms with coefficient 0 are left out."""
        kept = {column: value for column, value in terms.items() if value}
        self.rows.append(Row(rule, list(kept), list(kept.values()), low, high))

    def without(self, dropped: set[str]) -> Model:
        """The same columns, without the rows of the named rules."""
        return Model(self.cost, self.upper, self.whole, [row for row in self.rows if row.rule not in dropped])


@dataclass(frozen=True, slots=True)
class Matrix:
    """A model as arrays, compressed by row.

    Parameters
    ----------
    cost, lower, upper : ndarray of float, shape (columns,)
    whole : ndarray of bool, shape (columns,)
    start : ndarray of int, shape (rows + 1,)
    index : ndarray of int, shape (entries,)
    value : ndarray of float, shape (entries,)
    low, high : ndarray of float, shape (rows,)
    """

    cost: Floats
    lower: Floats
    upper: Floats
    whole: NDArray[np.bool_]
    start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Floats
    low: Floats
    high: Floats


def as_matrix(model: Model) -> Matrix:
    """Arrays for a solver; each row is scaled so that its coefficients lie around 1."""
    lengths = [len(row.columns) for row in model.rows]
    start = np.zeros(len(model.rows) + 1, dtype=np.int32)
    np.cumsum(lengths, out=start[1:])
    index = np.fromiter((c for row in model.rows for c in row.columns), dtype=np.int32, count=int(start[-1]))
    scales = [row_scale(row) for row in model.rows]
    value = np.fromiter(
        (v / s for row, s in zip(model.rows, scales, strict=True) for v in row.coefficients),
        dtype=np.float64,
        count=int(start[-1]),
    )
    low = np.array([row.low / s for row, s in zip(model.rows, scales, strict=True)], dtype=np.float64)
    high = np.array([row.high / s for row, s in zip(model.rows, scales, strict=True)], dtype=np.float64)
    columns = len(model.cost)
    return Matrix(
        cost=np.array(model.cost, dtype=np.float64),
        lower=np.zeros(columns),
        upper=np.array(model.upper, dtype=np.float64),
        whole=np.array(model.whole, dtype=bool),
        start=start,
        index=index,
        value=value,
        low=low,
        high=high,
    )


def row_scale(row: Row) -> int:
    """A power of two near the largest coefficient over 2^10: small rows stay as they are, and yen stay visible."""
    largest = max((abs(value) for value in row.coefficients), default=1)
    return 1 << max(0, largest.bit_length() - 10)

"""The plane in which people differ most: the two first principal components of the centred votes.

A missing vote takes the mean of its statement, and the mean is subtracted: so what is missing is zero, and the centred
matrix is as sparse as the votes. It is never made dense. Small ones are decomposed exactly, by the smaller of their two
products with themselves; large ones by Lanczos' iteration from a fixed start, with every step made orthogonal to all
before, until the two components stand to ten digits.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from kyodo.engines.opinion.votes import Floats, Ints, Matrix

EXACT_UP_TO = 260  # rows or columns
ROWS_AT_ONCE = 256
KEPT = 4  # components that stay at hand: two are shown, resamples look among all
DIGITS = 12  # decimals of a coordinate: below that is rounding
SURE = 1e-10
FIRST_LOOK, LOOK_EVERY, MOST_STEPS = 12, 4, 400
NOTHING = 1e-12  # of the largest: a component this small is none


@dataclass(frozen=True, slots=True)
class Plane:
    """Where everybody stands.

    Parameters
    ----------
    centred : csr_array
        Participants × statements that count.
    scale : array of float
        By how much each row is drawn out for having seen few statements.
    basis : array of float
        Statements × up to four components, orthonormal, the most telling first.
    points : array of float
        Participants × 2.
    explained : tuple of float
        Share of the variance, for both axes.
    varied : int
        Statements on which not all who voted said the same.
    """

    centred: csr_array
    scale: Floats
    basis: Floats
    points: Floats
    explained: tuple[float, float]
    varied: int


def project(matrix: Matrix, *, zeroed: bool, start: Floats | None = None) -> Plane:
    """Place all rows of `matrix`.

    Parameters
    ----------
    matrix : Matrix
    zeroed : bool
        Whether rejected statements count as a vote of 0 by everybody (as Polis does); otherwise they are left out.
    start : array of float, optional
        A direction over the statements that count, to begin from; it changes the time, not the result.
    """
    kept = ~matrix.rejected
    centred, means_apart = _centred(matrix, kept)
    seen = np.diff(centred.indptr) + (int(matrix.rejected.sum()) if zeroed else 0)
    width = matrix.shape[1] if zeroed else int(kept.sum())
    scale = np.sqrt(width / np.maximum(1, seen))
    total = float(centred.data @ centred.data) if centred.nnz < 10_000 else float(np.sum(centred.data**2))
    basis, strengths = np.zeros((centred.shape[1], 2)), np.zeros(2)
    if total > NOTHING:
        basis, strengths = _components(centred, start)
    basis = _turned(basis)
    points = np.zeros((centred.shape[0], 2))
    shown = basis[:, :2]
    if shown.any():
        points[:, : shown.shape[1]] = (centred @ shown) * scale[:, None]
    points = np.round(points, DIGITS) + 0.0
    shares = [float(strength) / total if total > NOTHING else 0.0 for strength in strengths[:2]]
    return Plane(centred, scale, basis, points, (shares[0], shares[1] if len(shares) > 1 else 0.0), means_apart)


def _centred(matrix: Matrix, kept: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> tuple[csr_array, int]:
    rows, _columns = matrix.shape
    row, column, value, begins = matrix.row, matrix.column, matrix.value, matrix.begins
    if not kept.all():
        stays = kept[column]
        row, value = row[stays], value[stays]
        column = (np.cumsum(kept, dtype=np.int32) - np.int32(1))[column[stays]]
        begins = np.concatenate(([0], np.cumsum(np.bincount(row, minlength=rows))))
    width = int(kept.sum())
    votes = np.bincount(column, minlength=width)
    balance = np.bincount(column, weights=value, minlength=width)
    means = balance / np.maximum(1, votes)
    data = value - means[column]
    data[np.abs(data) < NOTHING] = 0.0
    apart = np.bincount(column, weights=data != 0.0, minlength=width) > 0
    index = np.int32 if len(column) < 2**31 else np.int64
    return csr_array((data, column, begins.astype(index)), shape=(rows, width)), int(apart.sum())


def _components(centred: csr_array, start: Floats | None) -> tuple[Floats, Floats]:
    """Orthonormal directions over the columns, with the sum of squares along each, the largest first."""
    rows, columns = centred.shape
    if columns <= EXACT_UP_TO:
        strengths, vectors = np.linalg.eigh(_products(centred))
    elif rows <= EXACT_UP_TO:
        strengths, left = np.linalg.eigh((centred @ centred.T).toarray())
        strengths, left = strengths[::-1][:KEPT], left[:, ::-1][:, :KEPT]
        real = strengths > NOTHING * strengths[0]
        return (centred.T @ left[:, real]) / np.sqrt(strengths[real]), strengths[real]
    else:
        return _lanczos(centred, start)
    strengths, vectors = strengths[::-1][:KEPT], vectors[:, ::-1][:, :KEPT]
    real = strengths > NOTHING * strengths[0]
    return vectors[:, real], strengths[real]


def _products(centred: csr_array) -> Floats:
    """All products of two columns, from a few rows at a time."""
    rows, width = centred.shape
    total = np.zeros((width, width))
    for begin in range(0, rows, ROWS_AT_ONCE):
        many = min(ROWS_AT_ONCE, rows - begin)
        bounds = centred.indptr[begin : begin + many + 1]
        here = slice(int(bounds[0]), int(bounds[-1]))
        block = np.zeros((many, width))
        block[np.repeat(np.arange(many), np.diff(bounds)), centred.indices[here]] = centred.data[here]
        total += block.T @ block
    return total


def _lanczos(centred: csr_array, start: Floats | None) -> tuple[Floats, Floats]:
    width = centred.shape[1]
    across = centred.T
    most = min(MOST_STEPS, width)
    basis = np.zeros((most, width))
    diagonal, beside = np.zeros(most), np.zeros(most)
    direction = np.cos(np.arange(1.0, width + 1.0)) if start is None or len(start) != width else start.copy()
    direction += 1e-3 * np.sin(np.arange(width) * 1.7)
    direction /= np.sqrt(np.sum(direction**2))
    for step in range(most):
        basis[step] = direction
        ahead = across @ (centred @ direction)
        diagonal[step] = np.sum(direction * ahead)
        before = basis[: step + 1]
        for _again in range(2):  # twice is enough to stay orthogonal (Kahan)
            ahead = ahead - np.einsum("ij,i->j", before, np.einsum("ij,j->i", before, ahead))
        length = float(np.sqrt(np.sum(ahead**2)))
        last = step + 1 == most or length <= NOTHING * diagonal[0]
        if last or (step >= FIRST_LOOK and step % LOOK_EVERY == 0):
            small = np.diag(diagonal[: step + 1]) + np.diag(beside[:step], 1) + np.diag(beside[:step], -1)
            strengths, inner = np.linalg.eigh(small)
            left_over = length * np.abs(inner[-1, -2:]).max()
            if last or left_over <= SURE * strengths[-1]:
                best = inner[:, ::-1][:, :KEPT]
                return np.einsum("ij,ik->jk", before, best), strengths[::-1][:KEPT]
        beside[step] = length
        direction = ahead / length
    raise AssertionError("the last step returns")


def _turned(basis: Floats) -> Floats:
    """Each component with its largest loading positive; of equal ones the first decides."""
    if not basis.size:
        return basis
    size = np.abs(basis)
    largest = np.argmax(size >= size.max(axis=0) * (1 - 1e-9), axis=0)
    signs = np.sign(basis[largest, np.arange(basis.shape[1])])
    return basis * np.where(signs == 0, 1.0, signs)


def counted(matrix: Matrix, *, zeroed: bool) -> Ints:
    """How many votes of each row count for being grouped."""
    if zeroed or not matrix.rejected.any():
        return matrix.votes_of_row
    return np.bincount(matrix.row, weights=~matrix.rejected[matrix.column], minlength=matrix.shape[0]).astype(np.int64)

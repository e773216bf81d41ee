"""The only file that talks to HiGHS: arrays in, floats out, with a deadline and a way to be interrupted.

Runs single-threaded: the same problem then gives the same award on every run, and the machine stays usable.
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import highspy
import numpy as np

from kyodo.engines.award.solver.model import Floats, Matrix
from kyodo.engines.patience import Patience

INFINITY = highspy.kHighsInf
TOLERANCE = 1e-6

Options = Mapping[str, float | int | bool | str]

# Without the heuristics that solve smaller programmes inside: where the relaxation is tight, and no share rule makes
# solutions hard to find, they cost more than half of the time.
LEAN: Options = {
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run brought.

    Parameters
    ----------
    status : str
        `optimal`, `infeasible`, or `stopped` (time, nodes, interrupt).
    values : ndarray of float, shape (columns,), or None
        The best solution, if there is one.
    objective, bound : float
        Of that solution, and what no solution can fall below.
    """

    status: str
    values: Floats | None
    objective: float
    bound: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The linear relaxation's optimum, with the reduced cost of each column and the price of each row.

    Parameters
    ----------
    feasible : bool
    values, reduced : ndarray of float, shape (columns,)
    prices : ndarray of float, shape (rows,)
    objective : float
    """

    feasible: bool
    values: Floats
    reduced: Floats
    prices: Floats
    objective: float


_Engine: Callable[[], highspy.Highs] = highspy.Highs
_banner = threading.Lock()
_banner_shown = False


def new_engine() -> highspy.Highs:
    """A solver; the first one of a process prints a banner before it can be told to be quiet, so to nowhere."""
    global _banner_shown
    with _banner:
        if _banner_shown:
            return _Engine()
        sys.stdout.flush()
        library = ctypes.CDLL(None)
        library.fflush(None)
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            engine = _Engine()
            library.fflush(None)
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
        _banner_shown = True
        return engine


def _loaded(matrix: Matrix, *, whole: bool) -> highspy.Highs:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(matrix.cost), len(matrix.low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = matrix.cost, matrix.lower, matrix.upper
    lp.row_lower_, lp.row_upper_ = matrix.low, matrix.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.start, matrix.index, matrix.value
    if whole:
        kinds = [highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger]
        lp.integrality_ = [kinds[int(flag)] for flag in matrix.whole]
    engine = new_engine()
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", 1)
    engine.passModel(lp)
    return engine


def minimise(
    matrix: Matrix,
    patience: Patience,
    *,
    start: Floats | None = None,
    nodes: int | None = None,
    gap: float = 0.99,
    options: Options | None = None,
) -> Outcome:
    """Solve a mixed-integer programme.

    Parameters
    ----------
    matrix : Matrix
    patience : Patience
        When to stop.
    start : ndarray, optional
        A solution to begin with; HiGHS checks it.
    nodes : int, optional
        Stop after so many nodes: the same on every machine, unlike a time.
    gap : float
        Distance of solution and bound at which it counts as proven; below one yen by default.
    options : dict, optional
        Further options of HiGHS.

    Returns
    -------
    Outcome
    """
    if empty_rows_fail(matrix):
        return Outcome("infeasible", None, np.inf, np.inf)
    if patience.over:
        return Outcome("stopped", None, np.inf, -np.inf)
    if not len(matrix.cost):
        return Outcome("optimal", np.zeros(0), 0.0, 0.0)
    engine = _loaded(matrix, whole=True)
    engine.setOptionValue("mip_rel_gap", 0.0)
    engine.setOptionValue("mip_abs_gap", gap)
    engine.setOptionValue("time_limit", float(patience.left))
    if nodes is not None:
        engine.setOptionValue("mip_max_nodes", nodes)
    for name, value in (options or {}).items():
        engine.setOptionValue(name, value)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = list(start)
        engine.setSolution(given)
    _run(engine, patience)
    outcome = _outcome(engine)
    if start is not None and outcome.values is not None and not _consistent(matrix, outcome):
        # HiGHS 1.16 may hand back the start with the objective of the optimum when presolve alone solves the rest.
        return minimise(matrix, patience, nodes=nodes, gap=gap, options=options)
    return outcome


def empty_rows_fail(matrix: Matrix) -> bool:
    """Whether a row without any column can't hold: HiGHS may call such a programme empty and so optimal."""
    empty = np.diff(matrix.start) == 0
    return bool(np.any(matrix.low[empty] > TOLERANCE) or np.any(matrix.high[empty] < -TOLERANCE))


def _consistent(matrix: Matrix, outcome: Outcome) -> bool:
    if outcome.values is None:
        return True
    return abs(float(matrix.cost @ outcome.values) - outcome.objective) <= 1e-6 * max(1.0, abs(outcome.objective))


def _run(engine: highspy.Highs, patience: Patience) -> None:
    def stop_if_over(event: highspy.HighsCallbackEvent) -> None:
        if patience.over:
            event.interrupt()

    engine.cbMipInterrupt.subscribe(stop_if_over)
    engine.cbSimplexInterrupt.subscribe(stop_if_over)
    engine.run()


def _outcome(engine: highspy.Highs) -> Outcome:
    info = engine.getInfo()
    status = engine.getModelStatus()
    if status == highspy.HighsModelStatus.kOptimal:
        name = "optimal"
    elif status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        name = "infeasible"
    elif status == highspy.HighsModelStatus.kModelEmpty:
        name = "optimal"
    else:
        name = "stopped"
    has_values = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible or status in (
        highspy.HighsModelStatus.kModelEmpty,
    )
    values = np.array(engine.getSolution().col_value, dtype=np.float64) if has_values else None
    bound = float(info.mip_dual_bound)
    objective = float(info.objective_function_value) if has_values else np.inf
    return Outcome(name, values, objective, bound)


def relax(matrix: Matrix, patience: Patience) -> Relaxed:
    """Solve the linear relaxation."""
    engine = _loaded(matrix, whole=False)
    engine.setOptionValue("time_limit", max(0.1, float(patience.left)))
    _run_relaxation(engine, patience)
    solution = engine.getSolution()
    feasible = engine.getModelStatus() in (
        highspy.HighsModelStatus.kOptimal,
        highspy.HighsModelStatus.kModelEmpty,
    )
    return Relaxed(
        feasible=feasible,
        values=np.array(solution.col_value),
        reduced=np.array(solution.col_dual),
        prices=np.array(solution.row_dual),
        objective=float(engine.getInfo().objective_function_value),
    )


def quadratic(cost: Floats, curve: Floats | None, rows: Floats, high: Floats, *, whole_row: bool) -> Floats:
    """Minimise cost·x + ½ Σ curve·x² over free x under rows·x ≤ high; with `whole_row` the last row is an equality.

    Parameters
    ----------
    cost, curve : ndarray, shape (n,)
    rows : ndarray, shape (m, n)
    high : ndarray, shape (m,)

    Returns
    -------
    ndarray, shape (n,)
    """
    lp = highspy.HighsLp()
    count = len(cost)
    lp.num_col_, lp.num_row_ = count, len(high)
    lp.col_cost_ = cost
    lp.col_lower_, lp.col_upper_ = np.full(count, -INFINITY), np.full(count, INFINITY)
    low = np.full(len(high), -INFINITY)
    if whole_row:
        low[-1] = high[-1]
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = count, len(high)
    places, columns = np.nonzero(rows)
    lp.a_matrix_.start_ = np.searchsorted(places, np.arange(len(high) + 1)).astype(np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = columns.astype(np.int32), rows[places, columns]
    engine = new_engine()
    engine.setOptionValue("output_flag", False)
    engine.setOptionValue("threads", 1)
    engine.passModel(lp)
    if curve is not None:
        hessian = highspy.HighsHessian()
        hessian.dim_ = count
        hessian.format_ = highspy.HessianFormat.kTriangular
        hessian.start_ = np.arange(count + 1, dtype=np.int32)
        hessian.index_ = np.arange(count, dtype=np.int32)
        hessian.value_ = curve
        engine.passHessian(hessian)
    engine.run()
    return np.array(engine.getSolution().col_value)


def _run_relaxation(engine: highspy.Highs, patience: Patience) -> None:
    def stop_if_over(event: highspy.HighsCallbackEvent) -> None:
        if patience.interrupted:
            event.interrupt()

    engine.cbSimplexInterrupt.subscribe(stop_if_over)
    engine.run()

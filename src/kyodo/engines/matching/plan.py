"""From a problem to a checked, explained result: the one call that pages, jobs and the command line make."""

from __future__ import annotations

from math import inf

from kyodo.engines.matching.fair import search_fairly
from kyodo.engines.matching.problem import Problem
from kyodo.engines.matching.reasons import Reasons
from kyodo.engines.matching.result import Result
from kyodo.engines.matching.solver.search import Progress, search
from kyodo.engines.matching.steady import search_steadily
from kyodo.engines.matching.verify import CheckFailedError, verify
from kyodo.engines.matching.what_if import eased, next_half_days, next_specialists
from kyodo.engines.patience import Patience


def plan(
    problem: Problem,
    *,
    time_limit: float = inf,
    seed: int = 0,
    fair: bool = False,
    steady: float | None = None,
    progress: Progress | None = None,
) -> Result:
    """Plan a quarter, check the plan, and explain it.

    Parameters
    ----------
    problem : Problem
    time_limit : float
        Seconds for the search; reasons and what-ifs take a few more.
    seed : int
        Of the order in which things are tried. A proven objective does not depend on it.
    fair : bool
        By levels: uncovered small municipalities, the least share of a population band, points.
    steady : float, optional
        With a published plan: as few changes as this part more of the points allows; 0.01 for one per cent.
    progress : callable, optional
        Told points, bound and seconds.

    Returns
    -------
    Result

    Raises
    ------
    ValueError
        If both `fair` and `steady` are asked for: which of the two would come first is nobody's decision yet.
    CheckFailedError
        If the plan breaks a rule that no pin brings: a fault of this program.
    """
    if fair and steady is not None:
        raise ValueError("fair and steady can't both be asked for")
    with Patience(time_limit) as patience:
        if fair:
            outcome = search_fairly(problem, patience, seed=seed, progress=progress)
        elif steady is not None and problem.published:
            outcome = search_steadily(problem, steady, patience, seed=seed, progress=progress)
        else:
            outcome = search(problem, patience, seed=seed, progress=progress)
        faults = verify(problem, outcome.plan, objective=outcome.objective)
        if any(not fault.by_pins for fault in faults):
            raise CheckFailedError(", ".join(fault.rule for fault in faults if not fault.by_pins))
        served = {one.request for one in outcome.plan}
        unmet = [number for number in range(len(problem.requests)) if number not in served]
        reasons = Reasons(outcome.bench.options, outcome.plan)
        proven = outcome.proven
        told = [reasons.of(number) for number in unmet]
        others = next_specialists(problem, unmet, patience.fresh(inf))
        others += next_half_days(outcome.bench.options, unmet, outcome.prices)
        others += eased(problem, outcome.plan, unmet, outcome.objective, patience.fresh(inf)) if proven else []
        return Result(
            problem=problem, options=outcome.bench.options, plan=outcome.plan,
            status="optimal" if proven else "feasible", objective=outcome.objective, bound=outcome.bound, unmet=told,
            warnings=faults, what_ifs=others, seed=seed, seconds=patience.used,
        )  # fmt: skip

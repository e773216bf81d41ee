"""From a problem to a checked, explained result: the one call that pages, jobs and the command line make."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from kyodo.engines.award.infeasible import explain_infeasible
from kyodo.engines.award.pricing import price
from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.result import Result
from kyodo.engines.award.solver.search import Found, find_award
from kyodo.engines.award.ties import Settled, settle
from kyodo.engines.award.variants import rule_names, without_rules
from kyodo.engines.award.verify import CheckFailedError, verify
from kyodo.engines.award.what_if import Changed, changed_problem, rule_prices, what_if
from kyodo.engines.patience import Patience
from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _

TIE_SECONDS = 20.0  # to look for other awards of the same total
SHARE_SECONDS = 10.0  # to find out what the share rules cost
CONFLICT_SECONDS = 30.0  # to find out which rules conflict
RULES = "rules"


def solve(
    problem: Problem,
    *,
    time_limit: float = inf,
    seed: int = 0,
    changes: Sequence[str] = (),
    warnings: tuple[Sentence, ...] = (),
    start: Award | None = None,
) -> Result:
    """Find, prove, check and explain the award of a problem.

    Parameters
    ----------
    problem : Problem
    time_limit : float
        Seconds for the search; each what-if may take as long again, ties and conflicts have limits of their own.
    seed : int
        For heuristics. A proven total does not depend on it.
    changes : sequence of str
        What-ifs: `without:ID`, `local`, `winners:N`, `rules`.
    warnings : tuple of Sentence
        From reading, passed on.
    start : Award, optional
        To begin with.

    Returns
    -------
    Result

    Raises
    ------
    UnknownChangeError
        If a what-if can't be read.
    CheckFailedError
        If an award breaks a rule: a fault of this program.
    """
    asked = [change for change in changes if change != RULES]
    for change in asked:
        changed_problem(problem, change)
    with Patience(time_limit) as patience:
        found = find_award(problem, patience, seed=seed, start=start)
        settled = None
        if found.award is not None:
            settled = settle(problem, found, patience.fresh(TIE_SECONDS))
            _check(problem, settled.award, found.total)
        conflicts = []
        if found.status == "infeasible":
            conflicts = explain_infeasible(problem, patience.fresh(CONFLICT_SECONDS))
        told = [*warnings, *_told_of(problem, found, settled, patience)]
        award = settled.award if settled else None
        others = [what_if(problem, c, patience.fresh(time_limit), award=award, seed=seed) for c in asked]
        prices: list[Changed] = []
        if RULES in changes:
            prices = rule_prices(problem, patience.fresh(time_limit), award=award, seed=seed)
        return Result(problem, found, settled, conflicts, others, prices, tuple(told), seed, patience.used)


def _told_of(problem: Problem, found: Found, settled: Settled | None, patience: Patience) -> list[Sentence]:
    """What share rules cost, and a tie that was not settled by its rule, as warnings."""
    if settled is None or found.status != "optimal":
        return []
    told = []
    if not settled.complete:
        told.append(Sentence(_("時間が足りず、同価の決め方を最後まで適用していません。")))
    cost = _cost_of_shares(problem, settled.award, patience.fresh(SHARE_SECONDS))
    if cost > 0:
        text = _("割合の上限のために {cost} 円高くなっています。ほかで高い応札を選ぶとゆるむ規則です。")
        told.append(Sentence(text, {"cost": cost}))
    return told


def announcement(problem: Problem) -> Sentence:
    """What is about to be searched, for whoever waits."""
    facts = {"lots": len(problem.lots), "offers": len(problem.offers), "packages": len(problem.packages)}
    text = _("{lots} 区分に応札 {offers} 件、一括 {packages} 件。Ctrl-C でそれまでの最良を出します。")
    return Sentence(text, facts)


def _cost_of_shares(problem: Problem, award: Award, patience: Patience) -> int:
    """Yen that the share rules cost; 0 where there are none, they do not bind, or there was no time to know."""
    stated = any(name.startswith("max_share:") for name in rule_names(problem))
    if not stated or problem.evaluation.by_points:
        return 0
    free = find_award(without_rules(problem, {"max_share"}), patience, start=award)
    return price(problem, award).total - free.total if free.status == "optimal" and free.total is not None else 0


def _check(problem: Problem, award: Award, total: int | None) -> None:
    faults = verify(problem, award, total=total)
    if faults:
        raise CheckFailedError(", ".join(fault.rule for fault in faults))

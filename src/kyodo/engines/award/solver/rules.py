"""The rows that hold for the award as a whole, the same for both formulations: share, budget, winners, lots a supplier.

Each formulation says what its columns mean as `Use`s; the rules are built from them. Spending goes through one column
a supplier and one for the total: the share rule then has two terms instead of thousands.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kyodo.engines.award.problem import Problem
from kyodo.engines.award.solver.model import INFINITY, Model


@dataclass(frozen=True, slots=True)
class Use:
    """What one unit of a column means.

    Parameters
    ----------
    column : int
    supplier : str
    yen : int
    lots : tuple of int
        Lots in which the supplier delivers when a 0/1 column is 1; empty for a quantity.
    wins : bool
        Whether the column is 0/1 and 1 makes the supplier a winner.
    """

    column: int
    supplier: str
    yen: int
    lots: tuple[int, ...] = ()
    wins: bool = True


@dataclass(slots=True)
class Totals:
    """Columns of the model that count.

    Parameters
    ----------
    total : int or None
        Everything that is paid; only where a share rule needs it.
    spend, winner : dict of supplier to column
    """

    total: int | None = None
    spend: dict[str, int] = field(default_factory=dict)
    winner: dict[str, int] = field(default_factory=dict)


def add_whole_rules(problem: Problem, model: Model, uses: list[Use]) -> Totals:
    """Add the rows of all rules that count over the whole award."""
    totals = Totals()
    _add_share(problem, model, uses, totals)
    _add_budget(problem, model, uses, totals)
    _add_winners(problem, model, uses, totals)
    return totals


def _add_share(problem: Problem, model: Model, uses: list[Use], totals: Totals) -> None:
    limited = {supplier.id: supplier.max_share for supplier in problem.suppliers if supplier.max_share is not None}
    if not any(use.supplier in limited for use in uses):
        return
    spends: dict[str, dict[int, int]] = defaultdict(dict)
    for use in uses:
        if use.yen:
            spends[use.supplier][use.column] = spends[use.supplier].get(use.column, 0) + use.yen
    totals.total = model.column(0, upper=INFINITY, whole=False)
    whole = {totals.total: -1}
    for supplier, terms in spends.items():
        if supplier in limited:
            column = model.column(0, upper=INFINITY, whole=False)
            model.row("", {**terms, column: -1}, 0, 0)
            whole[column] = 1
            totals.spend[supplier] = column
            share = limited[supplier]
            model.row(
                f"max_share:{supplier}", {column: share.denominator, totals.total: -share.numerator}, -INFINITY, 0
            )
        else:
            whole.update(terms)
    model.row("", whole, 0, 0)


def add_share_ceilings(problem: Problem, model: Model, uses: list[Use], most: int) -> None:
    """For awards of at most `most` yen: nobody limited can get more than their share of that.

    Implied by the share rule, but a plain knapsack: solvers know strong cuts for it, and none for a share of a sum
    that moves. Measured on tight shares: three to six times faster.
    """
    spends: dict[str, dict[int, int]] = defaultdict(dict)
    for use in uses:
        if use.yen:
            spends[use.supplier][use.column] = spends[use.supplier].get(use.column, 0) + use.yen
    for supplier, terms in spends.items():
        share = problem.supplier_of[supplier].max_share
        if share is not None and share < 1:
            model.row("", terms, -INFINITY, most * share.numerator // share.denominator)


def _add_budget(problem: Problem, model: Model, uses: list[Use], totals: Totals) -> None:
    budget = problem.rules.budget
    if budget is None:
        return
    terms: dict[int, int] = defaultdict(int)
    if totals.total is not None:
        terms[totals.total] = 1
    else:
        for use in uses:
            terms[use.column] += use.yen
    model.row("budget", dict(terms), -INFINITY, budget)


def _add_winners(problem: Problem, model: Model, uses: list[Use], totals: Totals) -> None:
    rules = problem.rules
    winning: dict[str, list[Use]] = defaultdict(list)
    for use in uses:
        if use.wins:
            winning[use.supplier].append(use)
    most = rules.max_winners if rules.max_winners is not None and rules.max_winners < len(winning) else None
    if most is None and not rules.min_winners:
        return
    for supplier, own in winning.items():
        flag = model.column()
        totals.winner[supplier] = flag
        if most is not None:
            for use in own:
                model.row("", {use.column: 1, flag: -1}, -INFINITY, 0)
        if rules.min_winners:
            model.row("", {flag: 1, **{use.column: -1 for use in own}}, -INFINITY, 0)
    every = dict.fromkeys(totals.winner.values(), 1)
    if most is not None:
        model.row("max_winners", every, -INFINITY, most)
    if rules.min_winners:
        model.row("min_winners", every, rules.min_winners, INFINITY)

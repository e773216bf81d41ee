"""What the total would be if a supplier were gone, only local ones took part, fewer won, or a rule were dropped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.solver.search import Found, find_award
from kyodo.engines.award.variants import FAMILIES, only_suppliers, rule_names, without_rules
from kyodo.engines.patience import Patience


class UnknownChangeError(ValueError):
    """A change that nobody knows, or a supplier that is not in the problem."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The outcome of one change.

    Parameters
    ----------
    change : str
        As it was asked for, or the family of rules that was dropped.
    status : str
    total : int or None
    bound : float
    """

    change: str
    status: str
    total: int | None
    bound: float


def changed_problem(problem: Problem, change: str) -> Problem:
    """The problem after a change: `without:ID`, `local`, `winners:N`.

    Raises
    ------
    UnknownChangeError
        If the change can't be read or names no supplier.
    """
    kind, _, value = change.partition(":")
    everybody = {supplier.id for supplier in problem.suppliers}
    if kind == "without" and value in everybody:
        return only_suppliers(problem, everybody - {value})
    if change == "local":
        return only_suppliers(problem, {supplier.id for supplier in problem.suppliers if supplier.local})
    if kind == "winners" and value.isdecimal() and int(value) >= 1:
        fewest = problem.rules.min_winners
        most = int(value)
        fewest = None if fewest is None else min(fewest, most)
        return replace(problem, rules=replace(problem.rules, max_winners=most, min_winners=fewest))
    raise UnknownChangeError(change)


def what_if(problem: Problem, change: str, patience: Patience, *, award: Award | None, seed: int = 0) -> Changed:
    """Solve the changed problem, beginning with the present award where its parts still exist."""
    other = changed_problem(problem, change)
    found = find_award(other, patience, seed=seed, start=_carried(problem, other, award))
    return _changed(change, found)


def rule_prices(problem: Problem, patience: Patience, *, award: Award | None, seed: int = 0) -> list[Changed]:
    """The total without each family of rules that the problem states; the present award remains valid, so it starts."""
    stated = {name.partition(":")[0] for name in rule_names(problem)}
    if problem.evaluation.by_points:  # its scores need one source and the reserve
        stated -= {"single_source_per_lot", "reserve"}
    found = []
    for family in FAMILIES:
        if family in stated:
            other = without_rules(problem, {family})
            found.append(_changed(family, find_award(other, patience, seed=seed, start=award)))
    return found


def _changed(change: str, found: Found) -> Changed:
    return Changed(change, found.status, found.total, found.bound)


def _carried(problem: Problem, other: Problem, award: Award | None) -> Award | None:
    """The award in the numbers of the other problem; None if a part of it is gone."""
    if award is None:
        return None
    offers = {offer.id: number for number, offer in enumerate(other.offers)}
    packages = {package.id: number for number, package in enumerate(other.packages)}
    parts = {}
    for offer, lot, quantity in award.parts:
        identity = problem.offers[offer].id
        if identity not in offers:
            return None
        parts[offers[identity], lot] = quantity
    taken = [packages.get(problem.packages[number].id, -1) for number in award.packages]
    return None if -1 in taken else Award.of(parts, taken)

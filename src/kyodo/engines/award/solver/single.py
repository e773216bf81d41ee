"""The single-source formulation: which choices to take, each lot served by exactly one of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.solver.choices import Choice, all_choices
from kyodo.engines.award.solver.model import INFINITY, Floats, Model
from kyodo.engines.award.solver.rules import Totals, Use, add_whole_rules


@dataclass(frozen=True, slots=True)
class SingleSource:
    """A model whose first columns are the choices.

    Parameters
    ----------
    problem : Problem
    choices : list of Choice
        Choice j is column j.
    model : Model
    totals : Totals
    unfilled : dict of lot number to column
        1 when the lot stays empty; only with `allow_unfilled`.
    uses : list of Use
    """

    problem: Problem
    choices: list[Choice]
    model: Model
    totals: Totals
    unfilled: dict[int, int]
    uses: list[Use]

    def award(self, values: Floats) -> Award:
        """The award that a solution stands for."""
        parts: dict[tuple[int, int], int] = {}
        packages = []
        for choice, value in zip(self.choices, values, strict=False):
            if value > 0.5:
                if choice.package is not None:
                    packages.append(choice.package)
                elif choice.offer is not None:
                    for lot in choice.lots:
                        parts[choice.offer, lot] = self.problem.lots[lot].size
        return Award.of(parts, packages)

    def values(self, award: Award) -> Floats | None:
        """The solution that stands for an award; None if a choice of it is not in the model."""
        place = {(choice.offer, choice.package, choice.lots): j for j, choice in enumerate(self.choices)}
        taken: dict[int, list[int]] = defaultdict(list)
        for offer, lot, _quantity in award.parts:
            taken[offer].append(lot)
        wanted: list[tuple[int | None, int | None, tuple[int, ...]]] = [
            (offer, None, tuple(lots)) for offer, lots in taken.items()
        ]
        wanted += [(None, package, self.problem.lots_of_package[package]) for package in award.packages]
        found = np.zeros(len(self.model.cost))
        for key in wanted:
            if key not in place:
                return None
            found[place[key]] = 1
        return complete(self, found, award)

    @property
    def decisions(self) -> list[int]:
        """All 0/1 columns of offers, tiers and packages."""
        return list(range(len(self.choices)))

    def pattern(self, award: Award) -> list[int]:
        """The choices that an award takes."""
        values = self.values(award)
        return [] if values is None else [j for j in range(len(self.choices)) if values[j] > 0.5]


def complete(built: SingleSource, found: Floats, award: Award) -> Floats:
    """Fill in the columns that follow from the choices."""
    filled = {lot for _offer, lot, _quantity in award.parts}
    for package in award.packages:
        filled.update(built.problem.lots_of_package[package])
    for lot, column in built.unfilled.items():
        found[column] = 0 if lot in filled else 1
    total = 0.0
    for choice, value in zip(built.choices, found, strict=False):
        if value:
            total += choice.amount
            if choice.supplier in built.totals.spend:
                found[built.totals.spend[choice.supplier]] += choice.amount
            if choice.supplier in built.totals.winner:
                found[built.totals.winner[choice.supplier]] = 1
    if built.totals.total is not None:
        found[built.totals.total] = total
    return found


def build_single(problem: Problem, choices: list[Choice] | None = None) -> SingleSource:
    """Set partitioning of the lots by choices, with the rules that bind across lots."""
    choices = all_choices(problem) if choices is None else choices
    model = Model()
    by_lot: dict[int, dict[int, int]] = {lot: {} for lot in range(len(problem.lots))}
    by_offer: dict[int, dict[int, int]] = defaultdict(dict)
    for choice in choices:
        column = model.column(choice.amount)
        for lot in choice.lots:
            by_lot[lot][column] = 1
        if choice.offer is not None and problem.offers[choice.offer].everywhere:
            by_offer[choice.offer][column] = 1
    unfilled = {lot: model.column() for lot in by_lot} if problem.rules.allow_unfilled else {}
    for lot, terms in by_lot.items():
        if lot in unfilled:
            terms[unfilled[lot]] = 1
        model.row(f"lot:{problem.lots[lot].name}", terms, 1, 1)
    for terms in by_offer.values():
        if len(terms) > 1:
            model.row("", terms, -INFINITY, 1)
    _add_capacity(problem, choices, model)
    uses = [Use(j, choice.supplier, choice.amount, choice.lots) for j, choice in enumerate(choices)]
    _add_most_lots(problem, uses, model)
    totals = add_whole_rules(problem, model, uses)
    return SingleSource(problem, choices, model, totals, unfilled, uses)


def _add_capacity(problem: Problem, choices: list[Choice], model: Model) -> None:
    terms: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for column, choice in enumerate(choices):
        for lot in choice.lots:
            item, size = problem.lots[lot].item, problem.lots[lot].size
            if item in problem.supplier_of[choice.supplier].capacity:
                own = terms[choice.supplier, item]
                own[column] = own.get(column, 0) + size
    for (supplier, item), own in terms.items():
        most = problem.supplier_of[supplier].capacity[item]
        lots = {lot for column in own for lot in choices[column].lots if problem.lots[lot].item == item}
        if sum(problem.lots[lot].size for lot in lots) > most:
            model.row(f"capacity:{supplier}:{item}", own, -INFINITY, most)


def _add_most_lots(problem: Problem, uses: list[Use], model: Model) -> None:
    for supplier in problem.suppliers:
        if supplier.max_lots is not None:
            own = [use for use in uses if use.supplier == supplier.id]
            if len({lot for use in own for lot in use.lots}) > supplier.max_lots:
                terms = {use.column: len(use.lots) for use in own}
                model.row(f"max_lots:{supplier.id}", terms, -INFINITY, supplier.max_lots)

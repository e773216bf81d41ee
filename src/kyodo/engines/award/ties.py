"""Awards that cost the same to the yen: whether there are any, and which is taken by a rule anybody can recompute."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kyodo.engines.award.pricing import price
from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.score import score
from kyodo.engines.award.solver.formulation import Formulation, forbid, formulate
from kyodo.engines.award.solver.highs import relax
from kyodo.engines.award.solver.model import INFINITY, Model, as_matrix
from kyodo.engines.award.solver.proof import AddRows, Goal, Proof, prove
from kyodo.engines.award.solver.rules import add_share_ceilings
from kyodo.engines.award.solver.search import Found, empty_lots, yen_goal
from kyodo.engines.award.solver.several import SeveralSources
from kyodo.engines.award.solver.single import SingleSource
from kyodo.engines.patience import Patience

Winner = tuple[str, str]  # rank of the supplier, id of the offer or package
MOST_NEAR_TIES = 20  # awards of as many rounded points that are compared exactly


@dataclass(frozen=True, slots=True)
class Settled:
    """The award after the tie rule.

    Parameters
    ----------
    award : Award
    exists : bool or None
        Whether another award is as good to the yen; None if there was no time to know.
    chosen_by : str
        `report`, `supplier_id` or `draw`.
    complete : bool
        Whether the tie rule was followed to its end.
    """

    award: Award
    exists: bool | None
    chosen_by: str
    complete: bool = True


def settle(problem: Problem, found: Found, patience: Patience) -> Settled:
    """Look for ties of a proven award and choose by the problem's rule.

    Parameters
    ----------
    problem : Problem
    found : Found
        With an award.
    patience : Patience

    Returns
    -------
    Settled
    """
    award = found.award
    if award is None:
        raise ValueError("there is no award to settle")
    rule = problem.rules.tie
    if found.status != "optimal":
        return Settled(award, None, rule, complete=False)
    search = _Ties(problem, found, award, patience)
    exists = search.exists()
    if rule == "report" or not exists:
        return Settled(award, exists, rule, complete=exists is not None or rule == "report")
    chosen = search.first_by_rank()
    return Settled(chosen, exists, rule, complete=search.complete)


def rank_of(problem: Problem) -> Callable[[str], str]:
    """Sort key of suppliers: their id, or the SHA-256 of seed + ":" + id."""
    if problem.rules.tie != "draw":
        return lambda supplier: supplier
    seed = problem.rules.draw_seed
    return lambda supplier: hashlib.sha256(f"{seed}:{supplier}".encode()).hexdigest()


class _Ties:
    def __init__(self, problem: Problem, found: Found, award: Award, patience: Patience) -> None:
        self.problem = problem
        self.found = found
        self.award = award
        self.patience = patience
        self.total = price(problem, award).total
        self.points = score(problem, award) if problem.evaluation.by_points else None
        self.complete = True
        self.formulation = found.formulation
        if isinstance(self.formulation, SeveralSources):
            self.formulation = formulate(problem, whole=True)
        self.rank = rank_of(problem)

    def exists(self) -> bool | None:
        other = self._other(lambda formulation, model: forbid(formulation, model, self.award))
        if other is not None or not self.complete:
            return True if other is not None else None
        return self._other_quantities() if isinstance(self.formulation, SeveralSources) else False

    def _as_good(self, formulation: Formulation, model: Model) -> None:
        self.found.rows(formulation, model)
        model.row("", dict(enumerate(formulation.model.cost)), -INFINITY, self.total)
        add_share_ceilings(self.problem, model, formulation.uses, self.total)

    def _other(self, add_rows: AddRows) -> Award | None:
        """An award as good as the best with further rows; None if there is none (or, incomplete, if time ran out)."""
        rejected: list[Award] = []
        for _try in range(MOST_NEAR_TIES):

            def rows(formulation: Formulation, model: Model) -> None:
                self._as_good(formulation, model)
                add_rows(formulation, model)
                for old in rejected:
                    forbid(formulation, model, old)

            proof = prove(self.formulation, yen_goal(self.problem), self.patience, most=self.total, add_rows=rows)
            if proof.award is None:
                self.complete &= proof.status == "infeasible"
                return None
            if self._equal(proof.award):
                return proof.award
            rejected.append(proof.award)
        self.complete = False
        return None

    def _equal(self, award: Award) -> bool:
        same_points = self.points is None or score(self.problem, award) == self.points
        same_empty = empty_lots(self.problem, award) == empty_lots(self.problem, self.award)
        return same_points and same_empty and price(self.problem, award).total == self.total

    def _other_quantities(self) -> bool | None:
        """Same offers, tiers and packages, other quantities: two opposite random goals meet only where there is one."""
        formulation = self.formulation
        if not isinstance(formulation, SeveralSources):
            return False
        draw = random.Random(0)  # noqa: S311  (any weights do, they only have to differ)
        weight = {key: draw.randint(1, 1_000_000) for key in {(o, lot) for o, _t, lot in formulation.quantity}}
        ends = []
        for sign in (1, -1):
            ends.append(self._end(formulation, weight, sign).award)
        if any(end is None for end in ends):
            return None
        return ends[0] != ends[1]

    def _end(self, formulation: SeveralSources, weight: dict[tuple[int, int], int], sign: int) -> Proof:
        def cost(_formulation: Formulation) -> list[int]:
            found = [0] * len(formulation.model.cost)
            for (offer, _tier, lot), column in formulation.quantity.items():
                found[column] = sign * weight[offer, lot]
            return found

        def same_pattern(inner: Formulation, model: Model) -> None:
            self._as_good(inner, model)
            on = set(inner.pattern(self.award))
            for column in on:
                model.row("", {column: 1}, 1, 1)
            model.row("", {column: 1 for column in inner.decisions if column not in on}, 0, 0)

        goal = Goal(cost, lambda award: sign * sum(weight[offer, lot] * q for offer, lot, q in award.parts))
        return prove(formulation, goal, self.patience, start=self.award, add_rows=same_pattern)

    def first_by_rank(self) -> Award:
        """Lot by lot in order, the first possible list of winners."""
        possible = self._possible_columns()
        fixed: list[tuple[list[int], float, float]] = []
        for lot in range(len(self.problem.lots)):
            there = self._winners_at(lot)
            there = {winner: columns for winner, columns in there.items() if possible & set(columns)}
            self._first_at_lot(lot, there, fixed)
            if self.patience.over:
                self.complete = False
                break
        return self.award

    def _first_at_lot(
        self, lot: int, there: dict[Winner, list[int]], fixed: list[tuple[list[int], float, float]]
    ) -> None:
        """Fix the list of winners of one lot, the smallest possible one first."""
        prefix: list[Winner] = []
        while True:
            current = [winner for winner in self._winners_of(lot) if winner in there]
            if not current:  # an empty lot comes after every winner
                if there and self._try([*fixed, ([c for columns in there.values() for c in columns], 1, INFINITY)]):
                    continue
                break
            if current == prefix:
                break  # the list ends here, and a list that ends comes before any longer one
            if prefix and self._try([*fixed, ([c for w in there if w not in prefix for c in there[w]], 0, 0)]):
                continue
            after = current[len(prefix)]
            earlier = [w for w in sorted(there) if w < after and w not in prefix and (not prefix or w > prefix[-1])]
            columns = [column for winner in earlier for column in there[winner]]
            if earlier and self._try([*fixed, (columns, 1, INFINITY)]):
                continue
            fixed.append((columns, 0, 0))
            fixed.append((there[after], 1, INFINITY))
            prefix.append(after)
        rest = [column for winner in there if winner not in prefix for column in there[winner]]
        fixed.append((rest, 0, 0))

    def _try(self, fixed: list[tuple[list[int], float, float]]) -> bool:
        def rows(_formulation: Formulation, model: Model) -> None:
            for columns, low, high in fixed:
                if columns:
                    model.row("", dict.fromkeys(columns, 1), low, high)

        other = self._other(rows)
        if other is None:
            return False
        self.award = other
        return True

    def _possible_columns(self) -> set[int]:
        """Columns whose reduced cost does not rule them out of every award of this total."""
        formulation = self.formulation
        model = Model(
            formulation.model.cost, formulation.model.upper, formulation.model.whole, list(formulation.model.rows)
        )
        self.found.rows(formulation, model)
        relaxed = relax(as_matrix(model), self.patience)
        if not relaxed.feasible:
            return set(range(len(model.cost)))
        slack = self.total - relaxed.objective + 1 + 1e-7 * abs(self.total)
        return {int(column) for column in np.flatnonzero(relaxed.reduced <= slack)}

    def _winners_at(self, lot: int) -> dict[Winner, list[int]]:
        """Columns by which each offer or package can serve a lot."""
        found: dict[Winner, list[int]] = {}
        formulation = self.formulation
        if isinstance(formulation, SingleSource):
            for column, choice in enumerate(formulation.choices):
                if lot in choice.lots:
                    found.setdefault(self._winner(choice.offer, choice.package), []).append(column)
        elif isinstance(formulation, SeveralSources):
            for (offer, _tier, at), column in formulation.quantity.items():
                if at == lot:
                    found.setdefault(self._winner(offer, None), []).append(column)
            for package, column in formulation.package.items():
                if lot in self.problem.lots_of_package[package]:
                    found.setdefault(self._winner(None, package), []).append(column)
        return found

    def _winner(self, offer: int | None, package: int | None) -> Winner:
        if offer is not None:
            return self.rank(self.problem.offers[offer].supplier), self.problem.offers[offer].id
        given = self.problem.packages[package or 0]
        return self.rank(given.supplier), given.id

    def _winners_of(self, lot: int) -> list[Winner]:
        found = [self._winner(offer, None) for offer, at, _quantity in self.award.parts if at == lot]
        found += [self._winner(None, p) for p in self.award.packages if lot in self.problem.lots_of_package[p]]
        return sorted(found)

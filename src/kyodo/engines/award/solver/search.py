"""Finds the award of a problem: fewest unfilled lots, then most points, then least yen, each proven or bounded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor

from kyodo.engines.award.pricing import price
from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.score import integer_scores, score, score_of
from kyodo.engines.award.solver.formulation import Formulation, forbid, formulate
from kyodo.engines.award.solver.model import INFINITY, Model
from kyodo.engines.award.solver.proof import AddRows, Goal, Proof, no_rows, prove
from kyodo.engines.award.solver.single import SingleSource
from kyodo.engines.award.solver.start import start_several, start_single
from kyodo.engines.award.verify import CheckFailedError, verify
from kyodo.engines.patience import Patience

MOST_NEAR_TIES = 60  # awards whose rounded points are as high as the best, compared exactly one by one


@dataclass(frozen=True, slots=True)
class Found:
    """The award of a problem and its proof.

    Parameters
    ----------
    status : str
        `optimal`, `feasible`, `infeasible`, `no_solution_found`.
    award : Award or None
    total : int or None
        Yen.
    bound : float
        In yen, or in points where points are maximised.
    unfilled : int
        Lots left empty.
    score : Fraction or None
    formulation : Formulation
    rows : callable
        Adds to a model what the earlier stages fixed: the awards left are those that are as good so far.
    """

    status: str
    award: Award | None
    total: int | None
    bound: float
    unfilled: int
    score: Fraction | None
    formulation: Formulation
    rows: AddRows


def find_award(problem: Problem, patience: Patience, *, seed: int = 0, start: Award | None = None) -> Found:
    """Find the best award.

    Parameters
    ----------
    problem : Problem
    patience : Patience
        Until when; the best so far is returned.
    seed : int
        For the heuristic start alone; a proven total does not depend on it.
    start : Award, optional
        An award to begin with, as from a similar problem; ignored if it is not valid here.

    Returns
    -------
    Found

    Raises
    ------
    CheckFailedError
        If the award does not pass the independent checker: a fault of this program.
    """
    formulation = formulate(problem)
    if start is not None and verify(problem, start):
        start = None
    stages = _Stages(problem, formulation, patience, seed, start)
    found = stages.run()
    if found.award is not None:
        faults = verify(problem, found.award, total=found.total)
        if faults:
            raise CheckFailedError(", ".join(fault.rule for fault in faults))
    return found


def yen_goal(problem: Problem) -> Goal:
    """Least total in yen."""
    return Goal(lambda formulation: formulation.model.cost, lambda award: price(problem, award).total, yen=True)


def empty_lots(problem: Problem, award: Award) -> int:
    """How many lots an award leaves empty."""
    filled = {lot for _offer, lot, _quantity in award.parts}
    for number in award.packages:
        filled.update(problem.lots_of_package[number])
    return len(problem.lots) - len(filled)


class _Stages:
    def __init__(
        self, problem: Problem, formulation: Formulation, patience: Patience, seed: int, start: Award | None
    ) -> None:
        self.problem = problem
        self.formulation = formulation
        self.patience = patience
        self.seed = seed
        self.best = start
        self.rows: AddRows = no_rows
        self.proven = True
        self.points_known = False

    def run(self) -> Found:
        if self.problem.rules.allow_unfilled:
            failed = self._stage(self._fewest_unfilled())
            if failed:
                return failed
        points: Proof | None = None
        if self.problem.evaluation.by_points:
            points = self._most_points()
            failed = self._stage(points)
            if failed:
                return failed
            self.points_known = True
        proof = self._prove(yen_goal(self.problem))
        failed = self._stage(proof)
        if failed:
            return failed
        return self._found(self._status(), proof.bound, points)

    def _status(self) -> str:
        return "optimal" if self.proven else "feasible"

    def _prove(self, goal: Goal) -> Proof:
        return prove(
            self.formulation,
            goal,
            self.patience,
            start=self.best,
            add_rows=self.rows,
            proposal=self._greedy,
        )

    def _greedy(self) -> Award | None:
        if isinstance(self.formulation, SingleSource):
            return start_single(self.problem, self.formulation.choices, self.seed)
        return start_several(self.problem)

    def _stage(self, proof: Proof) -> Found | None:
        """Take a stage's outcome over; a result if the search ends here."""
        if proof.award is None:
            return self._found(proof.status, proof.bound, None)
        if not self._loses_points(proof.award):
            self.best = proof.award
        self.proven &= proof.status == "optimal"
        return None

    def _loses_points(self, award: Award) -> bool:
        """Whether a cheaper award has fewer exact points: possible only where near ties were too many to compare."""
        if self.best is None or not self.points_known:
            return False
        return score(self.problem, award) < score(self.problem, self.best)

    def _found(self, status: str, bound: float, points: Proof | None) -> Found:
        award = self.best if status in ("optimal", "feasible") else None
        total = None if award is None else price(self.problem, award).total
        exact = None
        if award is not None and self.problem.evaluation.by_points:
            exact = score(self.problem, award)
            if points is not None:
                bound = float(exact) if points.status == "optimal" else max(float(exact), -points.bound)
        unfilled = 0 if award is None else empty_lots(self.problem, award)
        return Found(status, award, total, bound, unfilled, exact, self.formulation, self.rows)

    def _and(self, more: AddRows) -> None:
        before = self.rows

        def both(formulation: Formulation, model: Model) -> None:
            before(formulation, model)
            more(formulation, model)

        self.rows = both

    def _fewest_unfilled(self) -> Proof:
        def cost(formulation: Formulation) -> list[int]:
            empty = set(formulation.unfilled.values())
            return [int(column in empty) for column in range(len(formulation.model.cost))]

        proof = self._prove(Goal(cost, lambda award: empty_lots(self.problem, award)))
        if proof.value is not None:
            most = int(proof.value)

            def no_more(formulation: Formulation, model: Model) -> None:
                model.row("", dict.fromkeys(formulation.unfilled.values(), 1), -INFINITY, most)

            self._and(no_more)
        return proof

    def _most_points(self) -> Proof:
        """Maximise the exact score: by lots where nothing binds them together, else with integers and a comparison."""
        formulation = self.formulation
        if not isinstance(formulation, SingleSource):
            raise TypeError("points need single source and zone offers")
        exact = [
            score_of(self.problem, choice.offer, choice.lots[0]) or Fraction(0)
            for choice in formulation.choices
            if choice.offer is not None
        ]
        whole, unit = integer_scores(exact)
        cost = [-value for value in whole] + [0] * (len(formulation.model.cost) - len(whole))
        points_of = {choice.offer: value for choice, value in zip(formulation.choices, whole, strict=True)}
        goal = Goal(lambda _any: cost, lambda award: -sum(points_of[offer] for offer, _lot, _quantity in award.parts))
        proof = self._prove(goal)
        if proof.award is None or proof.value is None:
            return proof
        worse: list[Award] = []
        slack = 0
        if any(value * unit != points for value, points in zip(whole, exact, strict=True)):
            slack = len(self.problem.lots) + 1
            if proof.status == "optimal":
                proof, worse = self._compare_near_ties(proof, whole, slack, goal)
        least = -floor(proof.value or 0) - slack

        def as_good(_formulation: Formulation, model: Model) -> None:
            model.row("", dict(enumerate(whole)), least, INFINITY)
            for award in worse:
                forbid(formulation, model, award)

        self._and(as_good)
        return replace(proof, bound=float(proof.bound * unit))

    def _compare_near_ties(self, proof: Proof, whole: list[int], slack: int, goal: Goal) -> tuple[Proof, list[Award]]:
        """Rounding may have hidden a better award: look at every one that is as good to within the rounding.

        Returns the proof of the best by exact points, and the awards that are worse by less than the rounding.
        """
        formulation = self.formulation
        least = -floor(proof.value or 0) - slack
        seen: list[Award] = [] if proof.award is None else [proof.award]
        status = "feasible"
        for _try in range(MOST_NEAR_TIES):

            def others(_formulation: Formulation, model: Model) -> None:
                self.rows(formulation, model)
                model.row("", dict(enumerate(whole)), least, INFINITY)
                for old in seen:
                    forbid(formulation, model, old)

            other = prove(formulation, goal, self.patience, add_rows=others)
            if other.award is None:
                status = "optimal" if other.status == "infeasible" else "feasible"
                break
            seen.append(other.award)
        best = max(score(self.problem, award) for award in seen)
        chosen = next(award for award in seen if score(self.problem, award) == best)
        worse = [award for award in seen if score(self.problem, award) < best]
        return replace(proof, status=status, award=chosen), worse

"""Chooses the formulation of a problem, and says what any of them can do."""

from __future__ import annotations

from typing import Protocol

from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.solver.choices import choices_fit
from kyodo.engines.award.solver.model import INFINITY, Floats, Model
from kyodo.engines.award.solver.rules import Use
from kyodo.engines.award.solver.several import build_several
from kyodo.engines.award.solver.single import build_single


class Formulation(Protocol):
    """A model of a problem that can be read back."""

    @property
    def problem(self) -> Problem:
        """What it is a model of."""

    @property
    def model(self) -> Model:
        """Columns and rows."""

    @property
    def unfilled(self) -> dict[int, int]:
        """Column of each lot that may stay empty."""

    @property
    def uses(self) -> list[Use]:
        """What the columns mean in yen and lots."""

    @property
    def decisions(self) -> list[int]:
        """All 0/1 columns of offers, tiers and packages."""

    def award(self, values: Floats) -> Award:
        """The award that a solution stands for."""

    def values(self, award: Award) -> Floats | None:
        """The solution that stands for an award, if the model has one."""

    def pattern(self, award: Award) -> list[int]:
        """The 0/1 columns of offers, tiers and packages that an award switches on."""


def formulate(problem: Problem, *, whole: bool = False) -> Formulation:
    """Columns of choices for single source, quantities with switches otherwise.

    Parameters
    ----------
    problem : Problem
    whole : bool
        Make quantities integer columns; choices have none.
    """
    if problem.rules.single_source and choices_fit(problem):
        return build_single(problem)
    return build_several(problem, whole=whole)


def needs_whole(problem: Problem) -> bool:
    """Whether fractional quantities may come out of continuous columns: share, budget and reserve cut the flow."""
    several = not (problem.rules.single_source and choices_fit(problem))
    return several and (
        problem.rules.budget is not None
        or any(supplier.max_share is not None for supplier in problem.suppliers)
        or any(lot.reserve is not None for lot in problem.lots)
    )


def forbid(formulation: Formulation, model: Model, award: Award) -> None:
    """Add the row that excludes exactly this pattern of offers, tiers and packages."""
    on = set(formulation.pattern(award))
    terms = dict.fromkeys(formulation.decisions, -1)
    terms.update(dict.fromkeys(on, 1))
    model.row("", terms, -INFINITY, len(on) - 1)

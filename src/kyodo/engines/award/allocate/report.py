"""The report on how an award's cost is shared: `kyodo-award-allocation/1`."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from kyodo.engines.award.allocate.core import SECONDS, Search, least_core, worst_objection
from kyodo.engines.award.allocate.game import SavingsGame
from kyodo.engines.award.allocate.shapley import PERMUTATIONS, Shapley, shapley
from kyodo.engines.award.pricing import price, round_shares
from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.result import buyers_of
from kyodo.engines.patience import Patience
from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _

FORMAT = "kyodo-award-allocation/1"
RULES = ("uniform", "shapley", "core")


@dataclass(frozen=True, slots=True)
class Allocation:
    """Shares by buyer.

    Parameters
    ----------
    rule : str
    total : int
        Yen of the award.
    buyers : tuple of str
    amounts : list of int
        Whole yen, summing to the total.
    exact : list of Fraction or None
        Before rounding, where the rule is computed exactly.
    alone : list of int
        c of each buyer alone.
    errors : list of float or None
    search : Search
        For groups that would be better off alone.
    """

    rule: str
    total: int
    buyers: tuple[str, ...]
    amounts: list[int]
    exact: list[Fraction] | None
    alone: list[int]
    errors: list[float] | None
    search: Search

    @property
    def in_core(self) -> bool | None:
        """Whether no group would be better off alone; None if that is not known."""
        if self.search.worst is not None:
            return False
        return True if self.search.complete else None

    def document(self, language: str = "ja") -> dict[str, Any]:
        """The file's content."""
        worst = self.search.worst
        rounding = Sentence(_("1 円未満は端数の大きい順、同じならファイルの順に切り上げます。"))
        return {
            "format": FORMAT,
            "rule": self.rule,
            "total": self.total,
            "shares": [
                {
                    "buyer": buyer,
                    "amount": self.amounts[n],
                    "exact": None if self.exact is None else _fraction(self.exact[n]),
                    "alone": self.alone[n],
                    "saving": self.alone[n] - self.amounts[n],
                    "standard_error": None if self.errors is None else self.errors[n],
                }
                for n, buyer in enumerate(self.buyers)
            ],
            "in_core": self.in_core,
            "better_off_alone": [] if worst is None else [[self.buyers[n] for n in worst.members]],
            "remainder_rule": rounding.said(language),
        }


def allocate(
    problem: Problem,
    award: Award,
    *,
    rule: str = "uniform",
    seed: int = 0,
    permutations: int = PERMUTATIONS,
    seconds: float = SECONDS,
) -> Allocation:
    """Share an award's cost.

    Parameters
    ----------
    problem : Problem
    award : Award
    rule : str
        `uniform` (each buyer pays the awarded prices), `shapley`, or `core` (least core, nearest to Shapley).
    seed, permutations
        For sampling beyond 10 buyers.
    seconds : float
        For the search of groups that would be better off alone, beyond 10 buyers.

    Returns
    -------
    Allocation

    Notes
    -----
    Where rules made the award dearer than c of all buyers, the difference is shared equally: that is the Shapley value
    of the game in which all together pay what is really paid.
    """
    game = SavingsGame(problem)
    total = price(problem, award).total
    alone = [game.cost([buyer]) for buyer in range(len(game.buyers))]
    patience = Patience(seconds)
    errors = None
    exact: list[Fraction] | None
    if rule == "uniform":
        amounts = [int(row["amount"]) for row in buyers_of(problem, award)]
        shares = exact = [Fraction(amount) for amount in amounts]
    else:
        value = shapley(game, seed=seed, permutations=permutations)
        shares = _made_whole(value, total)
        exact = shares if value.exact else None
        errors = value.errors
        if rule == "core":
            shares, _complete = least_core(game, total, shares, patience)
            exact, errors = None, None
        amounts = round_shares(shares, total)
    search = worst_objection(game, shares, patience)
    if rule == "core":
        search = _beyond_rounding(search)
    return Allocation(rule, total, game.buyers, amounts, exact, alone, errors, search)


def _made_whole(value: Shapley, total: int) -> list[Fraction]:
    difference = total - sum(value.values, Fraction(0))
    return [share + difference / len(value.values) for share in value.values]


def _beyond_rounding(search: Search) -> Search:
    """The least core is computed in floats: an objection of less than a yen a member is none."""
    worst = search.worst
    if worst is not None and worst.gain <= len(worst.members):
        return Search(None, search.complete)
    return search


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"

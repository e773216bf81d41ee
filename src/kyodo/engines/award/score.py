"""Points of an award under 総合評価, as exact fractions: additive (加算方式) and division (除算方式).

Each lot × offer has one score, because such a tender has one source a lot, no packages and no `"*"` offers; the award's
score is their sum, so both methods are linear in the choices and need no fractional programming.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from kyodo.engines.award.pricing import whole_price
from kyodo.engines.award.problem import Award, Problem

SCALE_DIGITS = 9  # of the largest score, kept when scores are handed to the solver as integers


def score_of(problem: Problem, offer: int, lot: int) -> Fraction | None:
    """Exact points of one offer in its lot; None below the minimum order.

    Additive: technical + price_points × (1 − amount / reserve). Division: technical / amount.
    """
    given, wanted = problem.offers[offer], problem.lots[lot]
    amount = whole_price(given, wanted.size)
    if amount is None:
        return None
    technical = problem.supplier_of[given.supplier].points(wanted) or Fraction(0)
    if problem.evaluation.method == "division":
        return technical / amount
    if wanted.reserve is None:
        raise ValueError(f"{wanted.name} has no reserve")
    return technical + problem.evaluation.price_points * (1 - Fraction(amount, wanted.reserve))


def score(problem: Problem, award: Award) -> Fraction:
    """Exact points of an award."""
    total = Fraction(0)
    for offer, lot, _quantity in award.parts:
        total += score_of(problem, offer, lot) or Fraction(0)
    return total


def integer_scores(exact: list[Fraction]) -> tuple[list[int], Fraction]:
    """Scores as integers for a solver, and how many points one unit is worth.

    Where a small common denominator exists nothing is rounded; otherwise the largest score keeps `SCALE_DIGITS` digits.
    """
    largest = max((abs(value) for value in exact), default=Fraction(0))
    if not largest:
        return [0] * len(exact), Fraction(1)
    denominator = 1
    for value in exact:
        denominator = denominator * value.denominator // gcd(denominator, value.denominator)
        if denominator * largest > 10**SCALE_DIGITS:
            unit = largest / 10**SCALE_DIGITS
            return [round(value / unit) for value in exact], unit
    return [int(value * denominator) for value in exact], Fraction(1, denominator)

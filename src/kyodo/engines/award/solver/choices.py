"""Single source: one column for each set of whole lots that an offer or package can win, each with one exact price.

A zone offer has one price in its lot; a `"*"` offer has one price for each set of zones that it may win (31 sets for 5
zones), which does away with tier switches altogether: what is left is set partitioning, whose relaxation is tight.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from kyodo.engines.award.pricing import fee_for_lot, unit_price
from kyodo.engines.award.problem import Offer, Problem, Supplier

MOST_ZONES = 8  # 255 sets of zones an offer; with more, tier switches are smaller


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to win whole lots.

    Parameters
    ----------
    supplier : str
    offer, package : int or None
        Exactly one of them is a number.
    lots : tuple of int
    amount : int
        Yen for all of it, the fee included.
    """

    supplier: str
    offer: int | None
    package: int | None
    lots: tuple[int, ...]
    amount: int


def choices_fit(problem: Problem) -> bool:
    """Whether every `"*"` offer has few enough zones for a column a set."""
    return all(len(lots) <= MOST_ZONES for lots in problem.lots_of_offer)


def all_choices(problem: Problem) -> list[Choice]:
    """Every choice that could stand by itself: minimum order, reserve, capacity, technical minimum are met."""
    found = []
    for number, offer in enumerate(problem.offers):
        supplier = problem.supplier_of[offer.supplier]
        lots = [lot for lot in problem.lots_of_offer[number] if technically_fit(problem, supplier, lot)]
        for chosen in _subsets(lots):
            amount = amount_of(problem, offer, supplier, chosen)
            if amount is not None:
                found.append(Choice(supplier.id, number, None, chosen, amount))
    for number, package in enumerate(problem.packages):
        if package_stands(problem, number):
            found.append(Choice(package.supplier, None, number, problem.lots_of_package[number], package.price))
    return found


def _subsets(lots: list[int]) -> Iterator[tuple[int, ...]]:
    for count in range(1, len(lots) + 1):
        yield from combinations(lots, count)


def technically_fit(problem: Problem, supplier: Supplier, lot: int) -> bool:
    """Whether a supplier has the technical points that are asked for at least."""
    least = problem.evaluation.minimum_technical
    return least is None or (supplier.points(problem.lots[lot]) or 0) >= least


def amount_of(problem: Problem, offer: Offer, supplier: Supplier, lots: tuple[int, ...]) -> int | None:
    """Yen for whole lots through one offer, fee included; None if it can't serve exactly these."""
    quantity = sum(problem.lots[lot].size for lot in lots)
    each = unit_price(offer, quantity)
    if each is None or quantity > supplier.capacity.get(offer.item, quantity):
        return None
    for lot in lots:
        reserve = problem.lots[lot].reserve
        if reserve is not None and each * problem.lots[lot].size + fee_for_lot(offer) > reserve:
            return None
    return each * quantity + offer.fixed_fee


def package_ceiling(problem: Problem, number: int) -> int | None:
    """The sum of the reserves of a package's lots; None where one has none."""
    total = 0
    for lot in problem.lots_of_package[number]:
        reserve = problem.lots[lot].reserve
        if reserve is None:
            return None
        total += reserve
    return total


def package_stands(problem: Problem, number: int) -> bool:
    """Whether a package meets reserve, capacity and technical minimum by itself."""
    package = problem.packages[number]
    supplier = problem.supplier_of[package.supplier]
    ceiling = package_ceiling(problem, number)
    if ceiling is not None and package.price > ceiling:
        return False
    units: dict[str, int] = {}
    for lot in problem.lots_of_package[number]:
        if not technically_fit(problem, supplier, lot):
            return False
        item = problem.lots[lot].item
        units[item] = units.get(item, 0) + problem.lots[lot].size
    return all(count <= supplier.capacity.get(item, count) for item, count in units.items())

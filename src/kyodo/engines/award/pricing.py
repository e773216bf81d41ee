"""What an award costs, in whole yen: the only arithmetic that decides, after any solver has spoken in floats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kyodo.engines.award.problem import Award, Offer, Problem


def unit_price(offer: Offer, quantity: int) -> int | None:
    """Yen a unit when `quantity` units go through the offer; None below its minimum order."""
    price = None
    for tier in offer.tiers:
        if quantity < tier.minimum:
            break
        price = tier.unit_price
    return price


def whole_price(offer: Offer, quantity: int) -> int | None:
    """Yen for `quantity` units with the fixed fee; None below the minimum order."""
    price = unit_price(offer, quantity)
    return None if price is None else price * quantity + offer.fixed_fee


@dataclass(frozen=True, slots=True)
class Priced:
    """An award with its yen.

    Parameters
    ----------
    total : int
        Everything that is paid.
    part_prices : tuple of int
        Unit price of each of the award's parts, in its order.
    fees : tuple of (offer number, yen)
        Fixed fees of the offers used, where above 0.
    spend : dict of supplier id to yen
        Fees and packages included; only suppliers that win.
    """

    total: int
    part_prices: tuple[int, ...]
    fees: tuple[tuple[int, int], ...]
    spend: dict[str, int]


def price(problem: Problem, award: Award) -> Priced:
    """Price an award in exact integers.

    Raises
    ------
    ValueError
        If an offer is used below its minimum order.
    """
    through: dict[int, int] = defaultdict(int)
    for offer, _lot, quantity in award.parts:
        through[offer] += quantity
    spend: dict[str, int] = defaultdict(int)
    prices = {}
    fees = []
    for number, quantity in sorted(through.items()):
        offer_ = problem.offers[number]
        each = unit_price(offer_, quantity)
        if each is None:
            raise ValueError(f"offer {offer_.id}: {quantity} units are below its minimum order")
        prices[number] = each
        spend[offer_.supplier] += each * quantity + offer_.fixed_fee
        if offer_.fixed_fee:
            fees.append((number, offer_.fixed_fee))
    for number in award.packages:
        package = problem.packages[number]
        spend[package.supplier] += package.price
    return Priced(sum(spend.values()), tuple(prices[part[0]] for part in award.parts), tuple(fees), dict(spend))


def split_by_weight(amount: int, weights: Sequence[int]) -> list[int]:
    """Split whole yen in proportion to weights by largest remainder, then order.

    Weights that are all 0 count as equal.
    """
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [amount * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % whole), place))
    for place in by_remainder[: amount - sum(shares)]:
        shares[place] += 1
    return shares


def round_shares(exact: Sequence[Fraction], total: int) -> list[int]:
    """Whole yen that sum to `total`, by largest remainder, then order; `exact` must sum to `total`."""
    floors = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda place: (floors[place] - exact[place], place))
    for place in by_remainder[: total - sum(floors)]:
        floors[place] += 1
    return floors


def package_shares(problem: Problem, number: int) -> list[int]:
    """A package's price over its lots (in lot order): by reserve if all have one, else by quantity."""
    lots = [problem.lots[lot] for lot in problem.lots_of_package[number]]
    reserves = [lot.reserve for lot in lots]
    known = [reserve for reserve in reserves if reserve is not None]
    weights = known if len(known) == len(lots) else [lot.size for lot in lots]
    return split_by_weight(problem.packages[number].price, weights)


def fee_for_lot(offer: Offer) -> int:
    """The fee that is paid for a single lot: a zone offer's; the fee of a `"*"` offer belongs to no lot alone."""
    return 0 if offer.everywhere else offer.fixed_fee

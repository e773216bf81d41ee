"""What is to be awarded, as frozen values: whoever holds a `Problem` holds something that was wholly validated.

Money is whole yen without tax, quantities are whole units, points and shares are exact fractions. Lots are numbered
in the order in which the demands first name them; offers, packages and suppliers in the order of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

ALL_ZONES = "*"
LARGEST_TOTAL = 2**53  # past this a JSON reader elsewhere would lose yen

LotKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A thing that is bought."""

    id: str
    name: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Demand:
    """What one buyer wants of one item in one zone; `quantity` ≥ 1."""

    buyer: str
    item: str
    zone: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Lot:
    """All demand for one item in one zone; `reserve` is the most yen that may be paid for it (予定価格)."""

    item: str
    zone: str
    size: int
    reserve: int | None = None

    @property
    def key(self) -> LotKey:
        """Item and zone."""
        return self.item, self.zone

    @property
    def name(self) -> str:
        """How the lot is called in results and messages."""
        return f"{self.item}/{self.zone}"


@dataclass(frozen=True, slots=True)
class Tier:
    """From `minimum` units on, every unit costs `unit_price` yen."""

    minimum: int
    unit_price: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One supplier's prices for one item in one zone, or in any set of zones (`"*"`)."""

    id: str
    supplier: str
    item: str
    zone: str
    tiers: tuple[Tier, ...]
    fixed_fee: int = 0

    @property
    def everywhere(self) -> bool:
        """Whether the offer may win any set of zones."""
        return self.zone == ALL_ZONES


@dataclass(frozen=True, slots=True)
class Package:
    """One price for a set of whole lots."""

    id: str
    supplier: str
    price: int
    covers: tuple[LotKey, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who offers, and what limits hold for them."""

    id: str
    name: str = ""
    max_share: Fraction | None = None
    capacity: Mapping[str, int] = field(default_factory=dict)
    max_lots: int | None = None
    local: bool = False
    technical: Mapping[str, Fraction] = field(default_factory=dict)

    def points(self, lot: Lot) -> Fraction | None:
        """Technical points for a lot; None where none were given."""
        found = self.technical.get(lot.name)
        return self.technical.get(ALL_ZONES) if found is None else found


@dataclass(frozen=True, slots=True)
class Rules:
    """What must hold for the award as a whole."""

    min_winners: int | None = None
    max_winners: int | None = None
    single_source: bool = True
    budget: int | None = None
    allow_unfilled: bool = False
    tie: str = "report"  # report, supplier_id, draw
    draw_seed: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How offers are compared: `lowest`, `additive` (加算方式) or `division` (除算方式)."""

    method: str = "lowest"
    price_points: Fraction = Fraction(0)
    minimum_technical: Fraction | None = None

    @property
    def by_points(self) -> bool:
        """Whether points are maximised, not yen minimised."""
        return self.method != "lowest"


@dataclass(frozen=True)
class Problem:
    """A whole joint tender, ready to be awarded.

    Parameters
    ----------
    items, demands, lots, suppliers, offers, packages : tuple
        In the order of the file; `lots` in the order of the first demand for each.
    rules : Rules
    evaluation : Evaluation
    """

    items: tuple[Item, ...]
    demands: tuple[Demand, ...]
    lots: tuple[Lot, ...]
    suppliers: tuple[Supplier, ...]
    offers: tuple[Offer, ...]
    packages: tuple[Package, ...]
    rules: Rules = Rules()
    evaluation: Evaluation = Evaluation()

    @cached_property
    def lot_number(self) -> dict[LotKey, int]:
        """Lot number of item and zone."""
        return {lot.key: number for number, lot in enumerate(self.lots)}

    @cached_property
    def lots_of_item(self) -> dict[str, tuple[int, ...]]:
        """Lot numbers of each item."""
        found: dict[str, list[int]] = {}
        for number, lot in enumerate(self.lots):
            found.setdefault(lot.item, []).append(number)
        return {item: tuple(numbers) for item, numbers in found.items()}

    @cached_property
    def supplier_of(self) -> dict[str, Supplier]:
        """Supplier by id."""
        return {supplier.id: supplier for supplier in self.suppliers}

    @cached_property
    def lots_of_offer(self) -> tuple[tuple[int, ...], ...]:
        """Lot numbers that each offer may serve; empty where nobody wants it."""
        return tuple(self._reach(offer) for offer in self.offers)

    @cached_property
    def lots_of_package(self) -> tuple[tuple[int, ...], ...]:
        """Lot numbers that each package fills."""
        return tuple(tuple(sorted(self.lot_number[key] for key in package.covers)) for package in self.packages)

    @cached_property
    def buyers(self) -> tuple[str, ...]:
        """Buyers in the order of the file."""
        return tuple(dict.fromkeys(demand.buyer for demand in self.demands))

    def _reach(self, offer: Offer) -> tuple[int, ...]:
        if offer.everywhere:
            return self.lots_of_item.get(offer.item, ())
        number = self.lot_number.get((offer.item, offer.zone))
        return () if number is None else (number,)


@dataclass(frozen=True, slots=True)
class Award:
    """Which offers and packages are taken.

    Parameters
    ----------
    parts : tuple of (offer number, lot number, quantity)
        Each quantity ≥ 1, sorted.
    packages : tuple of package numbers, sorted
    """

    parts: tuple[tuple[int, int, int], ...] = ()
    packages: tuple[int, ...] = ()

    @classmethod
    def of(cls, parts: Mapping[tuple[int, int], int], packages: set[int] | frozenset[int] | list[int]) -> Award:
        """Sorted, with empty parts left out."""
        kept = sorted((offer, lot, quantity) for (offer, lot), quantity in parts.items() if quantity)
        return cls(tuple(kept), tuple(sorted(packages)))


def lots_from(demands: tuple[Demand, ...], reserves: Mapping[LotKey, int | None]) -> tuple[Lot, ...]:
    """Add the demands up to lots, in the order of the first demand for each."""
    sizes: dict[LotKey, int] = {}
    for demand in demands:
        key = (demand.item, demand.zone)
        sizes[key] = sizes.get(key, 0) + demand.quantity
    return tuple(Lot(item, zone, size, reserves.get((item, zone))) for (item, zone), size in sizes.items())

"""Joint tenders of a whole region, drawn from a seed: the same numbers on every machine.

Sizes of buyers are log-normal, as those of municipalities are; unit prices spread over three decades; a supplier is
dear or cheap as a whole and noisy by item; larger volumes are cheaper in up to four tiers; packages cost a little less
or more than the cheapest offers for their lots. All of it is invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Shape:
    """What kind of tender is drawn.

    Parameters
    ----------
    share : float
        `max_share` of every supplier; 0 for none.
    everywhere : float
        Probability that a supplier offers an item over all zones (`"*"`).
    capacity : float
        Capacity of a supplier for an item, as a part of the item's whole demand; 0 for none.
    """

    buyers: int = 62
    items: int = 40
    suppliers: int = 15
    zones: int = 5
    packages: int = 60
    single_source: bool = True
    share: float = 0.0
    everywhere: float = 0.0
    capacity: float = 0.0
    max_winners: int | None = None
    min_winners: int | None = None
    max_lots: int | None = None


KINDS = {
    "single": Shape(),
    "several-capacity": Shape(single_source=False, capacity=0.55),
    "share-0.12": Shape(share=0.12),
    "share-0.15": Shape(share=0.15),
    "share-0.20": Shape(share=0.20),
    "share-0.35": Shape(share=0.35),
    "everywhere-share": Shape(share=0.20, everywhere=0.4),
    "all-rules": Shape(
        single_source=False, share=0.20, everywhere=0.4, capacity=0.55, max_winners=12, min_winners=4, max_lots=60
    ),
}


def draw(shape: Shape, seed: int) -> Document:
    """Draw a problem document."""
    rng = random.Random(seed)
    items = [f"item{n:02d}" for n in range(shape.items)]
    zones = [f"zone{n}" for n in range(shape.zones)]
    suppliers = [f"s{n:02d}" for n in range(shape.suppliers)]
    base = {item: 10 ** rng.uniform(2, 5) for item in items}
    weight = {item: rng.lognormvariate(0, 1) for item in items}  # how much of an item a body needs, in yen
    demands = _demands(rng, shape, items, zones, base, weight)
    size: dict[tuple[str, str], int] = {}
    for row in demands:
        size[row["item"], row["zone"]] = size.get((row["item"], row["zone"]), 0) + row["quantity"]
    offers, alone = _offers(rng, shape, suppliers, items, zones, base, size)
    return {
        "format": "kyodo-award/1",
        "currency": "JPY",
        "items": [{"id": item, "name": item, "unit": "個"} for item in items],
        "demands": demands,
        "suppliers": [_supplier(rng, shape, supplier, items, size) for supplier in suppliers],
        "offers": offers,
        "packages": _packages(rng, shape, suppliers, alone),
        "rules": _rules(shape),
    }


def _rules(shape: Shape) -> Document:
    rules: Document = {"single_source_per_lot": shape.single_source}
    if shape.max_winners:
        rules["max_winners"] = shape.max_winners
    if shape.min_winners:
        rules["min_winners"] = shape.min_winners
    return rules


def _demands(
    rng: random.Random,
    shape: Shape,
    items: list[str],
    zones: list[str],
    base: dict[str, float],
    weight: dict[str, float],
) -> list[Document]:
    rows = []
    for number in range(shape.buyers):
        population = rng.lognormvariate(0, 1.1)
        zone = zones[number % len(zones)]
        for item in items:
            if rng.random() < 0.85 or number < len(zones):
                quantity = max(1, round(population * rng.uniform(0.5, 1.5) * weight[item] * 200_000 / base[item]))
                rows.append({"buyer": f"m{number:03d}", "item": item, "quantity": quantity, "zone": zone})
    return rows


def _tiers(rng: random.Random, price: float, whole: int) -> list[Document]:
    minimum, current, tiers = 1, price, []
    for _step in range(rng.randint(1, 4)):
        tiers.append({"min": minimum, "unit_price": max(10, round(current, -1))})
        minimum = max(minimum + 1, round(whole * rng.uniform(0.1, 0.9)))
        if minimum <= tiers[-1]["min"]:
            break
        current *= rng.uniform(0.93, 0.99)
    return [{"min": tier["min"], "unit_price": int(tier["unit_price"])} for tier in tiers]


def _price_of(tiers: list[Document], fee: int, quantity: int) -> int:
    reached = [tier["unit_price"] for tier in tiers if tier["min"] <= quantity]
    return int(reached[-1] * quantity + fee)


def _offers(
    rng: random.Random,
    shape: Shape,
    suppliers: list[str],
    items: list[str],
    zones: list[str],
    base: dict[str, float],
    size: dict[tuple[str, str], int],
) -> tuple[list[Document], dict[tuple[str, str, str], int]]:
    offers: list[Document] = []
    alone: dict[tuple[str, str, str], int] = {}
    for supplier in suppliers:
        dear = rng.uniform(0.88, 1.12)
        for item in items:
            if rng.random() < 0.2:
                continue
            price = base[item] * dear * rng.uniform(0.9, 1.15)
            spread = rng.random() < shape.everywhere
            for zone in ["*"] if spread else zones:
                if not spread and rng.random() < 0.1:
                    continue
                wanted = {key: units for key, units in size.items() if key[0] == item and zone in ("*", key[1])}
                if not wanted:
                    continue
                tiers = _tiers(rng, price * rng.uniform(0.93, 1.07), sum(wanted.values()))
                offer = {"id": f"o{len(offers):05d}", "supplier": supplier, "item": item, "zone": zone, "tiers": tiers}
                if rng.random() < 0.3:
                    offer["fixed_fee"] = rng.randint(1, 40) * 1000
                offers.append(offer)
                for key, units in wanted.items():
                    alone[(supplier, *key)] = _price_of(tiers, int(offer.get("fixed_fee", 0)), units)
    return offers, alone


def _supplier(
    rng: random.Random, shape: Shape, supplier: str, items: list[str], size: dict[tuple[str, str], int]
) -> Document:
    row: Document = {"id": supplier, "local": rng.random() < 0.5}
    if shape.share:
        row["max_share"] = shape.share
    if shape.max_lots:
        row["max_lots"] = shape.max_lots
    if shape.capacity:
        whole = {item: sum(units for key, units in size.items() if key[0] == item) for item in items}
        row["capacity"] = {item: max(1, round(whole[item] * shape.capacity * rng.uniform(0.6, 1.4))) for item in items}
    return row


def _packages(
    rng: random.Random, shape: Shape, suppliers: list[str], alone: dict[tuple[str, str, str], int]
) -> list[Document]:
    packages: list[Document] = []
    cheapest: dict[tuple[str, str], int] = {}
    for (_supplier, item, zone), amount in alone.items():
        cheapest[item, zone] = min(amount, cheapest.get((item, zone), amount))
    while len(packages) < shape.packages:
        supplier = rng.choice(suppliers)
        own = [key for key in alone if key[0] == supplier]
        if shape.capacity:  # a package of one zone at most, or the capacity forbids it
            zone = rng.choice(sorted({key[2] for key in own}))
            own = [key for key in own if key[2] == zone]
        lots = sorted(rng.sample(own, min(len(own), rng.randint(2, 8))))
        price = sum(cheapest[key[1:]] for key in lots) * rng.uniform(0.92, 1.06)
        packages.append(
            {
                "id": f"p{len(packages):03d}",
                "supplier": supplier,
                "price": int(round(price, -3)),
                "covers": [{"item": item, "zone": zone} for _supplier, item, zone in lots],
            }
        )
    return packages

"""Tenders written down by hand or drawn at medium size, as documents that a test can change."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

Document = dict[str, Any]


def lamp_tender(**changes: Any) -> Document:
    """Two buyers want 10 and 20 lamps in one zone; three suppliers offer at 100, 110 and 120 yen.

    Parameters
    ----------
    changes
        Top-level fields to replace.
    """
    document: Document = {
        "format": "kyodo-award/1",
        "currency": "JPY",
        "items": [{"id": "lamp", "name": "照明", "unit": "台"}],
        "demands": [
            {"buyer": "north", "item": "lamp", "zone": "e", "quantity": 10},
            {"buyer": "south", "item": "lamp", "zone": "e", "quantity": 20},
        ],
        "suppliers": [{"id": "a"}, {"id": "b"}, {"id": "c"}],
        "offers": [offer("o1", "a", 100), offer("o2", "b", 110), offer("o3", "c", 120)],
        "rules": {},
    }
    document.update(changes)
    return document


def two_lot_tender(**changes: Any) -> Document:
    """30 lamps and 10 desks; a is cheapest for both, b second, and c sells both as a package."""
    document = lamp_tender(
        items=[{"id": "lamp"}, {"id": "desk"}],
        demands=[
            {"buyer": "north", "item": "lamp", "zone": "e", "quantity": 10},
            {"buyer": "south", "item": "lamp", "zone": "e", "quantity": 20},
            {"buyer": "south", "item": "desk", "zone": "e", "quantity": 10},
        ],
        offers=[
            offer("o1", "a", 100),
            offer("o2", "b", 110),
            offer("o3", "a", 500, item="desk"),
            offer("o4", "b", 520, item="desk"),
        ],
        packages=[
            {
                "id": "p1",
                "supplier": "c",
                "price": 9000,
                "covers": [{"item": "lamp", "zone": "e"}, {"item": "desk", "zone": "e"}],
            }
        ],
    )
    document.update(changes)
    return document


def offer(
    identity: str, supplier: str, *prices: int | tuple[int, int], item: str = "lamp", zone: str = "e"
) -> Document:
    """An offer; each price is a unit price from 1, or (min, unit price)."""
    tiers = [{"min": 1, "unit_price": p} if isinstance(p, int) else {"min": p[0], "unit_price": p[1]} for p in prices]
    return {"id": identity, "supplier": supplier, "item": item, "zone": zone, "tiers": tiers}


def draw_medium(rng: random.Random, *, single: bool, share: float | None = None, everywhere: float = 0.0) -> Document:
    """Six items in three zones from five suppliers, with tiers, fees, packages and, split, capacities."""
    items = [f"i{n}" for n in range(6)]
    zones = ["e", "m", "w"]
    suppliers = [f"s{n}" for n in range(5)]
    size = {key: rng.randint(5, 60) for key in product(items, zones)}
    base = {item: rng.randint(20, 900) for item in items}
    offers: list[Document] = []
    for supplier, item in product(suppliers, items):
        spread = rng.random() < everywhere
        for zone in ["*"] if spread else zones:
            if rng.random() < 0.8:
                prices, minimum, price = [], 1, base[item] * rng.uniform(0.9, 1.2)
                for _step in range(rng.randint(1, 3)):
                    prices.append((minimum, round(price)))
                    minimum += rng.randint(5, 30)
                    price *= rng.uniform(0.93, 0.99)
                offers.append(offer(f"o{len(offers)}", supplier, *prices, item=item, zone=zone))
                if rng.random() < 0.3:
                    offers[-1]["fixed_fee"] = rng.randint(10, 900)
    packages = []
    for number in range(6):
        lots = rng.sample(sorted(size), rng.randint(2, 4))
        price = round(sum(base[item] * size[item, zone] for item, zone in lots) * rng.uniform(0.85, 1.0))
        covers = [{"item": item, "zone": zone} for item, zone in lots]
        packages.append({"id": f"p{number}", "supplier": rng.choice(suppliers), "price": price, "covers": covers})
    rows: list[Document] = [{"id": supplier} for supplier in suppliers]
    for row in rows:
        if share is not None:
            row["max_share"] = share
        if not single:
            row["capacity"] = {
                item: round(sum(size[item, zone] for zone in zones) * rng.uniform(0.3, 0.8)) for item in items
            }
    return {
        "format": "kyodo-award/1",
        "items": [{"id": item} for item in items],
        "demands": [{"buyer": f"m-{z}", "item": i, "zone": z, "quantity": q} for (i, z), q in size.items()],
        "suppliers": rows,
        "offers": offers,
        "packages": packages,
        "rules": {"single_source_per_lot": single},
    }

"""Small problems drawn from a seed, and the exhaustive search that knows their answer."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.reading import parse_document, read_problem
from kyodo.engines.award.score import score
from kyodo.engines.award.verify import recount, verify

Document = dict[str, Any]


def problem_of(document: Document) -> Problem:
    """The problem of a document that is expected to be sound."""
    return read_problem(parse_document(json.dumps(document).encode()))[0]


def draw_small(rng: random.Random, *, several: bool | None = None) -> Document:
    """One to three lots, two or three suppliers, every rule now and then."""
    items = ["a", "b"][: rng.randint(1, 2)]
    zones = ["e", "w"][: rng.randint(1, 2)]
    several = rng.random() < 0.5 if several is None else several
    most = 3 if several else 6
    demands: list[Document] = []
    for item, zone in product(items, zones):
        if demands and rng.random() < 0.25:
            continue
        demands.append({"buyer": "m1", "item": item, "quantity": rng.randint(1, most), "zone": zone})
        if rng.random() < 0.3:
            demands.append({"buyer": "m2", "item": item, "quantity": rng.randint(1, 2), "zone": zone})
    wanted = sorted({(row["item"], row["zone"]) for row in demands})
    suppliers = [f"s{n}" for n in range(rng.randint(2, 3))]
    offers = _offers(rng, suppliers, items, wanted)
    packages = []
    for number in range(rng.randint(0, 2)):
        lots = rng.sample(wanted, rng.randint(1, len(wanted)))
        covers = [{"item": item, "zone": zone} for item, zone in lots]
        price = sum(rng.randint(10, 45) for _lot in lots)
        packages.append({"id": f"p{number}", "supplier": rng.choice(suppliers), "price": price, "covers": covers})
    document: Document = {
        "format": "kyodo-award/1",
        "currency": "JPY",
        "items": [{"id": item} for item in items],
        "demands": demands,
        "suppliers": [_supplier(rng, supplier, items) for supplier in suppliers],
        "offers": offers,
        "packages": packages,
        "rules": {"single_source_per_lot": not several, **_rules(rng)},
    }
    if rng.random() < 0.3:
        document["lots"] = [
            {"item": item, "zone": zone, "reserve": rng.randint(15, 80)} for item, zone in wanted if rng.random() < 0.7
        ]
    return document


def _offers(
    rng: random.Random, suppliers: list[str], items: list[str], wanted: list[tuple[str, str]]
) -> list[Document]:
    offers: list[Document] = []
    for supplier in suppliers:
        for item in items:
            everywhere = rng.random() < 0.3
            for zone in ["*"] if everywhere else ["e", "w"]:
                if rng.random() < 0.2 or (zone != "*" and (item, zone) not in wanted):
                    continue
                minimum, tiers = rng.choice([1, 1, 1, 2]), []
                for _step in range(rng.randint(1, 3)):
                    tiers.append({"min": minimum, "unit_price": rng.randint(4, 16)})
                    minimum += rng.randint(1, 3)
                offer: Document = {
                    "id": f"o{len(offers)}",
                    "supplier": supplier,
                    "item": item,
                    "zone": zone,
                    "tiers": tiers,
                }
                if rng.random() < 0.3:
                    offer["fixed_fee"] = rng.randint(1, 9)
                offers.append(offer)
    return offers


def _supplier(rng: random.Random, supplier: str, items: list[str]) -> Document:
    row: Document = {"id": supplier}
    if rng.random() < 0.3:
        row["max_share"] = rng.choice([0.3, 0.5, 0.65, 0.8])
    if rng.random() < 0.3:
        row["capacity"] = {rng.choice(items): rng.randint(1, 7)}
    if rng.random() < 0.2:
        row["max_lots"] = rng.randint(1, 2)
    return row


def _rules(rng: random.Random) -> Document:
    rules: Document = {}
    if rng.random() < 0.2:
        rules["max_winners"] = rng.randint(1, 2)
    if rng.random() < 0.2:
        rules["min_winners"] = rng.randint(1, rules.get("max_winners", 3))
    if rng.random() < 0.2:
        rules["budget"] = rng.randint(30, 150)
    if rng.random() < 0.3:
        rules["allow_unfilled"] = True
    return rules


def draw_scored(rng: random.Random, method: str) -> Document:
    """A tender with points: two lots, three suppliers."""
    wanted = [("a", "e"), ("a", "w"), ("b", "e")][: rng.randint(1, 3)]
    suppliers = ["s0", "s1", "s2"]
    offers = [
        {
            "id": f"o{n}",
            "supplier": supplier,
            "item": item,
            "zone": zone,
            "tiers": [{"min": 1, "unit_price": rng.randint(3, 12)}],
        }
        for n, (supplier, (item, zone)) in enumerate(product(suppliers, wanted))
        if rng.random() < 0.85
    ]
    evaluation: Document = {"method": method}
    if method == "additive":
        evaluation["price_points"] = rng.choice([30, 50.5])
    if rng.random() < 0.3:
        evaluation["minimum_technical"] = 4
    rows = [{"id": s, "technical": {"*": rng.randint(1, 20) / 2}, **_scored_limits(rng)} for s in suppliers]
    return {
        "format": "kyodo-award/1",
        "items": [{"id": "a"}, {"id": "b"}],
        "demands": [{"buyer": "m", "item": i, "zone": z, "quantity": rng.randint(1, 6)} for i, z in wanted],
        "lots": [{"item": i, "zone": z, "reserve": rng.randint(25, 80)} for i, z in wanted],
        "suppliers": rows,
        "offers": offers,
        "rules": _rules(rng),
        "evaluation": evaluation,
    }


def _scored_limits(rng: random.Random) -> Document:
    limits: Document = {}
    if rng.random() < 0.3:
        limits["max_lots"] = 1
    if rng.random() < 0.3:
        limits["max_share"] = 0.6
    return limits


def _fills(problem: Problem, lot: int) -> Iterator[dict[int, int]]:
    """Every way to fill one lot by offers, and to leave it empty."""
    size = problem.lots[lot].size
    offers = [number for number, lots in enumerate(problem.lots_of_offer) if lot in lots]
    yield {}
    if problem.rules.single_source:
        for number in offers:
            yield {number: size}
        return
    for quantities in product(range(size + 1), repeat=max(0, len(offers) - 1)):
        rest = size - sum(quantities)
        if rest >= 0 and offers:
            yield {n: q for n, q in zip(offers, [*quantities, rest], strict=True) if q}


def every_award(problem: Problem) -> Iterator[Award]:
    """Every award that could be written down, valid or not."""
    for chosen in product([False, True], repeat=len(problem.packages)):
        packages = [number for number, taken in enumerate(chosen) if taken]
        covered = [lot for number in packages for lot in problem.lots_of_package[number]]
        if len(set(covered)) < len(covered):
            continue
        free = [lot for lot in range(len(problem.lots)) if lot not in covered]
        for fill in product(*(list(_fills(problem, lot)) for lot in free)):
            parts = {(o, lot): q for lot, own in zip(free, fill, strict=True) for o, q in own.items()}
            yield Award.of(parts, packages)


Best = tuple[int, Fraction, int]


def exhaustive(problem: Problem) -> tuple[Best | None, list[Award]]:
    """(unfilled lots, −points, yen) of the best awards, and all of them."""
    best: Best | None = None
    awards: list[Award] = []
    for award in every_award(problem):
        if verify(problem, award):
            continue
        filled = {lot for _o, lot, _q in award.parts} | {
            lot for package in award.packages for lot in problem.lots_of_package[package]
        }
        points = score(problem, award) if problem.evaluation.by_points else Fraction(0)
        value = (len(problem.lots) - len(filled), -points, recount(problem, award))
        if best is None or value < best:
            best, awards = value, []
        if value == best:
            awards.append(award)
    return best, awards

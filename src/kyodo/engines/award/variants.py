"""The same tender with something changed: rules dropped or set, suppliers left out. For what-ifs and for conflicts."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from kyodo.engines.award.problem import Lot, Offer, Problem, Supplier, Tier

FAMILIES = (
    "budget",
    "max_winners",
    "min_winners",
    "single_source_per_lot",
    "max_share",
    "capacity",
    "max_lots",
    "reserve",
    "minimum_technical",
)


def rule_names(problem: Problem) -> list[str]:
    """Every single rule that a problem states: `budget`, `max_share:s01`, `capacity:s01:mask`, `reserve:mask/east`."""
    rules = problem.rules
    names = []
    if rules.budget is not None:
        names.append("budget")
    if rules.max_winners is not None:
        names.append("max_winners")
    if rules.min_winners:
        names.append("min_winners")
    if problem.evaluation.minimum_technical is not None:
        names.append("minimum_technical")
    for supplier in problem.suppliers:
        if supplier.max_share is not None:
            names.append(f"max_share:{supplier.id}")
        if supplier.max_lots is not None:
            names.append(f"max_lots:{supplier.id}")
        names += [f"capacity:{supplier.id}:{item}" for item in supplier.capacity]
    names += [f"reserve:{lot.name}" for lot in problem.lots if lot.reserve is not None]
    if rules.single_source:
        names.append("single_source_per_lot")
    return names


def minimum_orders(problem: Problem) -> list[str]:
    """Every fact `minimum_order:offer` that can keep an offer out."""
    return [f"minimum_order:{offer.id}" for offer in problem.offers if offer.tiers[0].minimum > 1]


def without_rules(problem: Problem, dropped: set[str]) -> Problem:
    """The problem without the named rules; a family name (`max_share`) drops all of its kind."""

    def gone(family: str, *rest: str) -> bool:
        return family in dropped or ":".join((family, *rest)) in dropped

    rules = replace(
        problem.rules,
        budget=None if gone("budget") else problem.rules.budget,
        max_winners=None if gone("max_winners") else problem.rules.max_winners,
        min_winners=None if gone("min_winners") else problem.rules.min_winners,
        single_source=problem.rules.single_source and not gone("single_source_per_lot"),
    )
    suppliers = tuple(
        replace(
            supplier,
            max_share=None if gone("max_share", supplier.id) else supplier.max_share,
            max_lots=None if gone("max_lots", supplier.id) else supplier.max_lots,
            capacity={i: most for i, most in supplier.capacity.items() if not gone("capacity", supplier.id, i)},
        )
        for supplier in problem.suppliers
    )
    lots = tuple(replace(lot, reserve=None) if gone("reserve", lot.name) else lot for lot in problem.lots)
    offers = tuple(_from_one(o) if gone("minimum_order", o.id) else o for o in problem.offers)
    evaluation = problem.evaluation
    if gone("minimum_technical"):
        evaluation = replace(evaluation, minimum_technical=None)
    return replace(problem, rules=rules, suppliers=suppliers, lots=lots, offers=offers, evaluation=evaluation)


def _from_one(offer: Offer) -> Offer:
    return replace(offer, tiers=(Tier(1, offer.tiers[0].unit_price), *offer.tiers[1:]))


def with_rule(problem: Problem, name: str, value: int | Fraction) -> Problem:
    """The problem with one named rule set to another value.

    Raises
    ------
    KeyError
        For a rule that has no value.
    """
    family, _, rest = name.partition(":")
    rules = problem.rules
    if family == "budget":
        return replace(problem, rules=replace(rules, budget=int(value)))
    if family == "max_winners":
        return replace(problem, rules=replace(rules, max_winners=int(value)))
    if family == "min_winners":
        return replace(problem, rules=replace(rules, min_winners=int(value)))
    if family == "reserve":
        return replace(problem, lots=tuple(_with_reserve(lot, rest, int(value)) for lot in problem.lots))
    identity, _, item = rest.partition(":")
    return replace(
        problem,
        suppliers=tuple(_with_limit(s, family, item, value) if s.id == identity else s for s in problem.suppliers),
    )


def _with_reserve(lot: Lot, name: str, value: int) -> Lot:
    return replace(lot, reserve=value) if lot.name == name else lot


def _with_limit(supplier: Supplier, family: str, item: str, value: int | Fraction) -> Supplier:
    if family == "max_share":
        return replace(supplier, max_share=Fraction(value))
    if family == "max_lots":
        return replace(supplier, max_lots=int(value))
    if family == "capacity":
        return replace(supplier, capacity={**supplier.capacity, item: int(value)})
    raise KeyError(family)


def only_suppliers(problem: Problem, kept: set[str]) -> Problem:
    """Offers and packages of the other suppliers left out; numbers of offers change, so awards do not carry over."""
    return replace(
        problem,
        suppliers=tuple(s for s in problem.suppliers if s.id in kept),
        offers=tuple(o for o in problem.offers if o.supplier in kept),
        packages=tuple(p for p in problem.packages if p.supplier in kept),
    )


def only_lots(problem: Problem, kept: set[int]) -> Problem:
    """Only some lots; packages that reach beyond them are left out."""
    keys = {problem.lots[lot].key for lot in kept}
    return replace(
        problem,
        demands=tuple(d for d in problem.demands if (d.item, d.zone) in keys),
        lots=tuple(lot for lot in problem.lots if lot.key in keys),
        packages=tuple(p for p in problem.packages if set(p.covers) <= keys),
    )

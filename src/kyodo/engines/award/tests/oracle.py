"""CP-SAT as an outside opinion: the same tender modelled in another way, for another solver."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from kyodo.engines.award.problem import Problem


def cp_sat_total(problem: Problem, *, seconds: float = 20.0) -> int | None:
    """The proven least total in yen; None when no award is possible.

    Whole quantities for each offer × lot, a 0/1 for each tier, money as products linearised tier by tier.
    """
    model = cp_model.CpModel()
    quantity: dict[tuple[int, int], Any] = {}
    spend: dict[str, list[Any]] = {supplier.id: [] for supplier in problem.suppliers}
    serves: dict[tuple[str, int], list[Any]] = {}
    units: dict[tuple[str, str], list[Any]] = {}
    taken = [model.new_bool_var(f"p{number}") for number in range(len(problem.packages))]
    for number, offer in enumerate(problem.offers):
        lots = problem.lots_of_offer[number]
        if not lots:
            continue
        for lot in lots:
            quantity[number, lot] = model.new_int_var(0, problem.lots[lot].size, "")
            has = model.new_bool_var("")
            model.add(quantity[number, lot] >= 1).only_enforce_if(has)
            model.add(quantity[number, lot] == 0).only_enforce_if(~has)
            serves.setdefault((offer.supplier, lot), []).append(has)
            if problem.rules.single_source:
                model.add(quantity[number, lot] == problem.lots[lot].size).only_enforce_if(has)
        through = sum(quantity[number, lot] for lot in lots)
        units.setdefault((offer.supplier, offer.item), []).append(through)
        spend[offer.supplier].append(_money(model, problem, number, through))
    for number, package in enumerate(problem.packages):
        spend[package.supplier].append(package.price * taken[number])
        for lot in problem.lots_of_package[number]:
            serves.setdefault((package.supplier, lot), []).append(taken[number])
            size = problem.lots[lot].size
            units.setdefault((package.supplier, problem.lots[lot].item), []).append(size * taken[number])
    _fill(model, problem, quantity, taken, serves)
    total = _limits(model, problem, spend, serves, units)
    model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return round(solver.objective_value)


def _money(model: Any, problem: Problem, number: int, through: Any) -> Any:
    offer = problem.offers[number]
    whole = sum(problem.lots[lot].size for lot in problem.lots_of_offer[number])
    parts, flags = [], []
    for place, tier in enumerate(offer.tiers):
        end = offer.tiers[place + 1].minimum - 1 if place + 1 < len(offer.tiers) else whole
        flag = model.new_bool_var("")
        part = model.new_int_var(0, max(0, min(end, whole)), "")
        model.add(part == 0).only_enforce_if(~flag)
        model.add(part >= tier.minimum).only_enforce_if(flag)
        parts.append((tier.unit_price, part))
        flags.append(flag)
    model.add(sum(flags) <= 1)
    model.add(sum(part for _price, part in parts) == through)
    return sum(each * part for each, part in parts) + offer.fixed_fee * sum(flags)


def _fill(
    model: Any, problem: Problem, quantity: dict[tuple[int, int], Any], taken: list[Any], serves: dict[Any, list[Any]]
) -> None:
    for number, lot in enumerate(problem.lots):
        offered = [value for (_offer, at), value in quantity.items() if at == number]
        packed = [taken[p] for p, lots in enumerate(problem.lots_of_package) if number in lots]
        model.add(sum(offered) + lot.size * sum(packed) == lot.size)
        if problem.rules.single_source:
            model.add(sum(flag for (_s, at), flags in serves.items() if at == number for flag in flags) <= 1)


def _limits(
    model: Any,
    problem: Problem,
    spend: dict[str, list[Any]],
    serves: dict[tuple[str, int], list[Any]],
    units: dict[tuple[str, str], list[Any]],
) -> Any:
    total = sum(sum(own) for own in spend.values())
    winners = []
    for supplier in problem.suppliers:
        delivered = []
        for (identity, _lot), flags in serves.items():
            if identity == supplier.id:
                any_of = model.new_bool_var("")
                model.add_max_equality(any_of, flags)
                delivered.append(any_of)
        if delivered:
            wins = model.new_bool_var("")
            model.add_max_equality(wins, delivered)
            winners.append(wins)
        if supplier.max_lots is not None:
            model.add(sum(delivered) <= supplier.max_lots)
        if supplier.max_share is not None:
            share = supplier.max_share
            model.add(share.denominator * sum(spend[supplier.id]) <= share.numerator * total)
        for item, most in supplier.capacity.items():
            model.add(sum(units.get((supplier.id, item), [])) <= most)
    rules = problem.rules
    if rules.max_winners is not None:
        model.add(sum(winners) <= rules.max_winners)
    if rules.min_winners:
        model.add(sum(winners) >= rules.min_winners)
    if rules.budget is not None:
        model.add(total <= rules.budget)
    return total

"""The formulation with quantities: lots may be shared between offers, each offer has a 0/1 switch for each tier.

Quantities are continuous at first: without a share rule the switches fix a network flow, whose vertices are whole.
Where they do not come out whole, `search` asks again with whole quantities.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from kyodo.engines.award.problem import Award, Offer, Problem, Supplier
from kyodo.engines.award.solver.choices import package_stands, technically_fit
from kyodo.engines.award.solver.model import INFINITY, Floats, Model
from kyodo.engines.award.solver.rules import Totals, Use, add_whole_rules


@dataclass(slots=True)
class SeveralSources:
    """A model of quantities and switches.

    Parameters
    ----------
    problem : Problem
    model : Model
    quantity : dict of (offer, tier, lot) to column
    switch : dict of (offer, tier) to column
        1 when that tier of the offer is used.
    serves : dict of (offer, lot) to column
        1 when a `"*"` offer has a lot; only where a rule needs it.
    package : dict of package to column
    unfilled : dict of lot to column
    """

    problem: Problem
    model: Model = field(default_factory=Model)
    quantity: dict[tuple[int, int, int], int] = field(default_factory=dict)
    switch: dict[tuple[int, int], int] = field(default_factory=dict)
    serves: dict[tuple[int, int], int] = field(default_factory=dict)
    delivers: dict[tuple[str, int], int] = field(default_factory=dict)
    package: dict[int, int] = field(default_factory=dict)
    unfilled: dict[int, int] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)

    def award(self, values: Floats) -> Award:
        """The award that a solution stands for, quantities rounded to whole units."""
        parts: dict[tuple[int, int], int] = defaultdict(int)
        for (offer, _tier, lot), column in self.quantity.items():
            parts[offer, lot] += round(float(values[column]))
        return Award.of(parts, [number for number, column in self.package.items() if values[column] > 0.5])

    def values(self, award: Award) -> Floats | None:
        """The solution that stands for an award; None if the model has no place for a part of it."""
        found = np.zeros(len(self.model.cost))
        through: dict[int, int] = defaultdict(int)
        for offer, _lot, quantity in award.parts:
            through[offer] += quantity
        filled = set()
        for offer, lot, quantity in award.parts:
            given = self.problem.offers[offer]
            tier = max((t for t, step in enumerate(given.tiers) if step.minimum <= through[offer]), default=-1)
            if (offer, tier, lot) not in self.quantity:
                return None
            found[self.quantity[offer, tier, lot]] = quantity
            found[self.switch[offer, tier]] = 1
            filled.add(lot)
            if (offer, lot) in self.serves:
                found[self.serves[offer, lot]] = 1
            if (given.supplier, lot) in self.delivers:
                found[self.delivers[given.supplier, lot]] = 1
        for number in award.packages:
            if number not in self.package:
                return None
            found[self.package[number]] = 1
            filled.update(self.problem.lots_of_package[number])
        for lot, column in self.unfilled.items():
            found[column] = 0 if lot in filled else 1
        for use in self.uses:
            if found[use.column] and use.supplier in self.totals.spend:
                found[self.totals.spend[use.supplier]] += use.yen * found[use.column]
            if use.wins and found[use.column] and use.supplier in self.totals.winner:
                found[self.totals.winner[use.supplier]] = 1
        if self.totals.total is not None:
            found[self.totals.total] = sum(use.yen * found[use.column] for use in self.uses)
        return found

    @property
    def decisions(self) -> list[int]:
        """All 0/1 columns of offers, tiers and packages."""
        return [*self.switch.values(), *self.package.values()]

    def pattern(self, award: Award) -> list[int]:
        """The switches and packages that an award turns on."""
        values = self.values(award)
        columns = [*self.switch.values(), *self.package.values()]
        return [] if values is None else [column for column in columns if values[column] > 0.5]


def build_several(problem: Problem, *, whole: bool = False) -> SeveralSources:
    """Quantities by offer, tier and lot with switches; `whole` makes the quantities integer columns."""
    built = SeveralSources(problem)
    filling: dict[int, dict[int, int]] = {lot: {} for lot in range(len(problem.lots))}
    for number, offer in enumerate(problem.offers):
        _add_offer(built, number, offer, filling, whole)
    for number, package in enumerate(problem.packages):
        if package_stands(problem, number):
            column = built.model.column(package.price)
            built.package[number] = column
            lots = problem.lots_of_package[number]
            built.uses.append(Use(column, package.supplier, package.price, lots))
            for lot in lots:
                filling[lot][column] = problem.lots[lot].size
    for lot, terms in filling.items():
        size = problem.lots[lot].size
        if problem.rules.allow_unfilled:
            built.unfilled[lot] = built.model.column()
            terms[built.unfilled[lot]] = size
        built.model.row(f"lot:{problem.lots[lot].name}", terms, size, size)
    _add_reserve(built)
    _add_halves(built)
    _add_capacity(built)
    _add_single_source(built)
    _add_most_lots(built)
    built.totals = add_whole_rules(problem, built.model, built.uses)
    return built


def _room(problem: Problem, offer: Offer, supplier: Supplier, lot: int, each: int) -> int:
    """The most units of a lot that an offer can give at a unit price."""
    wanted = problem.lots[lot]
    most = min(wanted.size, supplier.capacity.get(offer.item, wanted.size))
    if wanted.reserve is not None and each > 0:
        fee = 0 if offer.everywhere else offer.fixed_fee
        most = min(most, max(0, wanted.reserve - fee) // each)
    if problem.rules.single_source and most < wanted.size:
        return 0
    return most


def _add_offer(
    built: SeveralSources, number: int, offer: Offer, filling: dict[int, dict[int, int]], whole: bool
) -> None:
    problem, model = built.problem, built.model
    supplier = problem.supplier_of[offer.supplier]
    lots = [lot for lot in problem.lots_of_offer[number] if technically_fit(problem, supplier, lot)]
    limit = min(sum(problem.lots[lot].size for lot in lots), supplier.capacity.get(offer.item, 1 << 60))
    once: dict[int, int] = {}
    for tier, step in enumerate(offer.tiers):
        last = tier + 1 == len(offer.tiers)
        top = limit if last else min(limit, offer.tiers[tier + 1].minimum - 1)
        rooms = {lot: min(top, _room(problem, offer, supplier, lot, step.unit_price)) for lot in lots}
        rooms = {lot: room for lot, room in rooms.items() if room > 0}
        top = min(top, sum(rooms.values()))
        if top < step.minimum:
            continue
        switch = model.column(offer.fixed_fee)
        built.switch[number, tier] = switch
        once[switch] = 1
        built.uses.append(Use(switch, offer.supplier, offer.fixed_fee, (lots[0],) if not offer.everywhere else ()))
        through = {}
        for lot, room in rooms.items():
            column = model.column(step.unit_price, upper=room, whole=whole)
            built.quantity[number, tier, lot] = column
            built.uses.append(Use(column, offer.supplier, step.unit_price, wins=False))
            filling[lot][column] = 1
            through[column] = 1
            if len(rooms) > 1 and room < top:
                model.row("", {column: 1, switch: -room}, -INFINITY, 0)
        model.row("", {**through, switch: -top}, -INFINITY, 0)
        model.row("", {**through, switch: -step.minimum}, 0, INFINITY)
    if len(once) > 1:
        model.row("", once, -INFINITY, 1)


def _add_reserve(built: SeveralSources) -> None:
    problem = built.problem
    paid: dict[int, dict[int, int]] = defaultdict(dict)
    for (number, tier, lot), column in built.quantity.items():
        offer = problem.offers[number]
        paid[lot][column] = offer.tiers[tier].unit_price
        if not offer.everywhere:
            paid[lot][built.switch[number, tier]] = offer.fixed_fee
    for lot, terms in paid.items():
        reserve = problem.lots[lot].reserve
        if reserve is not None:
            built.model.row(f"reserve:{problem.lots[lot].name}", terms, -INFINITY, reserve)


def _add_halves(built: SeveralSources) -> None:
    """Of all that needs more than half of a lot, one can be used: implied, but a relaxation does not see it."""
    problem = built.problem
    large: dict[int, dict[int, int]] = defaultdict(dict)
    for (number, tier), switch in built.switch.items():
        offer = problem.offers[number]
        if not offer.everywhere:
            lot = problem.lots_of_offer[number][0]
            if 2 * offer.tiers[tier].minimum > problem.lots[lot].size:
                large[lot][switch] = 1
    for number, column in built.package.items():
        for lot in problem.lots_of_package[number]:
            large[lot][column] = 1
    for terms in large.values():
        if len(terms) > 1:
            built.model.row("", terms, -INFINITY, 1)


def _add_capacity(built: SeveralSources) -> None:
    problem = built.problem
    terms: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for (offer, _tier, _lot), column in built.quantity.items():
        given = problem.offers[offer]
        terms[given.supplier, given.item][column] = 1
    for number, column in built.package.items():
        for lot in problem.lots_of_package[number]:
            own = terms[problem.packages[number].supplier, problem.lots[lot].item]
            own[column] = own.get(column, 0) + problem.lots[lot].size
    for (supplier, item), own in terms.items():
        most = problem.supplier_of[supplier].capacity.get(item)
        if most is not None:
            built.model.row(f"capacity:{supplier}:{item}", own, -INFINITY, most)


def _tiers_by_lot(built: SeveralSources) -> dict[tuple[int, int], dict[int, int]]:
    found: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for (offer, tier, lot), column in built.quantity.items():
        found[offer, lot][tier] = column
    return found


def _serves(built: SeveralSources, offer: int, lot: int, columns: dict[int, int]) -> int:
    """A 0/1 column that is 1 when the offer has any of the lot."""
    if (offer, lot) not in built.serves:
        flag = built.model.column()
        size = min(built.problem.lots[lot].size, max(int(built.model.upper[column]) for column in columns.values()))
        built.model.row("", {**dict.fromkeys(columns.values(), 1), flag: -size}, -INFINITY, 0)
        built.serves[offer, lot] = flag
    return built.serves[offer, lot]


def _add_single_source(built: SeveralSources) -> None:
    """Only for `"*"` offers over more zones than there are columns for: a lot wholly or not at all."""
    problem = built.problem
    if not problem.rules.single_source:
        return
    sources: dict[int, dict[int, int]] = defaultdict(dict)
    for (offer, lot), columns in _tiers_by_lot(built).items():
        flag = _serves(built, offer, lot, columns)
        size = problem.lots[lot].size
        built.model.row("", {**dict.fromkeys(columns.values(), 1), flag: -size}, 0, 0)
        sources[lot][flag] = 1
    for number, column in built.package.items():
        for lot in problem.lots_of_package[number]:
            sources[lot][column] = 1
    for terms in sources.values():
        built.model.row("", terms, -INFINITY, 1)


def _add_most_lots(built: SeveralSources) -> None:
    problem, model = built.problem, built.model
    by_lot = _tiers_by_lot(built)
    for supplier in problem.suppliers:
        if supplier.max_lots is None:
            continue
        flags: dict[int, int] = {}
        for (offer, lot), columns in by_lot.items():
            given = problem.offers[offer]
            if given.supplier != supplier.id:
                continue
            if lot not in flags:
                flags[lot] = model.column()
                built.delivers[supplier.id, lot] = flags[lot]
            for tier, column in columns.items():
                room = int(model.upper[column])
                switch = built.switch[offer, tier]
                if given.everywhere:
                    model.row("", {column: 1, flags[lot]: -room}, -INFINITY, 0)
                else:
                    model.row("", {switch: 1, flags[lot]: -1}, -INFINITY, 0)
        terms = dict.fromkeys(flags.values(), 1)
        for number, column in built.package.items():
            if problem.packages[number].supplier == supplier.id:
                terms[column] = len(problem.lots_of_package[number])
        model.row(f"max_lots:{supplier.id}", terms, -INFINITY, supplier.max_lots)

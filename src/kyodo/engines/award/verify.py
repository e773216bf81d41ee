"""The independent checker: every award passes it before it leaves, whoever or whatever proposed it.

It shares no arithmetic with the solver or with `pricing`: it counts again from the problem alone, in integers, so that
a fault has to be made twice in two different ways to go unseen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from kyodo.engines.award.problem import Award, Problem


class CheckFailedError(Exception):
    """An award that was about to leave breaks a rule: a fault of this program, never of the input."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule that an award breaks.

    Parameters
    ----------
    rule : str
        The rule's name, as in `infeasible_because` (`max_share:s01`, `lot:mask/east`, …), or `form` and `total`.
    excess : int
        By how many units, yen or lots.
    """

    rule: str
    excess: int = 0


@dataclass(slots=True)
class _Count:
    """What an award uses, counted from the problem."""

    total: int = 0
    spend: Counter[str] = field(default_factory=Counter)
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    lots_of: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    filled: Counter[int] = field(default_factory=Counter)
    sources: Counter[int] = field(default_factory=Counter)
    packed: Counter[int] = field(default_factory=Counter)
    paid: Counter[int] = field(default_factory=Counter)


def verify(problem: Problem, award: Award, *, total: int | None = None) -> tuple[Violation, ...]:
    """Check an award against every rule of its problem.

    Parameters
    ----------
    problem, award
    total : int, optional
        The total in yen that is claimed for the award.

    Returns
    -------
    tuple of Violation
        Empty when the award is valid.
    """
    malformed = tuple(_form(problem, award))
    if malformed:
        return malformed
    count = _Count()
    found = [*_count_offers(problem, award, count), *_count_packages(problem, award, count)]
    found += _lots(problem, count)
    found += _suppliers(problem, count)
    found += _whole(problem, count)
    if total is not None and total != count.total:
        found.append(Violation("total", abs(total - count.total)))
    return tuple(found)


def recount(problem: Problem, award: Award) -> int:
    """The award's total in yen, by the checker's own count."""
    count = _Count()
    list(_count_offers(problem, award, count))
    list(_count_packages(problem, award, count))
    return count.total


def _form(problem: Problem, award: Award) -> Iterator[Violation]:
    seen = set()
    for offer, lot, quantity in award.parts:
        known = 0 <= offer < len(problem.offers) and 0 <= lot < len(problem.lots)
        if not known or type(quantity) is not int or quantity < 1 or (offer, lot) in seen:
            yield Violation("form")
            continue
        seen.add((offer, lot))
        wanted, given = problem.lots[lot], problem.offers[offer]
        if given.item != wanted.item or given.zone not in (wanted.zone, "*"):
            yield Violation("form")
    if len(set(award.packages)) != len(award.packages):
        yield Violation("form")
    if any(not 0 <= package < len(problem.packages) for package in award.packages):
        yield Violation("form")


def _count_offers(problem: Problem, award: Award, count: _Count) -> Iterator[Violation]:
    parts = defaultdict(list)
    for number, lot, quantity in award.parts:
        parts[number].append((lot, quantity))
    for used, taken in parts.items():
        offer = problem.offers[used]
        through = sum(quantity for _lot, quantity in taken)
        reached = [tier for tier in offer.tiers if tier.minimum <= through]
        if not reached:
            yield Violation(f"minimum_order:{offer.id}", offer.tiers[0].minimum - through)
            continue
        each = max(reached, key=lambda tier: tier.minimum).unit_price
        count.total += offer.fixed_fee
        count.spend[offer.supplier] += offer.fixed_fee
        for lot, quantity in taken:
            count.total += each * quantity
            count.spend[offer.supplier] += each * quantity
            count.units[offer.supplier, offer.item] += quantity
            count.lots_of[offer.supplier].add(lot)
            count.filled[lot] += quantity
            count.sources[lot] += 1
            count.paid[lot] += each * quantity + (offer.fixed_fee if offer.zone != "*" else 0)
            yield from _technical(problem, offer.supplier, lot, offer.id)


def _count_packages(problem: Problem, award: Award, count: _Count) -> Iterator[Violation]:
    for number in award.packages:
        package = problem.packages[number]
        count.total += package.price
        count.spend[package.supplier] += package.price
        ceiling: int | None = 0
        for key in package.covers:
            lot = problem.lot_number[key]
            wanted = problem.lots[lot]
            count.units[package.supplier, wanted.item] += wanted.size
            count.lots_of[package.supplier].add(lot)
            count.filled[lot] += wanted.size
            count.sources[lot] += 1
            count.packed[lot] += 1
            ceiling = None if ceiling is None or wanted.reserve is None else ceiling + wanted.reserve
            yield from _technical(problem, package.supplier, lot, package.id)
        if ceiling is not None and package.price > ceiling:
            yield Violation(f"reserve:{package.id}", package.price - ceiling)


def _technical(problem: Problem, supplier: str, lot: int, name: str) -> Iterator[Violation]:
    least = problem.evaluation.minimum_technical
    if least is not None:
        given = problem.supplier_of[supplier].technical
        wanted = problem.lots[lot]
        if given.get(f"{wanted.item}/{wanted.zone}", given.get("*", Fraction(0))) < least:
            yield Violation(f"minimum_technical:{name}")


def _lots(problem: Problem, count: _Count) -> Iterator[Violation]:
    for number, lot in enumerate(problem.lots):
        filled = count.filled[number]
        empty_is_fine = problem.rules.allow_unfilled and filled == 0
        if filled != lot.size and not empty_is_fine:
            yield Violation(f"lot:{lot.name}", abs(filled - lot.size))
        if problem.rules.single_source and count.sources[number] > 1:
            yield Violation(f"single_source:{lot.name}", count.sources[number] - 1)
        if count.packed[number] and count.sources[number] > 1:
            yield Violation(f"package_alone:{lot.name}", count.sources[number] - 1)
        if lot.reserve is not None and count.paid[number] > lot.reserve:
            yield Violation(f"reserve:{lot.name}", count.paid[number] - lot.reserve)


def _suppliers(problem: Problem, count: _Count) -> Iterator[Violation]:
    for supplier in problem.suppliers:
        for item, most in supplier.capacity.items():
            used = count.units[supplier.id, item]
            if used > most:
                yield Violation(f"capacity:{supplier.id}:{item}", used - most)
        if supplier.max_lots is not None and len(count.lots_of[supplier.id]) > supplier.max_lots:
            yield Violation(f"max_lots:{supplier.id}", len(count.lots_of[supplier.id]) - supplier.max_lots)
        if supplier.max_share is not None:
            over = (
                count.spend[supplier.id] * supplier.max_share.denominator - supplier.max_share.numerator * count.total
            )
            if over > 0:
                yield Violation(f"max_share:{supplier.id}", -(-over // supplier.max_share.denominator))


def _whole(problem: Problem, count: _Count) -> Iterator[Violation]:
    rules = problem.rules
    winners = sum(1 for lots in count.lots_of.values() if lots)
    if rules.max_winners is not None and winners > rules.max_winners:
        yield Violation("max_winners", winners - rules.max_winners)
    if rules.min_winners is not None and winners < rules.min_winners:
        yield Violation("min_winners", rules.min_winners - winners)
    if rules.budget is not None and count.total > rules.budget:
        yield Violation("budget", count.total - rules.budget)

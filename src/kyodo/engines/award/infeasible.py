"""Why no award is possible: the smallest sets of named rules and facts that can't hold together, and what would help.

A set is minimal when leaving out any one of its members makes the rest possible. Sets are found by QuickXplain
(Junker 2004), further ones by blocking a member of each set found (the hitting-set tree of Reiter 1987).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kyodo.engines.award.problem import Evaluation, Problem
from kyodo.engines.award.solver.search import find_award
from kyodo.engines.award.variants import minimum_orders, only_lots, rule_names, with_rule, without_rules
from kyodo.engines.patience import Patience
from kyodo.engines.sentences import Fact, Sentence
from kyodo.engines.words import _

MOST_SETS = 5
SHARE_STEP = Fraction(1, 10_000)

Value = int | Fraction


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The least change of one rule that lets the set hold together.

    Parameters
    ----------
    rule : str
    now, needed : int or Fraction
        Shares are rounded up to the next 1/10,000.
    """

    rule: str
    now: Value
    needed: Value

    def sentence(self) -> Sentence:
        """In words."""
        facts: dict[str, Fact] = {"rule": self.rule, "now": _shown(self.now), "needed": _shown(self.needed)}
        return Sentence(_("{rule} を {now} から {needed} にすれば、この組は両立します。"), facts)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules and facts that can't hold together.

    Parameters
    ----------
    rules : tuple of str
    facts : tuple of str
        `no_offer:lot`, `minimum_order:offer`, `lots:…` (lots that offers and packages can't fill together).
    relaxations : tuple of Relaxation
        For each rule with a value, alone.
    """

    rules: tuple[str, ...]
    facts: tuple[str, ...]
    relaxations: tuple[Relaxation, ...] = ()

    def sentence(self) -> Sentence:
        """In words."""
        if not self.rules and self.facts and self.facts[0].startswith("no_offer:"):
            lots = ", ".join(fact.partition(":")[2] for fact in self.facts)
            return Sentence(_("{lots} には応札がありません。"), {"lots": lots})
        names = ", ".join((*self.rules, *self.facts))
        return Sentence(_("次の条件は同時には満たせません: {names}"), {"names": names})


def explain_infeasible(problem: Problem, patience: Patience) -> list[Conflict]:
    """Find minimal conflicts of a problem that has no award.

    Parameters
    ----------
    problem : Problem
    patience : Patience
        Fewer sets are found when it ends early; those found are still conflicts, perhaps not minimal.

    Returns
    -------
    list of Conflict, smallest first
    """
    # Points change which award is best, never which are possible.
    problem = replace(problem, evaluation=Evaluation(minimum_technical=problem.evaluation.minimum_technical))
    offered = {lot for lots in problem.lots_of_offer for lot in lots}
    offered |= {lot for lots in problem.lots_of_package for lot in lots}
    bare = [lot for lot in range(len(problem.lots)) if lot not in offered]
    conflicts = [Conflict((), (f"no_offer:{problem.lots[lot].name}",)) for lot in bare]
    if bare:
        problem = only_lots(problem, set(range(len(problem.lots))) - set(bare))
    search = _Conflicts(problem, patience)
    if problem.lots and not search.possible(search.names):
        conflicts += search.run()
    return sorted(conflicts, key=lambda conflict: len(conflict.rules) + len(conflict.facts))


class _Conflicts:
    def __init__(self, problem: Problem, patience: Patience) -> None:
        self.problem = problem
        self.patience = patience
        self.names = [*minimum_orders(problem), *rule_names(problem)]
        self.known: dict[frozenset[str], bool] = {}

    def possible(self, kept: Sequence[str]) -> bool:
        """Whether an award exists when only these rules and facts hold; unknown counts as possible."""
        key = frozenset(kept)
        if key not in self.known:
            self.known[key] = _feasible(without_rules(self.problem, set(self.names) - key), self.patience)
        return self.known[key]

    def run(self) -> list[Conflict]:
        if not self.possible([]):
            return [self._lots_that_clash()]
        found: list[tuple[str, ...]] = []
        waiting: list[list[str]] = [self.names]
        while waiting and len(found) < MOST_SETS and not self.patience.over:
            names = waiting.pop(0)
            if self.possible(names):
                continue
            members = self._minimal(names)
            if members not in found:
                found.append(members)
            waiting += [[name for name in names if name != member] for member in members]
        return [self._conflict(members) for members in found]

    def _minimal(self, names: list[str]) -> tuple[str, ...]:
        return tuple(sorted(self._quick(names, [], False), key=self.names.index))

    def _quick(self, names: list[str], background: list[str], grown: bool) -> list[str]:
        """QuickXplain: the members of one minimal conflict among names, given a background."""
        if grown and not self.possible(background):
            return []
        if len(names) == 1:
            return names
        half = len(names) // 2
        first, second = names[:half], names[half:]
        from_second = self._quick(second, [*background, *first], bool(first))
        from_first = self._quick(first, [*background, *from_second], bool(from_second))
        return [*from_first, *from_second]

    def _lots_that_clash(self) -> Conflict:
        """Without any rule: offers and packages overlap so that some lots can't all be filled."""
        kept = set(range(len(self.problem.lots)))
        free = without_rules(self.problem, set(self.names))
        for lot in sorted(kept):
            if len(kept) > 1 and not _feasible(only_lots(free, kept - {lot}), self.patience):
                kept.discard(lot)
        return Conflict((), tuple(f"lots:{self.problem.lots[lot].name}" for lot in sorted(kept)))

    def _conflict(self, members: tuple[str, ...]) -> Conflict:
        facts = tuple(name for name in members if name.startswith("minimum_order:"))
        rules = tuple(name for name in members if name not in facts)
        alone = without_rules(self.problem, set(self.names) - set(members))
        relaxations = [self._least(alone, rule) for rule in rules]
        return Conflict(rules, facts, tuple(found for found in relaxations if found is not None))

    def _least(self, problem: Problem, rule: str) -> Relaxation | None:
        """The least change of one rule that makes a conflict's members possible together."""
        if rule == "budget":
            found = find_award(without_rules(problem, {rule}), self.patience)
            if found.status != "optimal" or found.total is None:
                return None
            return Relaxation(rule, problem.rules.budget or 0, found.total)
        limits = _limits(problem, rule)
        if limits is None:
            return None
        now, last, step = limits

        def works(steps: int) -> bool:
            return _feasible(with_rule(problem, rule, now + steps * step), self.patience)

        most = int((last - now) / step)
        if most < 1 or not works(most):
            return None
        steps = _first(works, 1, most)
        if self.patience.over:
            return None
        needed: Value = now + steps * step
        return Relaxation(rule, now, needed if rule.startswith("max_share:") else int(needed))


def _first(works: Callable[[int], bool], low: int, high: int) -> int:
    """The first number in low…high that works, if all after it do."""
    while low < high:
        middle = (low + high) // 2
        if works(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _feasible(problem: Problem, patience: Patience) -> bool:
    found = find_award(problem, patience)
    return found.status != "infeasible"


def _limits(problem: Problem, rule: str) -> tuple[Value, Value, Value] | None:
    """Present value, the loosest that could matter, and the step (negative where less is looser)."""
    family, _colon, rest = rule.partition(":")
    if family == "max_winners":
        return problem.rules.max_winners or 0, len(problem.suppliers), 1
    if family == "min_winners":
        return problem.rules.min_winners or 0, 0, -1
    if family == "reserve":
        lot = next(lot for lot in problem.lots if lot.name == rest)
        return lot.reserve or 0, _dearest(problem, lot.name), 1
    supplier = problem.supplier_of.get(rest.partition(":")[0])
    if supplier is None:
        return None
    if family == "max_lots":
        return supplier.max_lots or 0, len(problem.lots), 1
    if family == "max_share":
        share = supplier.max_share or Fraction(0)
        grid = Fraction(share // SHARE_STEP) * SHARE_STEP
        return grid, 1, SHARE_STEP
    if family == "capacity":
        item = rest.partition(":")[2]
        return supplier.capacity[item], sum(lot.size for lot in problem.lots if lot.item == item), 1
    return None


def _dearest(problem: Problem, name: str) -> int:
    """More than anybody could ask for a lot."""
    lot = next(lot for lot in problem.lots if lot.name == name)
    prices = [tier.unit_price for offer in problem.offers if offer.item == lot.item for tier in offer.tiers]
    fees = sum(offer.fixed_fee for offer in problem.offers if offer.item == lot.item)
    packages = max((package.price for package in problem.packages), default=0)
    return max(prices, default=0) * lot.size + fees + packages


def _shown(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{float(value):.4f}".rstrip("0").rstrip(".")

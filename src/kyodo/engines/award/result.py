"""The result as it is written to a file: `kyodo-award-result/1`, every yen of it adding up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from kyodo.engines.award.explain import Explainer
from kyodo.engines.award.infeasible import Conflict
from kyodo.engines.award.pricing import package_shares, price, split_by_weight
from kyodo.engines.award.problem import Award, Problem
from kyodo.engines.award.solver.proof import yen_bound
from kyodo.engines.award.solver.search import Found
from kyodo.engines.award.ties import Settled
from kyodo.engines.award.what_if import Changed
from kyodo.engines.sentences import Sentence

FORMAT = "kyodo-award-result/1"

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that came out of a problem, not yet in a language.

    Parameters
    ----------
    problem : Problem
    found : Found
    settled : Settled or None
        The award after the tie rule.
    conflicts : list of Conflict
    changes, rules : list of Changed
        What-ifs and rule prices that were asked for.
    warnings : tuple of Sentence
    seed : int
    seconds : float
    """

    problem: Problem
    found: Found
    settled: Settled | None
    conflicts: list[Conflict] = field(default_factory=list)
    changes: list[Changed] = field(default_factory=list)
    rules: list[Changed] = field(default_factory=list)
    warnings: tuple[Sentence, ...] = ()
    seed: int = 0
    seconds: float = 0.0

    @property
    def status(self) -> str:
        """`optimal`, `feasible`, `infeasible`, `no_solution_found`."""
        return self.found.status

    @property
    def award(self) -> Award | None:
        """The award that is given out."""
        return None if self.settled is None else self.settled.award

    def document(self, language: str = "ja") -> Document:
        """The result file's content."""
        document: Document = {"format": FORMAT, "status": self.status, **self._value()}
        document.update(self._award(language))
        document["warnings"] = [warning.said(language) for warning in self.warnings]
        document["ties"] = {
            "exists": self.settled.exists if self.settled else None,
            "chosen_by": self.problem.rules.tie,
        }
        document["rule_prices"] = [_rule_price(changed) for changed in self.rules]
        document["what_if"] = [_what_if(changed) for changed in self.changes]
        document["infeasible_because"] = [_conflict(conflict, language) for conflict in self.conflicts]
        document.update(
            solver=f"HiGHS {_version('highspy')}",
            version=_version("kyodo"),
            seed=self.seed,
            seconds=round(self.seconds, 3),
        )
        return document

    def _value(self) -> Document:
        found, points = self.found, self.problem.evaluation.by_points
        if self.award is None:
            return {"total": None, "bound": None if points else yen_bound(found.bound), "gap": None}
        total = price(self.problem, self.award).total
        if points:
            gap = 0.0 if found.status == "optimal" else max(0.0, found.bound - float(found.score or 0))
            exact = found.score or Fraction(0)
            return {
                "total": total,
                "bound": found.bound,
                "gap": gap,
                "score": float(exact),
                "score_exact": f"{exact.numerator}/{exact.denominator}",
            }
        bound = total if found.status == "optimal" else yen_bound(found.bound)
        return {"total": total, "bound": bound, "gap": _gap(total, bound)}

    def _award(self, language: str) -> Document:
        empty: Document = {"lots": [], "fees": [], "buyers": [], "unfilled": [], "not_chosen": []}
        if self.award is None:
            return empty
        explainer = Explainer(self.problem, self.award)
        pieces = pieces_of(self.problem, self.award)
        filled = {piece.lot for piece in pieces}
        return {
            "lots": [_lot(self.problem, lot, pieces, explainer) for lot in sorted(filled)],
            "fees": [
                {"offer": self.problem.offers[n].id, "supplier": self.problem.offers[n].supplier, "amount": amount}
                for n, amount in price(self.problem, self.award).fees
            ],
            "buyers": buyers_of(self.problem, self.award),
            "unfilled": [
                {"item": lot.item, "zone": lot.zone} for n, lot in enumerate(self.problem.lots) if n not in filled
            ],
            "not_chosen": [
                {
                    kind: name,
                    "because": {
                        "code": because.code,
                        "text": because.sentence.said(language),
                        "facts": dict(because.sentence.facts),
                    },
                }
                for kind, name, because in explainer.not_chosen()
            ],
        }


@dataclass(frozen=True, slots=True)
class Piece:
    """What one offer or package delivers in one lot; a fee is a piece without a quantity of its own.

    Parameters
    ----------
    lot, quantity, amount : int
    supplier, kind, name : str
        `kind` is `offer` or `package`.
    unit_price : int or None
    """

    lot: int
    supplier: str
    kind: str
    name: str
    quantity: int
    unit_price: int | None
    amount: int


def pieces_of(problem: Problem, award: Award) -> list[Piece]:
    """All pieces of an award, by lot, fees not included."""
    priced = price(problem, award)
    found = []
    for (offer, lot, quantity), each in zip(award.parts, priced.part_prices, strict=True):
        given = problem.offers[offer]
        found.append(Piece(lot, given.supplier, "offer", given.id, quantity, each, each * quantity))
    for number in award.packages:
        package = problem.packages[number]
        for lot, share in zip(problem.lots_of_package[number], package_shares(problem, number), strict=True):
            found.append(Piece(lot, package.supplier, "package", package.id, problem.lots[lot].size, None, share))
    return sorted(found, key=lambda piece: piece.lot)


def _lot(problem: Problem, number: int, pieces: list[Piece], explainer: Explainer) -> Document:
    lot = problem.lots[number]
    second = explainer.runner_up(number)
    return {
        "item": lot.item,
        "zone": lot.zone,
        "parts": [
            {
                "supplier": piece.supplier,
                piece.kind: piece.name,
                "quantity": piece.quantity,
                "unit_price": piece.unit_price,
                "amount": piece.amount,
            }
            for piece in pieces
            if piece.lot == number
        ],
        "runner_up": None
        if second is None
        else {
            "offer": second.offer,
            "supplier": second.supplier,
            "amount": second.amount,
            "difference": second.difference,
        },
    }


def buyers_of(problem: Problem, award: Award) -> list[Document]:
    """What each buyer gets and pays: parts and fees by quantity, yen by largest remainder, then file order."""
    wanting: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for demand in problem.demands:
        wanting[problem.lot_number[demand.item, demand.zone]].append((demand.buyer, demand.quantity))
    parts: dict[str, list[Document]] = {buyer: [] for buyer in problem.buyers}
    quantities: dict[str, dict[str, int]] = defaultdict(dict)  # offer → buyer → units
    for piece in pieces_of(problem, award):
        rows = wanting[piece.lot]
        units = _units(piece, rows, parts, problem)
        amounts = _amounts(piece, units)
        for (buyer, _wanted), quantity, amount in zip(rows, units, amounts, strict=True):
            if quantity or amount:
                lot = problem.lots[piece.lot]
                parts[buyer].append(
                    {
                        "item": lot.item,
                        "zone": lot.zone,
                        "supplier": piece.supplier,
                        "quantity": quantity,
                        "amount": amount,
                    }
                )
            if piece.kind == "offer":
                got = quantities[piece.name]
                got[buyer] = got.get(buyer, 0) + quantity
    fees = _fees(problem, award, quantities)
    return [
        {"buyer": buyer, "amount": sum(part["amount"] for part in own) + fees[buyer], "parts": own}
        for buyer, own in parts.items()
    ]


def _units(piece: Piece, rows: list[tuple[str, int]], parts: dict[str, list[Document]], problem: Problem) -> list[int]:
    """Units of a piece for each buyer of its lot, so that over all pieces everybody gets exactly what they want."""
    lot = problem.lots[piece.lot]
    left = []
    for buyer, wanted in rows:
        got = sum(p["quantity"] for p in parts[buyer] if p["item"] == lot.item and p["zone"] == lot.zone)
        left.append(wanted - got)
    return split_by_weight(piece.quantity, left)


def _amounts(piece: Piece, units: list[int]) -> list[int]:
    if piece.unit_price is not None:
        return [piece.unit_price * quantity for quantity in units]
    return split_by_weight(piece.amount, units)


def _fees(problem: Problem, award: Award, quantities: dict[str, dict[str, int]]) -> dict[str, int]:
    owed = dict.fromkeys(problem.buyers, 0)
    for number, amount in price(problem, award).fees:
        got = quantities[problem.offers[number].id]
        ordered = [buyer for buyer in problem.buyers if got.get(buyer)]
        for buyer, share in zip(ordered, split_by_weight(amount, [got[b] for b in ordered]), strict=True):
            owed[buyer] += share
    return owed


def _gap(total: int, bound: int | None) -> float | None:
    """How far total and bound are apart, as a part of the total."""
    if bound is None:
        return None
    return 0.0 if total == bound else (total - bound) / total


def _rule_price(changed: Changed) -> Document:
    return {"rule": changed.change, "total_without": changed.total, "status": changed.status}


def _what_if(changed: Changed) -> Document:
    return {"change": changed.change, "total": changed.total, "status": changed.status}


def _conflict(conflict: Conflict, language: str) -> Document:
    return {
        "rules": list(conflict.rules),
        "facts": list(conflict.facts),
        "text": conflict.sentence().said(language),
        "least_relaxation": [
            {
                "rule": relaxation.rule,
                "now": _number(relaxation.now),
                "needed": _number(relaxation.needed),
                "text": relaxation.sentence().said(language),
            }
            for relaxation in conflict.relaxations
        ],
    }


def _number(value: int | Fraction) -> int | float:
    return value if isinstance(value, int) else float(value)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"

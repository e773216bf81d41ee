"""Reads `kyodo-award/1`: the shape of each part here, what must hold between parts in `whole.py`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from kyodo.engines.award.problem import (
    ALL_ZONES,
    Demand,
    Evaluation,
    Item,
    LotKey,
    Offer,
    Package,
    Problem,
    Rules,
    Supplier,
    Tier,
    lots_from,
)
from kyodo.engines.award.reading.parts import Draft, Placed
from kyodo.engines.award.reading.whole import check_whole
from kyodo.engines.reading.document import BadInputError
from kyodo.engines.reading.fields import Fields, Notes, exact_fraction, whole_number
from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _

FORMAT = "kyodo-award/1"
TOP = ("format", "currency", "items", "demands", "lots", "suppliers", "offers", "packages", "rules", "evaluation")
RULES = ("min_winners", "max_winners", "single_source_per_lot", "budget", "allow_unfilled", "tie")
SUPPLIER = ("id", "name", "max_share", "capacity", "max_lots", "local", "technical")


def read_problem(document: Any) -> tuple[Problem, tuple[Sentence, ...]]:
    """Validate a parsed document wholly.

    Parameters
    ----------
    document
        As `parse_document` gives it.

    Returns
    -------
    problem : Problem
    warnings : tuple of Sentence
        What is odd but harmless.

    Raises
    ------
    BadInputError
        With every fault and its JSON path.
    """
    notes = Notes()
    top = Fields(document, "$", notes, TOP)
    if not top.sound:
        raise BadInputError(notes.faults)
    if top.text("format") not in (FORMAT, None):
        notes.wrong("$.format", _("知らない形式です"), _("形式 {form}"), form=FORMAT)
    top.choice("currency", ("JPY",), "JPY")
    draft = Draft(
        items=_items(top, notes),
        demands=_demands(top, notes),
        reserves=_reserves(top, notes),
        suppliers=_suppliers(top, notes),
        offers=_offers(top, notes),
        packages=_packages(top, notes),
        rules=_rules(top, notes),
        evaluation=_evaluation(top, notes),
    )
    check_whole(draft, notes)
    if notes.faults:
        raise BadInputError(notes.faults)
    demands = tuple(placed.value for placed in draft.demands)
    problem = Problem(
        items=tuple(placed.value for placed in draft.items),
        demands=demands,
        lots=lots_from(demands, {key: reserve for key, (_where, reserve) in draft.reserves.items()}),
        suppliers=tuple(placed.value for placed in draft.suppliers),
        offers=tuple(placed.value for placed in draft.offers),
        packages=tuple(placed.value for placed in draft.packages),
        rules=draft.rules,
        evaluation=draft.evaluation,
    )
    return problem, tuple(notes.warnings)


def _items(top: Fields, notes: Notes) -> list[Placed[Item]]:
    found = []
    for where, value in top.rows("items", filled=True):
        row = Fields(value, where, notes, ("id", "name", "unit"))
        identity = row.text("id")
        name, unit = row.text("name", needed=False), row.text("unit", needed=False)
        if identity is not None:
            found.append(Placed(where, Item(identity, name or "", unit or "")))
    return found


def _zone(row: Fields, notes: Notes) -> str | None:
    zone = row.text("zone")
    if zone == ALL_ZONES:
        notes.wrong(row.at("zone"), _("「*」はここでは使えません"), _("一つの区域"))
        return None
    return zone


def _demands(top: Fields, notes: Notes) -> list[Placed[Demand]]:
    found = []
    for where, value in top.rows("demands", filled=True):
        row = Fields(value, where, notes, ("buyer", "item", "quantity", "zone"))
        buyer, item, zone = row.text("buyer"), row.text("item"), _zone(row, notes)
        quantity = row.whole("quantity", least=1)
        if buyer is not None and item is not None and zone is not None and quantity is not None:
            found.append(Placed(where, Demand(buyer, item, zone, quantity)))
    return found


def _reserves(top: Fields, notes: Notes) -> dict[LotKey, tuple[str, int | None]]:
    found: dict[LotKey, tuple[str, int | None]] = {}
    for where, value in top.rows("lots", needed=False):
        row = Fields(value, where, notes, ("item", "zone", "reserve"))
        item, zone = row.text("item"), _zone(row, notes)
        reserve = row.whole("reserve", needed=False)
        if item is None or zone is None:
            continue
        if (item, zone) in found:
            notes.wrong(where, _("同じ品目と区域が二度あります"), _("品目と区域の組は一度"))
        found[item, zone] = (where, reserve)
    return found


def _suppliers(top: Fields, notes: Notes) -> list[Placed[Supplier]]:
    found = []
    for where, value in top.rows("suppliers"):
        row = Fields(value, where, notes, SUPPLIER)
        identity, name = row.text("id"), row.text("name", needed=False)
        share = row.fraction("max_share", most=1)
        capacity = {key: whole_number(given, path, notes, least=0) for path, key, given in row.table("capacity")}
        technical = {key: exact_fraction(given, path, notes, most=None) for path, key, given in row.table("technical")}
        most_lots = row.whole("max_lots", needed=False)
        local = row.flag("local", otherwise=False)
        if identity is not None:
            kept = {item: most for item, most in capacity.items() if most is not None}
            points = {lot: given for lot, given in technical.items() if given is not None}
            found.append(Placed(where, Supplier(identity, name or "", share, kept, most_lots, local, points)))
    return found


def _tiers(row: Fields, notes: Notes) -> tuple[Tier, ...]:
    found: list[Tier] = []
    for where, value in row.rows("tiers", filled=True):
        tier = Fields(value, where, notes, ("min", "unit_price"))
        minimum, price = tier.whole("min", least=1), tier.whole("unit_price")
        if minimum is None or price is None:
            continue
        if found and minimum <= found[-1].minimum:
            notes.wrong(
                tier.at("min"), _("段階が小さい順になっていません"), _("{least} 以上"), least=found[-1].minimum + 1
            )
        found.append(Tier(minimum, price))
    return tuple(found)


def _offers(top: Fields, notes: Notes) -> list[Placed[Offer]]:
    found = []
    for where, value in top.rows("offers"):
        row = Fields(value, where, notes, ("id", "supplier", "item", "zone", "tiers", "fixed_fee"))
        identity, supplier, item, zone = row.text("id"), row.text("supplier"), row.text("item"), row.text("zone")
        tiers = _tiers(row, notes)
        fee = row.whole("fixed_fee", needed=False) or 0
        if identity is not None and supplier is not None and item is not None and zone is not None:
            found.append(Placed(where, Offer(identity, supplier, item, zone, tiers, fee)))
    return found


def _packages(top: Fields, notes: Notes) -> list[Placed[Package]]:
    found = []
    for where, value in top.rows("packages", needed=False):
        row = Fields(value, where, notes, ("id", "supplier", "price", "covers"))
        identity, supplier, price = row.text("id"), row.text("supplier"), row.whole("price")
        covers: list[LotKey] = []
        for path, element in row.rows("covers", filled=True):
            lot = Fields(element, path, notes, ("item", "zone"))
            item, zone = lot.text("item"), _zone(lot, notes)
            if item is None or zone is None:
                continue
            if (item, zone) in covers:
                notes.wrong(path, _("同じ品目と区域が二度あります"), _("品目と区域の組は一度"))
            covers.append((item, zone))
        if identity is not None and supplier is not None and price is not None:
            found.append(Placed(where, Package(identity, supplier, price, tuple(covers))))
    return found


def _rules(top: Fields, notes: Notes) -> Rules:
    if not top.has("rules"):
        return Rules()
    row = Fields(top.members["rules"], "$.rules", notes, RULES)
    least, most = row.whole("min_winners", needed=False), row.whole("max_winners", least=1, needed=False)
    if least is not None and most is not None and least > most:
        notes.wrong(row.at("min_winners"), _("max_winners より大きい値です"), _("{most} 以下の整数"), most=most)
    tie, seed = "report", ""
    given = row.members.get("tie")
    if isinstance(given, dict):
        draw = Fields(given, row.at("tie"), notes, ("draw",))
        drawn = draw.members.get("draw")
        if isinstance(drawn, bool) or not isinstance(drawn, int | str) or drawn == "":
            notes.wrong(draw.at("draw"), _("くじの種がありません"), _("空でない文字列か整数"))
        tie, seed = "draw", str(drawn)
    else:
        tie = row.choice("tie", ("report", "supplier_id"), "report")
    return Rules(
        min_winners=least,
        max_winners=most,
        single_source=row.flag("single_source_per_lot", otherwise=True),
        budget=row.whole("budget", needed=False),
        allow_unfilled=row.flag("allow_unfilled", otherwise=False),
        tie=tie,
        draw_seed=seed,
    )


def _evaluation(top: Fields, notes: Notes) -> Evaluation:
    if not top.has("evaluation"):
        return Evaluation()
    row = Fields(top.members["evaluation"], "$.evaluation", notes, ("method", "price_points", "minimum_technical"))
    method = row.choice("method", ("lowest", "additive", "division"), "lowest")
    points = row.fraction("price_points", needed=method == "additive")
    return Evaluation(method, points or Fraction(0), row.fraction("minimum_technical"))

"""What must hold between the parts of a problem: references, duplicates, totals, what an evaluation method needs."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kyodo.engines.award.problem import ALL_ZONES, LARGEST_TOTAL, LotKey, Offer
from kyodo.engines.award.reading.parts import Draft, Placed
from kyodo.engines.reading.fields import Notes
from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _


def check_whole(draft: Draft, notes: Notes) -> None:
    """Note every fault that shows only when the parts are seen together."""
    _duplicates(draft, notes)
    _references(draft, notes)
    _unwanted(draft, notes)
    _two_kinds_of_offer(draft.offers, notes)
    if draft.evaluation.by_points:
        _points(draft, notes)
    if draft.evaluation.by_points or draft.evaluation.minimum_technical is not None:
        _technical_given(draft, notes)
    _totals(draft, notes)


def _duplicates(draft: Draft, notes: Notes) -> None:
    lists: Iterable[Sequence[Placed[Any]]] = (draft.items, draft.suppliers, draft.offers, draft.packages)
    for placed_list in lists:
        seen: dict[str, str] = {}
        for placed in placed_list:
            identity = placed.value.id
            if identity in seen:
                notes.wrong(
                    f"{placed.where}.id",
                    _("識別子 {identity} は {first} と重なっています"),
                    _("ほかにない識別子"),
                    identity=identity,
                    first=seen[identity],
                )
            seen.setdefault(identity, placed.where)
    rows: dict[tuple[str, str, str], str] = {}
    for placed in draft.demands:
        key = (placed.value.buyer, placed.value.item, placed.value.zone)
        if key in rows:
            notes.wrong(
                placed.where, _("需要が {first} と重なっています"), _("団体・品目・区域の組は一行"), first=rows[key]
            )
        rows.setdefault(key, placed.where)


def _unknown(notes: Notes, where: str, name: str, known: Iterable[str]) -> None:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.4)
    if near:
        notes.wrong(where, _("{name} はどこにも定められていません"), _("もしかして {near}"), name=name, near=near[0])
    else:
        notes.wrong(where, _("{name} はどこにも定められていません"), _("定められた識別子"), name=name)


def _references(draft: Draft, notes: Notes) -> None:
    items = {placed.value.id for placed in draft.items}
    suppliers = {placed.value.id for placed in draft.suppliers}
    for placed in draft.demands:
        if placed.value.item not in items:
            _unknown(notes, f"{placed.where}.item", placed.value.item, items)
    for (item, _z), (where, _reserve) in draft.reserves.items():
        if item not in items:
            _unknown(notes, f"{where}.item", item, items)
    for supplier in draft.suppliers:
        for item in supplier.value.capacity:
            if item not in items:
                _unknown(notes, f"{supplier.where}.capacity.{item}", item, items)
    for offer in draft.offers:
        if offer.value.supplier not in suppliers:
            _unknown(notes, f"{offer.where}.supplier", offer.value.supplier, suppliers)
        if offer.value.item not in items:
            _unknown(notes, f"{offer.where}.item", offer.value.item, items)
    for package in draft.packages:
        if package.value.supplier not in suppliers:
            _unknown(notes, f"{package.where}.supplier", package.value.supplier, suppliers)


def _wanted(draft: Draft) -> Counter[LotKey]:
    sizes: Counter[LotKey] = Counter()
    for placed in draft.demands:
        sizes[placed.value.item, placed.value.zone] += placed.value.quantity
    return sizes


def _unwanted(draft: Draft, notes: Notes) -> None:
    wanted = _wanted(draft)
    items = {item for item, _zone in wanted}
    names = {f"{item}/{zone}" for item, zone in wanted} | {ALL_ZONES}
    for package in draft.packages:
        for place, (item, zone) in enumerate(package.value.covers):
            if (item, zone) not in wanted:
                notes.wrong(
                    f"{package.where}.covers[{place}]",
                    _("{lot} には需要がありません"),
                    _("需要のある品目と区域"),
                    lot=f"{item}/{zone}",
                )
    for offer in draft.offers:
        value = offer.value
        if value.item not in items if value.everywhere else (value.item, value.zone) not in wanted:
            facts = {"offer": value.id, "lot": f"{value.item}/{value.zone}"}
            notes.warnings.append(Sentence(_("応札 {offer} の対象 {lot} には需要がありません"), facts))
    for key in draft.reserves:
        if key not in wanted:
            notes.warnings.append(
                Sentence(_("予定価格のある {lot} には需要がありません"), {"lot": f"{key[0]}/{key[1]}"})
            )
    for supplier in draft.suppliers:
        for name in supplier.value.technical:
            if name not in names:
                facts = {"supplier": supplier.value.id, "lot": name}
                notes.warnings.append(Sentence(_("{supplier} の技術点の対象 {lot} には需要がありません"), facts))


def _two_kinds_of_offer(offers: list[Placed[Offer]], notes: Notes) -> None:
    first: dict[tuple[str, str], tuple[bool, str]] = {}
    for placed in offers:
        key = (placed.value.supplier, placed.value.item)
        kind = (placed.value.everywhere, placed.where)
        if first.setdefault(key, kind)[0] != placed.value.everywhere:
            notes.wrong(
                f"{placed.where}.zone",
                _("{supplier} はこの品目に「*」と区域別の両方で応札しています（{other}）"),
                _("どちらか一方"),
                supplier=placed.value.supplier,
                other=first[key][1],
            )


def _points(draft: Draft, notes: Notes) -> None:
    """Rule 9: each lot × offer must have one exact score."""
    if not draft.rules.single_source:
        notes.wrong("$.rules.single_source_per_lot", _("総合評価では分割できません"), _("true にする"))
    for package in draft.packages:
        notes.wrong(package.where, _("総合評価では一括の応札は使えません"), _("区域別の応札だけ"))
    for offer in draft.offers:
        if offer.value.everywhere:
            notes.wrong(f"{offer.where}.zone", _("総合評価では「*」は使えません"), _("一つの区域"))
        if draft.evaluation.method == "division":
            for place, tier in enumerate(offer.value.tiers):
                if tier.unit_price == 0 and offer.value.fixed_fee == 0:
                    path = f"{offer.where}.tiers[{place}].unit_price"
                    notes.wrong(path, _("除算方式では 0 円で割れません"), _("1 以上の整数"))
    for item, zone in _wanted(draft):
        where, reserve = draft.reserves.get((item, zone), ("$.lots", None))
        if not reserve:
            notes.wrong(
                where, _("総合評価には {lot} の予定価格が要ります"), _("1 以上の reserve"), lot=f"{item}/{zone}"
            )


def _technical_given(draft: Draft, notes: Notes) -> None:
    offered = {offer.value.supplier for offer in draft.offers}
    offered |= {package.value.supplier for package in draft.packages}
    for supplier in draft.suppliers:
        if supplier.value.id in offered and not supplier.value.technical:
            facts = {"supplier": supplier.value.id}
            notes.warnings.append(Sentence(_("{supplier} には技術点がありません（0 点として扱います）"), facts))


def _totals(draft: Draft, notes: Notes) -> None:
    """Refuse what could pass 2^53 yen: the dearest offer for every lot, all fees and all packages together."""
    of_item: dict[str, list[tuple[LotKey, int]]] = defaultdict(list)
    for key, size in _wanted(draft).items():
        of_item[key[0]].append((key, size))
    dearest: dict[LotKey, int] = {}
    rest = sum(offered.value.fixed_fee for offered in draft.offers)
    rest += sum(package.value.price for package in draft.packages)
    for placed in draft.offers:
        offer = placed.value
        most = max((tier.unit_price for tier in offer.tiers), default=0)
        for key, size in of_item[offer.item]:
            if offer.zone in (key[1], ALL_ZONES):
                dearest[key] = max(dearest.get(key, 0), most * size)
                if most * size > LARGEST_TOTAL:
                    notes.wrong(f"{placed.where}.tiers", _("金額が2の53乗を超えます"), _("より小さい単価か数量"))
    if sum(dearest.values()) + rest > LARGEST_TOTAL:
        notes.wrong("$", _("合計が2の53乗を超えることがあります"), _("より小さい単価か数量"))

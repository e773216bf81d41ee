"""The reason for each no, in a sentence: what every offer and package that was not taken lost against.

Reasons are tried from the plainest on: what could never have been taken, then what was simply dearer, then which rule
stood in the way of a cheaper one. The last is found by putting the offer in and asking the checker what breaks.
"""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.engines.award.pricing import Priced, package_shares, price, unit_price
from kyodo.engines.award.problem import Award, Offer, Package, Problem
from kyodo.engines.award.score import score_of
from kyodo.engines.award.solver.choices import package_ceiling, technically_fit
from kyodo.engines.award.verify import verify
from kyodo.engines.sentences import Fact, Sentence
from kyodo.engines.words import _


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The cheapest other way to serve a whole lot by one offer.

    Parameters
    ----------
    offer, supplier : str
    amount : int
        Yen, fee included.
    difference : int
        Against what is paid for the lot; negative where a rule or package keeps a cheaper offer out.
    """

    offer: str
    supplier: str
    amount: int
    difference: int


@dataclass(frozen=True, slots=True)
class Because:
    """Why an offer or package was not taken.

    Parameters
    ----------
    code : str
    sentence : Sentence
    """

    code: str
    sentence: Sentence


class Explainer:
    """Explains one award."""

    def __init__(self, problem: Problem, award: Award) -> None:
        self.problem = problem
        self.award = award
        self.paid = self._paid(price(problem, award))
        self.package_at = {lot: p for p in award.packages for lot in problem.lots_of_package[p]}
        self._offers_at: dict[int, list[int]] = {lot: [] for lot in range(len(problem.lots))}
        for number, lots in enumerate(problem.lots_of_offer):
            for lot in lots:
                self._offers_at[lot].append(number)
        self.used = {offer for offer, _lot, _quantity in award.parts}
        self.filled = {lot for _offer, lot, _quantity in award.parts} | set(self.package_at)

    def _paid(self, priced: Priced) -> dict[int, int]:
        """Yen for each lot: parts, zone fees, and its part of a package."""
        paid: dict[int, int] = dict.fromkeys(range(len(self.problem.lots)), 0)
        charged: set[int] = set()
        for (offer, lot, quantity), each in zip(self.award.parts, priced.part_prices, strict=True):
            paid[lot] += each * quantity
            if not self.problem.offers[offer].everywhere and offer not in charged:
                paid[lot] += self.problem.offers[offer].fixed_fee
                charged.add(offer)
        for number in self.award.packages:
            for lot, share in zip(
                self.problem.lots_of_package[number], package_shares(self.problem, number), strict=True
            ):
                paid[lot] += share
        return paid

    def runner_up(self, lot: int) -> RunnerUp | None:
        """The cheapest offer for the whole lot that does not serve it."""
        best: RunnerUp | None = None
        serving = {offer for offer, at, _quantity in self.award.parts if at == lot}
        for number in self._offers_at[lot]:
            offer = self.problem.offers[number]
            if number in serving:
                continue
            amount = self._alone(offer, lot)
            if amount is not None and (best is None or amount < best.amount):
                best = RunnerUp(offer.id, offer.supplier, amount, amount - self.paid[lot])
        return best

    def _alone(self, offer: Offer, lot: int) -> int | None:
        wanted = self.problem.lots[lot]
        each = unit_price(offer, wanted.size)
        supplier = self.problem.supplier_of[offer.supplier]
        if each is None or not technically_fit(self.problem, supplier, lot):
            return None
        amount = each * wanted.size + offer.fixed_fee
        return None if wanted.reserve is not None and amount > wanted.reserve else amount

    def not_chosen(self) -> list[tuple[str, str, Because]]:
        """Kind (`offer` or `package`), id and reason of everything that was not taken."""
        found = []
        for number, offer in enumerate(self.problem.offers):
            if number not in self.used:
                found.append(("offer", offer.id, self._offer(number, offer)))
        for number, package in enumerate(self.problem.packages):
            if number not in self.award.packages:
                found.append(("package", package.id, self._package(number, package)))
        return found

    def _offer(self, number: int, offer: Offer) -> Because:
        lots = self.problem.lots_of_offer[number]
        if not lots:
            return Because("not_wanted", Sentence(_("需要のない品目・区域への応札です。")))
        reasons = [self._offer_in_lot(number, offer, lot) for lot in lots]
        order = [
            "beaten_by_package", "blocked", "tier_not_reached", "fewer_points", "dearer", "equal", "over_reserve",
            "over_capacity", "below_minimum_order", "technical_too_low",
        ]  # fmt: skip
        return min(reasons, key=lambda reason: order.index(reason.code))

    def _impossible(self, number: int, offer: Offer, lot: int) -> Because | None:
        """What keeps an offer out of a lot whatever the others ask."""
        wanted = self.problem.lots[lot]
        supplier = self.problem.supplier_of[offer.supplier]
        if not technically_fit(self.problem, supplier, lot):
            return Because("technical_too_low", Sentence(_("技術点が最低点に届いていません。")))
        reach = sum(self.problem.lots[other].size for other in self.problem.lots_of_offer[number])
        if unit_price(offer, reach) is None:
            least = offer.tiers[0].minimum
            sentence = Sentence(
                _("最低注文数 {least} に {short} 足りません。"), {"least": least, "short": least - reach}
            )
            return Because("below_minimum_order", sentence)
        each = unit_price(offer, max(wanted.size, offer.tiers[0].minimum)) or 0
        amount = each * wanted.size + (0 if offer.everywhere else offer.fixed_fee)
        if self.problem.rules.single_source and wanted.reserve is not None and amount > wanted.reserve:
            sentence = Sentence(_("予定価格を {excess} 円超えています。"), {"excess": amount - wanted.reserve})
            return Because("over_reserve", sentence)
        most = supplier.capacity.get(offer.item, wanted.size)
        if self.problem.rules.single_source and most < wanted.size:
            facts: dict[str, Fact] = {"short": wanted.size - most, "supplier": offer.supplier}
            sentence = Sentence(_("{supplier} の供給力では {short} 足りません。"), facts)
            return Because("over_capacity", sentence)
        return None

    def _offer_in_lot(self, number: int, offer: Offer, lot: int) -> Because:
        found = self._impossible(number, offer, lot)
        if found:
            return found
        if lot not in self.filled:
            return self._empty(self._broken_with(number, lot))
        if self.problem.evaluation.by_points:
            return self._fewer_points(number, offer, lot)
        if lot in self.package_at:
            return self._against_package(offer, lot)
        wanted = self.problem.lots[lot]
        quantity = max(wanted.size, offer.tiers[0].minimum)
        each = unit_price(offer, quantity) or 0
        difference = each * wanted.size + offer.fixed_fee - self.paid[lot]
        if difference > 0:
            return self._tier(offer, lot, difference) or Because(
                "dearer", Sentence(_("落札より {difference} 円高い応札です。"), {"difference": difference})
            )
        return self._blocked(number, offer, lot, difference)

    def _fewer_points(self, number: int, offer: Offer, lot: int) -> Because:
        mine = score_of(self.problem, number, lot)
        taken = next((o for o, at, _q in self.award.parts if at == lot), None)
        best = None if taken is None else score_of(self.problem, taken, lot)
        if mine is not None and best is not None and mine < best:
            facts = {"mine": f"{float(mine):.6g}", "best": f"{float(best):.6g}"}
            return Because("fewer_points", Sentence(_("評価値 {mine} は落札者の {best} に及びません。"), facts))
        return self._blocked(number, offer, lot, 0)

    def _tier(self, offer: Offer, lot: int, difference: int) -> Because | None:
        """Whether a tier beyond this lot's size would have made the offer cheaper than what is paid."""
        wanted = self.problem.lots[lot]
        for tier in offer.tiers:
            cheaper = tier.unit_price * wanted.size + offer.fixed_fee < self.paid[lot]
            if tier.minimum > wanted.size and cheaper:
                facts = {"difference": difference, "short": tier.minimum - wanted.size, "price": tier.unit_price}
                text = _("落札より {difference} 円高く、単価 {price} 円の段階まで {short} 足りません。")
                return Because("tier_not_reached", Sentence(text, facts))
        return None

    def _cheapest_alone(self, lot: int) -> int | None:
        """The least that one offer asks for the whole lot."""
        asked = [self._alone(self.problem.offers[number], lot) for number in self._offers_at[lot]]
        return min((amount for amount in asked if amount is not None), default=None)

    def _against_package(self, offer: Offer, lot: int) -> Because:
        """A package has one price: what it saves shows over all of its lots only."""
        package = self.problem.packages[self.package_at[lot]]
        asked = [self._cheapest_alone(other) for other in self.problem.lots_of_package[self.package_at[lot]]]
        cheapest, mine = self._cheapest_alone(lot), self._alone(offer, lot)
        facts: dict[str, Fact] = {"package": package.id}
        if mine is not None and cheapest is not None and mine > cheapest:
            text = _("一括 {package} がなくても、{difference} 円安い応札がほかにあります。")
            return Because("dearer", Sentence(text, {**facts, "difference": mine - cheapest}))
        known = [amount for amount in asked if amount is not None]
        if len(known) == len(asked) and sum(known) > package.price:
            text = _("一括 {package} は、区分ごとに最も安い応札の合計より {difference} 円安くなります。")
            return Because("beaten_by_package", Sentence(text, {**facts, "difference": sum(known) - package.price}))
        return Because("beaten_by_package", Sentence(_("一括 {package} を含む組合せが、全体では安くなります。"), facts))

    def _blocked(self, number: int, offer: Offer, lot: int, difference: int) -> Because:
        rule = self._broken_with(number, lot)
        if rule is None and difference == 0:
            return Because("equal", Sentence(_("落札と同額で、同価の決め方により選ばれませんでした。")))
        if rule is None:
            facts = {"difference": -difference}
            text = _("この区分だけなら {difference} 円安いものの、ほかの区分と合わせると全体では高くなります。")
            return Because("blocked", Sentence(text, facts))
        return Because(
            "blocked",
            Sentence(
                _("この区分だけなら {difference} 円安いものの、条件 {rule} に触れます。"),
                {"difference": -difference, "rule": rule},
            ),
        )

    def _broken_with(self, number: int, lot: int) -> str | None:
        """The first rule that breaks when an offer takes a lot over."""
        parts = {(o, at): q for o, at, q in self.award.parts if at != lot}
        parts[number, lot] = self.problem.lots[lot].size
        broken = verify(self.problem, Award.of(parts, list(self.award.packages)))
        return next((fault.rule for fault in broken if not fault.rule.startswith("minimum_order")), None)

    def _empty(self, rule: str | None) -> Because:
        """There is no award to be dearer than: a lot stayed empty."""
        if rule is None:
            return Because("blocked", Sentence(_("区分は空いたままですが、ほかの区分と合わせると採れません。")))
        return Because("blocked", Sentence(_("区分は空いたままですが、採ると条件 {rule} に触れます。"), {"rule": rule}))

    def _package(self, number: int, package: Package) -> Because:
        ceiling = package_ceiling(self.problem, number)
        if ceiling is not None and package.price > ceiling:
            sentence = Sentence(_("予定価格の合計を {excess} 円超えています。"), {"excess": package.price - ceiling})
            return Because("over_reserve", sentence)
        lots = self.problem.lots_of_package[number]
        difference = package.price - sum(self.paid[lot] for lot in lots)
        if not self.filled >= set(lots):
            return self._empty(self._broken_with_package(number, lots))
        if difference > 0:
            sentence = Sentence(_("同じ区分の落札の合計より {difference} 円高い一括です。"), {"difference": difference})
            return Because("dearer", sentence)
        rivals = sorted({self.problem.packages[self.package_at[lot]].id for lot in lots if lot in self.package_at})
        if rivals:
            facts = {"package": ", ".join(rivals)}
            return Because("beaten_by_package", Sentence(_("一括 {package} と区分が重なります。"), facts))
        return self._package_blocked(number, lots, difference)

    def _package_blocked(self, number: int, lots: tuple[int, ...], difference: int) -> Because:
        rule = self._broken_with_package(number, lots)
        if rule is None and difference == 0:
            return Because("equal", Sentence(_("落札と同額で、同価の決め方により選ばれませんでした。")))
        if rule is None:
            sentence = Sentence(_("採ると、残る区分の単価の段階が下がり、全体では高くなります。"))
            return Because("blocked", sentence)
        return Because(
            "blocked",
            Sentence(
                _("{difference} 円安いものの、条件 {rule} に触れます。"), {"difference": -difference, "rule": rule}
            ),
        )

    def _broken_with_package(self, number: int, lots: tuple[int, ...]) -> str | None:
        """The first rule that breaks when a package takes its lots over from offers."""
        parts = {(o, at): q for o, at, q in self.award.parts if at not in lots}
        broken = verify(self.problem, Award.of(parts, [*self.award.packages, number]))
        return next((fault.rule for fault in broken), None)

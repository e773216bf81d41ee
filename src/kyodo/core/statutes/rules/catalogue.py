"""The rules that rows may be about: their names, their kinds, their unit, and what a body's own row may say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kyodo.core.statutes.rules.words import BodyClass, Unit
from kyodo.engines.words import _


class Bound(StrEnum):
    """What a body may set for itself."""

    NONE = "none"  # the law leaves nothing to it
    FREE = "free"
    FLOOR = "floor"  # more than the law's figure, never less
    CEILING = "ceiling"  # less, never more


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule: `kinds` are its parts, in words; `unit` of its figure, if it has one."""

    name: str
    bound: Bound = Bound.NONE
    unit: Unit = Unit.NONE
    kinds: Mapping[str, str] = field(default_factory=lambda: {"": ""})
    only: BodyClass | None = None  # rows of the own level for bodies of this class only


_GROUNDS = {str(number): f"{number}" for number in range(1, 10)}
_TRADE = {"goods": _("物品"), "services": _("その他の役務"), "technical": _("技術的役務")}

RULES: dict[str, RuleCard] = {
    "small_contract_ceiling": RuleCard(
        _("少額の随意契約の上限"),
        Bound.CEILING,
        Unit.YEN,
        {
            "works": _("工事・製造の請負"),
            "purchase": _("財産の買入れ"),
            "lease": _("物件の借入れ"),
            "sale": _("財産の売払い"),
            "lend": _("物件の貸付け"),
            "other": _("その他"),
        },
    ),
    "council_vote_works": RuleCard(_("議会の議決が要る工事・製造の請負"), Bound.FLOOR, Unit.YEN),
    "council_vote_property": RuleCard(_("議会の議決が要る財産の取得・処分"), Bound.FLOOR, Unit.YEN),
    "council_vote_land_area": RuleCard(_("議決が要る土地の面積"), Bound.FLOOR, Unit.SQUARE_METRES),
    "council_vote_effect": RuleCard(
        _("議会の議決の効果"),
        kinds={
            "floor": _("額は下限"),
            "lease_services": _("賃貸借・役務"),
            "without_vote": _("議決のない契約"),
            "change": _("契約の変更"),
            "series": _("合計への注意"),
        },
    ),
    "direct_grounds": RuleCard(_("随意契約の理由（号）"), kinds=_GROUNDS),
    "direct_limits": RuleCard(
        _("随意契約の条件"), kinds={"8": _("8号の条件"), "9": _("9号の条件"), "split": _("分割")}
    ),
    "designated_grounds": RuleCard(_("指名競争の理由（号）"), kinds={"1": "1", "2": "2", "3": "3"}),
    "senketsu": RuleCard(_("専決処分"), kinds={"179": _("179条"), "180": _("180条")}),
    "award": RuleCard(_("落札者の決め方")),
    "evaluation": RuleCard(_("総合評価"), Bound.FLOOR, Unit.PERSONS, {"scholars": _("意見を聴く学識経験者")}),
    "low_price": RuleCard(
        _("低すぎる価格"),
        kinds={
            "survey": _("低入札価格調査"),
            "minimum": _("最低制限価格"),
            "wto": _("特定調達"),
            "services": _("役務での使われ方"),
        },
    ),
    "bid_fixed": RuleCard(_("入札書の書換え・撤回の禁止")),
    "opening": RuleCard(_("開札")),
    "rebid": RuleCard(_("再度の入札"), Bound.FREE, Unit.ROUNDS),
    "lot": RuleCard(_("くじ")),
    "deposits": RuleCard(
        _("保証金"),
        Bound.FREE,
        Unit.PERCENT,
        {"": "", "bid": _("入札保証金の率"), "contract": _("契約保証金の率")},
    ),
    "exclusion": RuleCard(_("入札に参加させない期間"), unit=Unit.MONTHS),
    "notice_days": RuleCard(_("公告の日数"), Bound.FREE, Unit.DAYS, {"": "", "urgent": _("急ぐとき")}),
    "tax_rounding": RuleCard(_("消費税の端数")),
    "wto_threshold": RuleCard(
        _("特定調達（WTO）の基準額"), unit=Unit.YEN, kinds=_TRADE | {"construction": _("建設工事")}
    ),
    "wto_value": RuleCard(
        _("特定調達の額の数え方"),
        unit=Unit.MONTHS,
        kinds={
            "short": _("12か月以下"),
            "long": _("12か月を超える"),
            "open": _("期間の定めがない"),
            "series": _("一連の調達"),
        },
    ),
    "wto_limits": RuleCard(
        _("特定調達の制限"),
        kinds={
            "place": _("所在地の要件"),
            "direct": _("随意契約"),
            "split": _("分割"),
            "unions": _("組合"),
        },
    ),
    "wto_notice_days": RuleCard(
        _("特定調達の公告の日数"),
        Bound.FREE,
        Unit.DAYS,
        {"first": _("はじめて"), "series": _("一連の2回目から"), "urgent": _("急ぐとき")},
    ),
    "epa_core_city": RuleCard(_("中核市の特定調達（日EU・EPA）の基準額"), unit=Unit.YEN, kinds=_TRADE),
    "fiscal_year": RuleCard(_("会計年度")),
    "debt_burden": RuleCard(_("債務負担行為")),
    "long_contract": RuleCard(
        _("長期継続契約"),
        Bound.FREE,
        Unit.MONTHS,
        {"utilities": _("電気・通信・不動産"), "lease": _("物品の借入れ"), "services": _("役務")},
    ),
    "payment_terms": RuleCard(
        _("検査と支払の期限"),
        kinds={
            "inspection": _("検査"),
            "inspection_works": _("検査（工事）"),
            "payment": _("支払"),
            "payment_works": _("支払（工事）"),
            "special": _("特殊な内容"),
            "inspection_unwritten": _("書いていないときの検査"),
            "payment_unwritten": _("書いていないときの支払"),
        },
    ),
    "late_interest": RuleCard(_("遅延利息の計算")),
    "late_interest_rate": RuleCard(_("遅延利息の率（年）"), Bound.FLOOR, Unit.PERCENT),
    "staff_loan": RuleCard(_("職員の派遣")),
    "entrust": RuleCard(_("事務の委託")),
    "council_body": RuleCard(_("協議会"), kinds={"managing": _("管理執行など"), "liaison": _("連絡調整だけ")}),
    "joint_organ": RuleCard(_("機関などの共同設置")),
    "small_firms": RuleCard(_("中小企業の受注機会（官公需）")),
    "collusion": RuleCard(_("官製談合の防止")),
    "consumption_tax": RuleCard(_("消費税の率"), unit=Unit.PERCENT),
    "core_city": RuleCard(_("中核市である"), Bound.FREE, only=BodyClass.C),
    "union_class": RuleCard(
        _("組合の区分（構成する団体による）"),
        Bound.FREE,
        kinds={"P": _("都道府県がいる"), "C": _("市・特別区がいる"), "T": _("町村だけ")},
    ),
}
# What says of a body what it is: marks, without a figure.
MARKS = frozenset({"core_city", "union_class"})


def unit_of(rule: str, kind: str) -> Unit:
    """The unit of a rule's figures. Terms of payment are counted in days, but one of them is a factor."""
    if rule == "payment_terms":
        return Unit.TIMES if kind == "special" else Unit.DAYS
    return RULES[rule].unit


def rule_label(rule: str) -> str:
    """What a rule is called, as a text to translate; its own name where this version does not know it."""
    return RULES[rule].name if rule in RULES else rule


def rule_place(rule: str) -> int:
    """Where a rule stands in the catalogue; behind all others where this version does not know it."""
    return list(RULES).index(rule) if rule in RULES else len(RULES)


def kind_name(rule: str, kind: str) -> str:
    """What a kind of a rule is called, as a text to translate; empty for the rule itself."""
    card = RULES.get(rule)
    return card.kinds.get(kind, kind) if card else kind

"""特定調達: the government procurement agreement for prefectures and designated cities, the EPA for core cities."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kyodo.core.statutes.rules import BodyClass, Decided
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.law.facts import CommitmentFacts, Finding, Look, Subject, Weight, said
from kyodo.modules.procurement.rules.law.selection import CHECKED, DIRECT, ground_of

KINDS = {
    Subject.PURCHASE: "goods",
    Subject.LEASE: "goods",
    Subject.SERVICE: "services",
    Subject.WORKS: "construction",
}
# 特例政令10条, and of 令167条の2第1項 these.
DIRECT_GROUNDS = frozenset({"5", "8", "9", "wto10"})

APPLIES = _("{value}円は基準額{least}円以上なので、特定調達（WTO）です。")
EPA = _("{value}円は基準額{least}円以上なので、日EU・EPAの対象です。地元中小企業の方針を公表していれば除けます。")
SERIES = _(
    "この1件は基準額{least}円より少ないですが、一連の調達を合わせると{sum}円になります。合計で見るか確かめてください。"
)
NO_DIRECT = _("特定調達の随意契約は、5号・8号・9号と特例政令10条の場合だけです。")
OPEN_ONLY = _("日EU・EPAの対象は、一般競争入札によります。")
NO_PLACE = _("特定調達では、事業所の所在地を参加資格にできません。")
PLACE_STAYS = _("日EU・EPAの対象では、所在地の要件を残せます。")
NO_MINIMUM = _("特定調達には、最低制限価格を使えません。")
NOTICE = _("特定調達の公告は{least}日前からです。団体の規則で確かめてください。")
SHORT = _("特定調達の公告は{least}日前からですが、{days}日しかありません。")
UNKNOWN = _("特定調達の基準額の行がないか、要確認です。")


def day_of(facts: CommitmentFacts) -> date:
    """The day whose thresholds count: that of the notice."""
    return facts.notice_on or facts.planned_on


def value_of(facts: CommitmentFacts, look: Look) -> int | None:
    """The value that is compared: the whole price (of a long lease with what is left), or 48 months without a term."""
    is_running = facts.subject in {Subject.LEASE, Subject.SERVICE}
    if is_running and facts.months is None and facts.monthly is not None:
        months = look("wto_value", "open", on=day_of(facts)).value
        return None if months is None else facts.monthly * int(months)
    if facts.amount is None:
        return None
    short = look("wto_value", "short", on=day_of(facts)).value
    is_long = facts.months is not None and short is not None and facts.months > short
    return facts.amount + facts.residual if facts.subject is Subject.LEASE and is_long else facts.amount


def findings(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """Whether it is such procurement, and what that asks."""
    kind = facts.wto_kind or KINDS.get(facts.subject, "")
    mark = look.book.mark(day_of(facts))
    by_agreement = mark.body_class in {BodyClass.P, BodyClass.D}
    if mark.is_union or not kind or not (by_agreement or mark.is_core_city):
        return
    if not by_agreement and kind == "construction":
        return
    decided, least = look.yen("wto_threshold" if by_agreement else "epa_core_city", kind, on=day_of(facts))
    value = value_of(facts, look)
    if value is None:
        return
    if least is None:
        yield said("wto_unknown", Weight.WARNS, UNKNOWN, decided)
        return
    if value < least:
        whole = value + sum(one.amount for one in facts.like)
        if whole >= least:
            yield said("wto_series", Weight.WARNS, SERIES, decided, least=least, sum=whole)
        return
    told = _by_agreement if by_agreement else _by_epa
    yield from told(facts, look, decided, value, least)


def _by_agreement(facts: CommitmentFacts, look: Look, decided: Decided, value: int, least: int) -> Iterator[Finding]:
    yield said("wto_applies", Weight.TELLS, APPLIES, decided, value=value, least=least)
    if facts.method in DIRECT and ground_of(facts) not in DIRECT_GROUNDS:
        limit = look("wto_limits", "direct", on=day_of(facts))
        yield said("wto_direct", Weight.BLOCKS, NO_DIRECT, limit, unblocks=CHECKED)
    if facts.requires_place:
        limit = look("wto_limits", "place", on=day_of(facts))
        yield said("wto_place", Weight.BLOCKS, NO_PLACE, limit, unblocks=CHECKED)
    if "minimum" in facts.low_price:
        limit = look("low_price", "wto", on=day_of(facts))
        yield said("wto_minimum_price", Weight.BLOCKS, NO_MINIMUM, limit, unblocks=CHECKED)
    yield from _notice(facts, look)


def _by_epa(facts: CommitmentFacts, look: Look, decided: Decided, value: int, least: int) -> Iterator[Finding]:
    yield said("epa_applies", Weight.TELLS, EPA, decided, value=value, least=least)
    if facts.method not in {"open_lowest", "open_evaluation"}:
        yield said("epa_method", Weight.BLOCKS, OPEN_ONLY, decided, unblocks=CHECKED)
    if facts.requires_place:
        yield said("epa_place", Weight.TELLS, PLACE_STAYS, decided)


def _notice(facts: CommitmentFacts, look: Look) -> Iterator[Finding]:
    """The days of notice are the body's own; the State's stand for them until they are entered, and then only warn."""
    decided, least = look.yen("wto_notice_days", "first", on=day_of(facts))
    if least is None or facts.method in DIRECT:
        return
    if facts.notice_days is None:
        yield said("wto_notice", Weight.TELLS, NOTICE, decided, least=least)
    elif facts.notice_days < least:
        weight = Weight.BLOCKS if decided.is_own else Weight.WARNS
        unblocks = CHECKED if decided.is_own else ()
        yield said("wto_notice_short", weight, SHORT, decided, unblocks=unblocks, least=least, days=facts.notice_days)

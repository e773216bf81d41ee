"""What is said about a plan, as sentences: why this specialist, why nobody, why it changed, what a pin breaks."""

from __future__ import annotations

from kyodo.engines.matching.problem import Problem
from kyodo.engines.matching.reasons import Relaxation, Unmet
from kyodo.engines.matching.report import Change
from kyodo.engines.matching.verify import Violation
from kyodo.engines.matching.what_if import WhatIf
from kyodo.engines.sentences import Fact, Sentence
from kyodo.engines.words import _

REASONS = {
    "no_one_has_skill": _("求める技能の水準に届く人材がいません。"),
    "conflict_of_interest": _("技能の合う人材は、みな応札者と利害関係があります。"),
    "travel": _("残る人材は、みな移動時間の上限を超えます。"),
    "no_common_slots": _("残る人材と、自治体の空いている曜日・時間帯が合いません。"),
    "leave": _("残る人材は、休みが多すぎるか、始められる週がありません。"),
    "barred": _("残る人材は、この自治体に就けません。"),
    "weekly_limit": _("残る人材の週の上限を超えます。"),
    "request_limit": _("残る人材は、案件を受け持てません。"),
    "pinned_elsewhere": _("残る人材は、固定された予定で埋まっています。"),
    "all_booked": _("務まる人材はいますが、ほかの案件に就くほうが全体として良い結果になります。"),
}

RELAXATIONS = {
    "level": _("水準を {by} 下げれば、{who} が務められます。"),
    "window": _("開始の時期を {by} 週広げれば、{who} が務められます。"),
    "mode": _("オンラインにすれば、{who} が務められます。"),
    "slots": _("曜日・時間帯を {by} 枠増やせば、{who} が務められます。"),
    "max_travel": _("{who} が移動の上限を {by} 分延ばせば、務められます。"),
    "one_more_specialist": _("人材がもう一人必要です。"),
}

CAUSES = {
    "specialist_gone": _("前に担当していた人材がいなくなりました。"),
    "request_gone": _("案件が取り下げられました。"),
    "not_possible_any_more": _("前の担当は、条件が変わって続けられません。"),
    "pinned": _("別の担当に固定されました。"),
    "for_others": _("ほかの変更を受け入れるために、担当か枠を替えました。"),
    "new": _("新しく担当が付きました。"),
}

WHAT_IFS = {
    "one_more_specialist": _("「{about}」の人材がもう一人いれば、新たに {count} 件を満たせます（{saves} 点の改善）。"),
    "one_more_half_day": _(
        "{about} とその近くで半日増えるごとに、約 {saves} 点の改善になります（待っている案件 {count} 件）。"
    ),
    "wider_window": _("{about} の開始の時期を前後 {by} 週広げれば、{saves} 点の改善になります。"),
    "lower_level": _("{about} のいちばん高い水準を {by} 下げれば、{saves} 点の改善になります。"),
}

RULES = {
    "shape": _("枠の組合せが案件の形に合いません。"),
    "window": _("開始の時期か期間を外れています。"),
    "level": _("求める水準に届きません。"),
    "tie": _("応札者と利害関係があります。"),
    "barred": _("この自治体には就けません。"),
    "travel": _("移動時間の上限を超えます。"),
    "weekly_limit": _("週の上限を超えます。"),
    "request_limit": _("案件数の上限を超えます。"),
    "specialist_slots": _("人材の空いていない枠です。"),
    "municipality_slots": _("自治体の空いていない枠です。"),
    "blocked_half": _("移動でふさがる半日が空いていません。"),
    "leave": _("休みで欠ける回が多すぎます。"),
    "slot_twice": _("同じ枠に二つの予定があります。"),
    "hop": _("同じ日に離れた二つの自治体へ行くことになります。"),
    "frozen": _("始まった週の予定と合いません。"),
    "pinned": _("固定された予定と合いません。"),
}


def why_this(problem: Problem, specialist: str, cost: int, runner_up: tuple[str, int] | None) -> Sentence:
    """Why a request is served by this specialist."""
    facts: dict[str, Fact] = {"who": specialist, "cost": cost}
    if runner_up is None:
        return Sentence(_("{who}（{cost} 点）。ほかに務まる人材はいません。"), facts)
    other, more = runner_up
    if more > 0:
        text = _("{who}（{cost} 点）。次点の {other} は {more} 点高くなります。")
    elif more == 0:
        text = _("{who}（{cost} 点）。{other} も同じ点ですが、全体の組合せで選ばれました。")
    else:
        text = _(
            "{who}（{cost} 点）。{other} のほうが {more} 点低いものの、ほかの案件に就くほうが全体として良くなります。"
        )
    return Sentence(text, {**facts, "other": other, "more": abs(more)})


def why_pinned(specialist: str, cost: int) -> Sentence:
    """Why a request is served by whom it is fixed to."""
    return Sentence(
        _("{who}（{cost} 点）。固定されているか、すでに始まっています。"), {"who": specialist, "cost": cost}
    )


def why_nobody(unmet: Unmet) -> list[Sentence]:
    """Why a request is not served, and what would serve it."""
    found = [Sentence(REASONS[unmet.reason])]
    if unmet.relaxation is not None:
        found.append(_relaxed(unmet.relaxation))
    return found


def _relaxed(one: Relaxation) -> Sentence:
    return Sentence(RELAXATIONS[one.change], {"by": one.by, "who": one.serves_with or ""})


def why_changed(change: Change) -> Sentence:
    """What brought a change."""
    return Sentence(CAUSES[change.cause])


def what_it_brings(one: WhatIf) -> Sentence:
    """What a change would bring."""
    facts: dict[str, Fact] = {"about": one.about, "count": len(one.serves), "saves": one.saves, "by": one.by}
    return Sentence(WHAT_IFS[one.change], facts)


def what_breaks(violation: Violation) -> Sentence:
    """Which rule a pin breaks."""
    return Sentence(RULES[violation.rule])

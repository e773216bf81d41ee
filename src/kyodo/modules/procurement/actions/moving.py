"""Move a case from step to step, say until when what a step asks for is due, and tell the needs that it answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext, override

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import differing
from kyodo.core.faults import Fault, fault_of_day
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.needs import facade as needs
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.preparing import prepare_alignment, prepare_survey
from kyodo.modules.procurement.actions.refusals import CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import CaseDay, CaseStep, JointProcurement
from kyodo.modules.procurement.queries.story import days_of, members_of, need_ids_of
from kyodo.modules.procurement.rules.case import (
    DUE_WORDS,
    KIND,
    STATE_WORDS,
    TRANSITIONS,
    CaseState,
    address_of,
    faults_of_reason,
)

ROUTE_STATES: dict[CaseState, needs.RouteState] = {
    CaseState.SHARED: needs.RouteState.DONE,
    CaseState.STOPPED: needs.RouteState.STOPPED,
}


@action("procurement.moved", _("{who}が共同調達 {subject} の段階を進めました。"))
def move_case(*, case: JointProcurement, to: CaseState, reason: str, by: Actor, at: datetime) -> None:
    """Take a case to another step; what that step asks for is due of each body from now."""
    workflow.ask_way(case, to=to, table=TRANSITIONS)
    if faults := faults_of_reason(reason, before=CaseState(case.state), to=to):
        raise CaseRefused(faults)
    before = workflow.move(case, to=to, table=TRANSITIONS, at=at)
    CaseStep.objects.create(case=case, before=before, after=to, reason=reason, by=by.label, at=at)
    prepare_survey(case, at=at)
    prepare_alignment(case)
    set_due(case, at=at)
    documents.refresh(KIND, case.pk)
    _tell_needs(case, reason, by=by, at=at)
    told = _("{subject} が「{state}」に進みました。")
    tell_bodies(case, told, by=by, at=at, words={"state": STATE_WORDS[to]})
    sign(case, changed={"state": (before, to.value)}, reason=reason)


@action("procurement.days_set", _("{who}が共同調達 {subject} の日程を決めました。"))
def set_days(*, case: JointProcurement, days: Mapping[CaseState, date | None], by: Actor, at: datetime) -> None:
    """Say until when what each step asks for is due; None takes a day away. Days that stay may have passed."""
    before = days_of(case.pk)
    today = clock.day_of(at)
    faults = [
        Fault(f"due_{state}", fault.sentence)
        for state, day in days.items()
        if day != before.get(state)
        for fault in fault_of_day("", day, today=today)
    ]
    given = [(state, days.get(state, before.get(state))) for state in DUE_WORDS]
    chosen = [(state, day) for state, day in given if day is not None]
    for (_earlier, first), (later, second) in pairwise(chosen):
        if second < first:
            faults.append(Fault(f"due_{later}", _("前の段階の日より後の日を選んでください。")))
    if faults:
        raise CaseRefused(faults)
    for state, day in days.items():
        if day is None:
            CaseDay.objects.filter(case=case, state=state).delete()
        else:
            CaseDay.objects.update_or_create(case=case, state=state, defaults={"due_on": day})
    now = CaseState(case.state)
    if now in days and days[now] != before.get(now):
        set_due(case, at=at)
        if (day := days[now]) is not None:
            told = _("{subject} の「{what}」の期限は {day} です。")
            tell_bodies(case, told, by=by, at=at, words={"what": DUE_WORDS[now]}, day=day.isoformat())
    after = {state.value: day.isoformat() if day else None for state, day in days.items()}
    sign(case, changed=differing({state.value: day.isoformat() for state, day in before.items()}, after))


def _tell_needs(case: JointProcurement, reason: str, *, by: Actor, at: datetime) -> None:
    """The pages of the needs tell where their case stands, in Japanese as all that is written there."""
    count = sum(member.buys for member in members_of(case.pk))
    with override("ja"):
        outcome = f"「{gettext(STATE_WORDS[CaseState(case.state)])}」の段階です（{count}団体）。"
    for _need, route in need_ids_of(case):
        needs.report_answer(
            route_id=route,
            state=ROUTE_STATES.get(CaseState(case.state), needs.RouteState.RUNNING),
            outcome=f"{outcome}{reason}"[:1000],
            due_on=None,
            address=address_of(case.pk),
            by=by,
            at=at,
        )

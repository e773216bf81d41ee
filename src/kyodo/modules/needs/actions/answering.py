"""Answer a need: open answers of a kind, tell what became of them, promise a figure and record what was measured."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import differing, plain, recorded
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.deadlines.setting import Due
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.publishing import publish
from kyodo.modules.needs.actions.refusals import NeedChanged, NeedIsMerged, NeedRefused
from kyodo.modules.needs.actions.signing import label_of, sign, tell_followers
from kyodo.modules.needs.models import Need, NeedMeasure, NeedRoute
from kyodo.modules.needs.rules import ROUTE_STATE_WORDS, ROUTE_WORDS, MeasureDraft, ResultDraft, RouteDraft, RouteState

ROUTE = "needs.route"
MEASURE = "needs.measure"


@action("needs.routed", _("{who}が相談 {subject} に答え方を決めました。"))
def open_route(*, need: Need, draft: RouteDraft, by: Actor, at: datetime) -> int:
    """Answer a need by an answer of a kind; a need may get several."""
    _ask_alone(need)
    if faults := rules.faults_of_route(draft, today=clock.day_of(at)):
        raise NeedRefused(faults)
    if need.state not in rules.OPEN:
        raise NeedChanged
    route = NeedRoute.objects.create(
        need=need,
        kind=draft.kind,
        purpose=draft.purpose,
        owner_id=by.user_id,
        owner_label=by.label,
        due_on=draft.due_on,
        state=RouteState.PLANNED,
        state_since=at,
        opened_at=at,
    )
    _set_route_deadline(route, need=need, by=by, at=at)
    told = _("{subject} に「{kind}」で答えることになりました。")
    tell_followers(need, told, by=by, at=at, words={"kind": ROUTE_WORDS[draft.kind]})
    sign(
        need,
        changed={
            "route": (None, draft.kind),
            "purpose": (None, draft.purpose),
            "due_on": (None, plain(draft.due_on)),
        },
    )
    return route.pk


@action("needs.route_reported", _("{who}が相談 {subject} への答えの進みぐあいを書きました。"))
def report_route(
    *,
    route: NeedRoute,
    to: RouteState,
    outcome: str,
    due_on: date | None,
    by: Actor,
    at: datetime,
    address: str | None = None,
) -> None:
    """Tell where an answer stands and what it brought; `address` is the page on which it is carried on."""
    need = route.need
    faults = rules.faults_of_route_report(to=to, outcome=outcome)
    if due_on != route.due_on:
        faults += rules.fault_of_day("due_on", due_on, today=clock.day_of(at))
    if faults:
        raise NeedRefused(faults)
    before = {"state": route.state, "outcome": route.outcome, "due_on": plain(route.due_on)}
    if to != route.state:
        workflow.move(route, to=to, table=rules.ROUTE_TRANSITIONS, at=at)
    route.outcome, route.due_on = outcome, due_on
    route.address = route.address if address is None else address
    route.save(update_fields=["outcome", "due_on", "address"])
    _set_route_deadline(route, need=need, by=by, at=at)
    publish(need, at=at)
    told = _("{subject} への「{kind}」が「{state}」になりました。")
    words = {"kind": ROUTE_WORDS[rules.RouteKind(route.kind)], "state": ROUTE_STATE_WORDS[to]}
    tell_followers(need, told, by=by, at=at, words=words)
    after = {"state": to.value, "outcome": outcome, "due_on": plain(due_on)}
    sign(need, changed=differing(before, after))


@action("needs.promised", _("{who}が相談 {subject} に約束する効果を書きました。"))
def promise(*, need: Need, draft: MeasureDraft, by: Actor, at: datetime) -> int:
    """Promise a figure: what it is now, what it shall be, how and when it is measured."""
    _ask_alone(need)
    if faults := rules.faults_of_measure(draft, today=clock.day_of(at)):
        raise NeedRefused(faults)
    measure = NeedMeasure.objects.create(need=need, promised_by=by.label, promised_at=at, **asdict(draft))
    due = Due(
        kind=MEASURE,
        subject=measure.pk,
        purpose="measure",
        what=_("効果の測定"),
        about=f"{label_of(need)}：{draft.label}",
        address=rules.address_of(need.pk),
        organisation_id=need.organisation_id,
    )
    deadlines.set_deadline(due, on=draft.measure_on, at=at)
    publish(need, at=at)
    tell_followers(need, _("{subject} で約束する効果が決まりました：{label}"), by=by, at=at, label=draft.label)
    sign(need, changed=differing({}, recorded(draft)))
    return measure.pk


@action("needs.measured", _("{who}が相談 {subject} の効果の測定結果を書きました。"))
def record_result(*, measure: NeedMeasure, draft: ResultDraft, by: Actor, at: datetime) -> None:
    """Record what was measured; recorded again, it is corrected, and the record keeps what was said before."""
    need = measure.need
    if faults := rules.faults_of_result(draft, today=clock.day_of(at)):
        raise NeedRefused(faults)
    told = asdict(draft)
    before = {name: plain(getattr(measure, name)) for name in told}
    same = NeedMeasure.objects.filter(pk=measure.pk, measured_at=measure.measured_at)
    if not same.update(**told, measured_by=by.label, measured_at=at):
        raise NeedChanged
    deadlines.meet(MEASURE, measure.pk, at=at)
    publish(need, at=at)
    tell_followers(need, _("{subject} の効果が測定されました：{label}"), by=by, at=at, label=measure.label)
    sign(need, changed=differing(before, recorded(draft)))


def _ask_alone(need: Need) -> None:
    if need.merged_into_id is not None:
        raise NeedIsMerged(need.merged_into_id)


def _set_route_deadline(route: NeedRoute, *, need: Need, by: Actor, at: datetime) -> None:
    if by.organisation_id is None:  # a job or a command: the day stays whose it was
        return
    due = Due(
        kind=ROUTE,
        subject=route.pk,
        purpose="route",
        what=ROUTE_WORDS[rules.RouteKind(route.kind)],
        about=label_of(need),
        address=rules.address_of(need.pk),
        organisation_id=by.organisation_id,
        user_id=route.owner_id,
    )
    on = None if route.state in rules.ROUTE_ENDED else route.due_on
    deadlines.set_deadline(due, on=on, at=at)

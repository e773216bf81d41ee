"""Situations of needs, decisions, transfers and what bodies are."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal
from typing import Any

from kyodo.core import clock
from kyodo.core.accounts import actions as accounts
from kyodo.core.deadlines import actions as deadlines
from kyodo.core.decisions import actions as decisions
from kyodo.core.decisions.rules import turn_of
from kyodo.core.duties import actions as duties
from kyodo.core.entrances import actions as entrances
from kyodo.core.entrances.models import Entrance
from kyodo.core.entrances.rules import EntranceDraft, Nature
from kyodo.core.first_day import actions as first_day
from kyodo.core.lists import actions as lists
from kyodo.core.lists.models import SavedFilter
from kyodo.core.notifications import actions as notifications
from kyodo.core.notifications.rules import Mail
from kyodo.core.organisations import actions as organisations
from kyodo.core.organisations.actions import OrganisationDraft
from kyodo.core.organisations.models import Kind
from kyodo.core.personal import actions as personal
from kyodo.core.regions import lists as regions
from kyodo.core.regions.actions import create_region
from kyodo.core.retention import actions as retention
from kyodo.core.retention.kinds import KINDS
from kyodo.core.switches.actions import switch
from kyodo.core.switches.modules import MODULES
from kyodo.core.threads import actions as threads
from kyodo.core.threads import subjects
from kyodo.core.threads.models import Post
from kyodo.modules.needs import actions as needs
from kyodo.modules.needs.models import Need, NeedBacking, NeedMeasure, NeedRoute
from kyodo.modules.needs.rules import (
    BackingDraft,
    MeasureDraft,
    RatingDraft,
    ResultDraft,
    RouteDraft,
    RouteKind,
    RouteState,
    State,
)
from tests import decided, keeping
from tests.architecture.situations import acting, situation
from tests.region import Region, draft_of


@situation("decisions.asked")
def _(region: Region) -> None:
    decided.asked(region, region.need().pk)


@situation("decisions.answered")
def _(region: Region) -> None:
    need, head = region.need().pk, decided.head(region)
    one = decided.asked(region, need)
    turn, about = turn_of(one.state, one.round), decided.matter(need, head)
    decisions.answer(approval=one, matter=about, approves=True, turn=turn, remark="", **acting(head))


@situation("decisions.approval_withdrawn")
def _(region: Region) -> None:
    need = region.need().pk
    approval = decided.asked(region, need)
    decisions.withdraw(approval=approval, matter=decided.matter(need, region.villager), **acting(region.villager))


@situation("decisions.recorded")
def _(region: Region) -> None:
    decided.recorded(region, region.need().pk)


@situation("decisions.corrected")
def _(region: Region) -> None:
    need = region.need().pk
    made, matter = decided.recorded(region, need), decided.matter(need, region.villager)
    draft = decided.draft(number="8総第999号")
    decisions.correct_record(decision=made, matter=matter, draft=draft, revision=1, **acting(region.villager))


@situation("decisions.record_withdrawn")
def _(region: Region) -> None:
    need = region.need().pk
    made, matter = decided.recorded(region, need), decided.matter(need, region.villager)
    decisions.withdraw_record(decision=made, matter=matter, reason="番号を間違えました。", **acting(region.villager))


@situation("decisions.steps_set")
def _(region: Region) -> None:
    decided.with_levels(region, (decided.head(region), None))


@situation("needs.posted")
def _(region: Region) -> None:
    needs.post_need(draft=draft_of(), section="課", submission=uuid.uuid4(), **acting(region.villager))


@situation("needs.edited")
def _(region: Region) -> None:
    needs.edit_need(need=region.need(), draft=draft_of(people=3), revision=1, **acting(region.villager))


@situation("needs.backed")
def _(region: Region) -> None:
    needs.back_need(need=region.need(), draft=BackingDraft("年3件"), section="課", **acting(region.townsman))


@situation("needs.backing_withdrawn")
def _(region: Region) -> None:
    region.need(backed_by=(region.townsman,))
    needs.withdraw_backing(backing=NeedBacking.objects.get(), **acting(region.townsman))


@situation("needs.moved")
def _(region: Region) -> None:
    needs.move_need(need=region.need(), to=State.CHECKING, reason="", **acting(region.coordinator))


@situation("needs.moved_together")
def _(region: Region) -> None:
    needs.move_needs(needs=[region.need(), region.need()], to=State.CHECKING, reason="", **acting(region.coordinator))


@situation("needs.arranged")
def _(region: Region) -> None:
    person = region.coordinator
    day = clock.today() + timedelta(days=7)
    needs.arrange_needs(needs=[region.need()], assignee=person.user.pk, due_on=day, **acting(person))


@situation("needs.merged")
def _(region: Region) -> None:
    merged(region)


def merged(region: Region) -> Need:
    source = region.need()
    target = region.need(by=region.townsman)
    needs.merge_needs(target=target, sources=[source], reason="", **acting(region.coordinator))
    return source


@situation("needs.parted")
def _(region: Region) -> None:
    needs.undo_merge(need=merged(region), **acting(region.coordinator))


@situation("needs.split")
def _(region: Region) -> None:
    need = region.need(backed_by=(region.townsman,))
    draft = draft_of(title="分けた方の相談です")
    backings = [NeedBacking.objects.get().pk]
    needs.split_need(need=need, draft=draft, backings=backings, submission=uuid.uuid4(), **acting(region.coordinator))


def route(region: Region) -> NeedRoute:
    draft = RouteDraft(RouteKind.ADVICE, "相談に乗ります。")
    return NeedRoute.objects.get(pk=needs.open_route(need=region.need(), draft=draft, **acting(region.coordinator)))


@situation("needs.routed")
def _(region: Region) -> None:
    route(region)


@situation("needs.route_reported")
def _(region: Region) -> None:
    needs.report_route(
        route=route(region), to=RouteState.DONE, outcome="終わりました。", due_on=None, **acting(region.coordinator)
    )


def measure(region: Region) -> NeedMeasure:
    day = clock.today() + timedelta(days=30)
    draft = MeasureDraft("電話", "件/年", Decimal(900), Decimal(300), "受電記録で数えます。", day)
    return NeedMeasure.objects.get(pk=needs.promise(need=region.need(), draft=draft, **acting(region.coordinator)))


@situation("needs.promised")
def _(region: Region) -> None:
    measure(region)


@situation("needs.measured")
def _(region: Region) -> None:
    draft = ResultDraft(Decimal(250), clock.today(), "受電記録簿の4月から9月まで")
    needs.record_result(measure=measure(region), draft=draft, **acting(region.villager))


@situation("needs.rated")
def _(region: Region) -> None:
    needs.rate_need(need=region.need(state=State.DONE), draft=RatingDraft(5), **acting(region.villager))


@situation("needs.followed")
def _(region: Region) -> None:
    needs.follow_need(need=region.need(), **acting(region.townsman))


@situation("needs.unfollowed")
def _(region: Region) -> None:
    needs.unfollow_need(need=region.need(), **acting(region.villager))


def post(region: Region) -> dict[str, Any]:
    subject = subjects.find("needs.need", region.need().pk, actor=region.villager.actor)
    assert subject is not None
    key = threads.write_post(subject=subject, text="書き込み", is_internal=False, **acting(region.villager))
    return {"subject": subject, "post": Post.objects.get(pk=key)}


@situation("threads.posted")
def _(region: Region) -> None:
    post(region)


@situation("threads.post_changed")
def _(region: Region) -> None:
    threads.change_post(**post(region), before="書き込み", text="直した書き込み", **acting(region.villager))


@situation("threads.post_withdrawn")
def _(region: Region) -> None:
    threads.withdraw_post(**post(region), **acting(region.villager))


def saved(region: Region) -> SavedFilter:
    key = lists.save_filter(listing="needs", name="窓口", query="q=x", **acting(region.villager))
    return SavedFilter.objects.get(pk=key)


@situation("lists.filter_saved")
def _(region: Region) -> None:
    saved(region)


@situation("lists.filter_removed")
def _(region: Region) -> None:
    lists.remove_filter(saved=saved(region), **acting(region.villager))


@situation("notifications.mail_chosen")
def _(region: Region) -> None:
    notifications.choose_mail(mail=Mail.SOON, **acting(region.villager))


@situation("deadlines.calendar_opened")
def _(region: Region) -> None:
    deadlines.open_calendar(**acting(region.villager))


@situation("deadlines.calendar_closed")
def _(region: Region) -> None:
    deadlines.close_calendar(**acting(region.villager))


@situation("organisations.added")
def _(region: Region) -> None:
    organisations.add_organisation(draft=OrganisationDraft(kind=Kind.TOWN, name="町"), **acting(region.operator))


INNER = EntranceDraft(name="庁内の入口", host="kyodo.example.lg.jp", nature=Nature.INNER)


@situation("entrances.added")
def _(region: Region) -> None:
    entrances.add_entrance(draft=INNER, here="", **acting(region.operator))


@situation("entrances.changed")
def _(region: Region) -> None:
    entrances.add_entrance(draft=INNER, here="", **acting(region.operator))
    entrances.change_entrance(entrance=Entrance.objects.get(), draft=INNER, here="", **acting(region.operator))


@situation("organisations.homes_set")
def _(region: Region) -> None:
    entrances.add_entrance(draft=INNER, here="", **acting(region.operator))
    organisations.set_homes(homes={region.village.pk: Entrance.objects.get().pk}, **acting(region.operator))


@situation("regions.created")
def _(region: Region) -> None:
    akashi = regions.japan()["282031"]
    create_region(bodies=[akashi], tiles={}, dx_body="明石の団体", **acting(region.operator))


@situation("duties.created")
def _(region: Region) -> None:
    duties.create_duty(organisation=region.ward, name="課", **acting(region.operator))


@situation("retention.period_set")
def _(region: Region) -> None:
    retention.set_period(kind=KINDS[keeping.NEED], years=10, **acting(region.operator))


@situation("retention.proposed")
def _(region: Region) -> None:
    keeping.listed(region)


@situation("retention.disposed")
def _(region: Region) -> None:
    retention.approve(disposal=keeping.listed(region), keep=[], **acting(region.coordinator))


@situation("retention.rejected")
def _(region: Region) -> None:
    retention.reject(disposal=keeping.listed(region), reason="係争中", **acting(region.coordinator))


@situation("personal.handed_out")
def _(region: Region) -> None:
    personal.hand_out(**acting(region.villager))


@situation("personal.erased")
def _(region: Region) -> None:
    user = accounts.create_user(username="new", display_name="担当", email="", password=None, **acting(region.operator))
    personal.erase(user=user, **acting(region.operator))


@situation("switches.switched")
def _(region: Region) -> None:
    switch(module=MODULES["needs"], is_on=True, **acting(region.operator))


@situation("first_day.begun")
def _(region: Region) -> None:
    first_day.begin(
        organisation="推進機構",
        username="new",
        display_name="運用担当",
        email="",
        password="tall-trees-by-the-river",
        **acting(region.auditor),
    )


@situation("first_day.bodies_asked")
def _(region: Region) -> None:
    first_day.ask_for_bodies(codes=["282031"], **acting(region.operator))


@situation("first_day.step_done")
def _(region: Region) -> None:
    first_day.finish(step="reach", **acting(region.operator))

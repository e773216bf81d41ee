"""A rule about every action: keyword-only `by` and `at`, a sentence with its holders, exactly one entry of its own."""

from __future__ import annotations

import inspect
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest
from allauth.usersessions.models import UserSession

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actions as accounts
from kyodo.core.accounts.models import Membership
from kyodo.core.audit.models import Entry
from kyodo.core.audit.record import ACTIONS
from kyodo.core.deadlines import actions as deadlines
from kyodo.core.decisions import actions as decisions
from kyodo.core.decisions.rules import turn_of
from kyodo.core.duties import actions as duties
from kyodo.core.duties.models import Duty
from kyodo.core.easy_japanese import actions as easy_japanese
from kyodo.core.easy_japanese.models import EasyPage
from kyodo.core.entrances import actions as entrances
from kyodo.core.entrances.models import Entrance
from kyodo.core.entrances.rules import EntranceDraft, Nature
from kyodo.core.factors import actions as factors
from kyodo.core.factors import queries as factor_queries
from kyodo.core.factors.models import SheetCode
from kyodo.core.first_day import actions as first_day
from kyodo.core.jobs import actions as jobs
from kyodo.core.jobs.models import Job
from kyodo.core.ledger import actions as ledger
from kyodo.core.ledger.tasks import prove
from kyodo.core.lists import actions as lists
from kyodo.core.lists.models import SavedFilter
from kyodo.core.mail import actions as mail
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.queue import queue
from kyodo.core.mail.rules import Purpose
from kyodo.core.mergers import actions as mergers
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
from kyodo.core.sheets import actions as sheets
from kyodo.core.sheets import handing_in
from kyodo.core.sheets.compare import Returned
from kyodo.core.switches.actions import switch
from kyodo.core.switches.modules import MODULES
from kyodo.core.threads import actions as threads
from kyodo.core.threads import subjects
from kyodo.core.threads.models import Post
from kyodo.core.transfers import actions as transfers
from kyodo.core.transfers.models import TransferLine
from kyodo.core.transfers.rules import Line, Move
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
from tests import decided, keeping, moving, sheet_back
from tests.architecture import situations_of_bodies
from tests.region import Region, draft_of

pytestmark = pytest.mark.django_db

Situation = Callable[[Region], Any]
SITUATIONS: dict[str, Situation] = {}


def situation(name: str) -> Callable[[Situation], Situation]:
    """Describe how an action comes to be run."""

    def keep(make: Situation) -> Situation:
        SITUATIONS[name] = make
        return make

    return keep


def acting(person: Any) -> dict[str, Any]:
    return {"by": person.actor, "at": clock.now()}


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


@situation("mergers.planned")
def _(region: Region) -> None:
    moving.merger(region)


@situation("mergers.cancelled")
def _(region: Region) -> None:
    mergers.cancel(merger=moving.merger(region), **acting(region.operator))


@situation("mergers.applied")
def _(region: Region) -> None:
    mergers.apply(merger=moving.merger(region, days=0), **acting(region.operator))


@situation("transfers.drafted")
def _(region: Region) -> None:
    moving.drafted(region, region.village, region.villager)


@situation("transfers.rewritten")
def _(region: Region) -> None:
    transfer = moving.drafted(region, region.village, region.villager)
    transfers.rewrite(
        transfer=transfer,
        revision=1,
        day=transfer.day,
        remark="直した",
        lines=[Line(region.villager.user.username, Move.MOVES, "税務課")],
        **acting(region.operator),
    )


@situation("transfers.planned")
def _(region: Region) -> None:
    moving.planned(region)


@situation("transfers.reopened")
def _(region: Region) -> None:
    transfers.reopen(transfer=moving.planned(region), **acting(region.operator))


@situation("transfers.cancelled")
def _(region: Region) -> None:
    transfers.cancel(transfer=moving.planned(region), **acting(region.operator))


@situation("transfers.applied")
def _(region: Region) -> None:
    transfers.apply(transfer=moving.planned(region, days=0), **acting(region.operator))


@situation("transfers.seen")
def _(region: Region) -> None:
    line = TransferLine.objects.get(transfer=moving.planned(region))
    transfers.see(line=line, **acting(region.villager))


@situation("accounts.user_created")
def _(region: Region) -> None:
    accounts.create_user(username="new", display_name="担当", email="", password=None, **acting(region.operator))


@situation("accounts.person_added")
def _(region: Region) -> None:
    accounts.add_person(
        username="new",
        display_name="担当",
        email="",
        password=None,
        organisation=region.village,
        role=Role.OFFICER,
        duty="総務課",
        valid_from=date(2026, 4, 1),
        **acting(region.operator),
    )


@situation("accounts.role_granted")
def _(region: Region) -> None:
    accounts.grant_role(
        user=region.villager.user,
        organisation=region.village,
        role=Role.APPROVER,
        valid_from=date(2026, 4, 1),
        **acting(region.operator),
    )


@situation("accounts.role_ended")
def _(region: Region) -> None:
    membership = Membership.objects.get(user=region.villager.user)
    accounts.end_role(membership=membership, valid_until=date(2027, 3, 31), **acting(region.operator))


@situation("accounts.duty_given")
def _(region: Region) -> None:
    duty = Duty.objects.create(organisation=region.village, name="係")
    accounts.give_duty(user=region.villager.user, duty=duty, valid_from=date(2026, 4, 1), **acting(region.operator))


def token(region: Region) -> Any:
    return accounts.issue_token(
        user=region.villager.user,
        organisation=region.village,
        name="t",
        may_write=True,
        **acting(region.villager),
    )[0]


@situation("accounts.token_issued")
def _(region: Region) -> None:
    token(region)


@situation("accounts.token_revoked")
def _(region: Region) -> None:
    accounts.revoke_token(token=token(region), **acting(region.villager))


@situation("accounts.user_deactivated")
def _(region: Region) -> None:
    accounts.deactivate_user(user=region.villager.user, **acting(region.operator))


@situation("accounts.user_reactivated")
def _(region: Region) -> None:
    accounts.reactivate_user(user=region.villager.user, **acting(region.operator))


@situation("accounts.password_given")
def _(region: Region) -> None:
    accounts.give_password(user=region.villager.user, **acting(region.operator))


@situation("accounts.factors_removed")
def _(region: Region) -> None:
    accounts.remove_factors(user=region.villager.user, **acting(region.operator))


@situation("accounts.language_chosen")
def _(region: Region) -> None:
    accounts.choose_language(user=region.villager.user, language="en", **acting(region.villager))


@situation("accounts.session_ended")
def _(region: Region) -> None:
    region.villager.browser().get("/")
    session = UserSession.objects.create(
        user=region.villager.user, ip="127.0.0.1", session_key="x", user_agent="Firefox"
    )
    accounts.end_session(session=session, **acting(region.villager))


for _event, _note in accounts.SIGN_IN_NOTES.items():
    SITUATIONS[f"accounts.{_event}"] = lambda region, note=_note: note(**acting(region.villager))  # type: ignore[misc]


@situation("accounts.header_refused")
def _(region: Region) -> None:
    accounts.note_refused_header(peer="10.0.0.66", **acting(region.operator))


def sheet(region: Region) -> dict[str, Any]:
    factors.issue_sheet(user=region.villager.user, seen=None, **acting(region.operator))
    return {"user": region.villager.user, **acting(region.villager)}


@situation("factors.sheet_issued")
def _(region: Region) -> None:
    sheet(region)


@situation("factors.sheet_blocked")
def _(region: Region) -> None:
    told = sheet(region)
    row = factor_queries.sheet_of(region.villager.user.pk)
    assert row is not None
    factors.block_sheet(seen=row.id, **told)


@situation("factors.sheet_code_used")
def _(region: Region) -> None:
    told = sheet(region)
    factors.use_code(code=SheetCode.objects.get(number=1), **told)


@situation("factors.sheet_code_reused")
def _(region: Region) -> None:
    told = sheet(region)
    factors.note_reuse(code=SheetCode.objects.get(number=1), **told)


@situation("factors.mail_code_made")
def _(region: Region) -> None:
    factors.make_mail_code(user=region.villager.user, **acting(region.villager))


@situation("factors.mail_code_used")
def _(region: Region) -> None:
    factors.make_mail_code(user=region.villager.user, **acting(region.villager))
    factors.use_mail_code(user=region.villager.user, **acting(region.villager))


@situation("factors.policy_set")
def _(region: Region) -> None:
    factors.set_policy(policies=factor_queries.policies(), **acting(region.operator))


@situation("ledger.proof_requested")
def _(region: Region) -> None:
    ledger.request_proof(**acting(region.auditor))


@pytest.fixture(autouse=True)
def store_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@situation("sheets.issued")
def _(region: Region) -> None:
    sheet_back.issued(region)


@situation("sheets.received")
def _(region: Region) -> None:
    sheet_back.returned(region)


@situation("sheets.applied")
def _(region: Region) -> None:
    sheets.apply(returned_id=sheet_back.returned(region).pk, taken=set(), **acting(region.villager))


@situation("sheets.compared_again")
def _(region: Region) -> None:
    returned = sheet_back.returned(region)
    sheets.compare_again(returned_id=returned.pk, returned=Returned(), **acting(region.villager))


@situation("sheets.handed_in")
def _(region: Region) -> None:
    handing_in.start_batch(handed=[], batch=uuid.uuid4(), **acting(region.villager))


@situation("jobs.cancelled")
def _(region: Region) -> None:
    jobs.cancel(uuid=jobs.start(prove, **acting(region.auditor)), **acting(region.auditor))


@situation("jobs.requeued")
def _(region: Region) -> None:
    uuid_ = jobs.start(prove, **acting(region.auditor))
    Job.objects.update(state="failed", finished_at=clock.now())
    jobs.run_again(uuid=uuid_, **acting(region.operator))


def mailed(region: Region, **change: Any) -> OutgoingMail:
    """A mail to the village's officer, in the state that is wanted."""
    user = region.villager.user.pk
    number = queue(address="a@example.jp", purpose=Purpose.OTHER, subject="x", text="x", user_id=user, at=clock.now())
    OutgoingMail.objects.filter(pk=number).update(**change)
    return OutgoingMail.objects.get(pk=number)


@situation("mail.resent")
def _(region: Region) -> None:
    mail.resend(mail=mailed(region, state="failed"), **acting(region.coordinator))


@situation("mail.cancelled")
def _(region: Region) -> None:
    mail.cancel(mail=mailed(region, state="queued"), **acting(region.coordinator))


@situation("mail.bounced")
def _(region: Region) -> None:
    mail.note_bounce(mail=mailed(region, state="sent"), said="550 no", **acting(region.operator))


@situation("mail.address_cleared")
def _(region: Region) -> None:
    trouble = AddressTrouble.objects.create(address="a@example.jp", since=clock.now(), trouble="refused")
    mail.clear_address(trouble=trouble, **acting(region.coordinator))


def easy(region: Region) -> EasyPage:
    """A public page that has an easy version."""
    text = "みんなが使（つか）うページです。"
    number = easy_japanese.write(path="/accessibility/", title="みんな", text=text, **acting(region.operator))
    return EasyPage.objects.get(pk=number)


@situation("easy_japanese.written")
def _(region: Region) -> None:
    easy(region)


@situation("easy_japanese.withdrawn")
def _(region: Region) -> None:
    easy_japanese.take_back(page=easy(region), **acting(region.operator))


@situation("accounts.email_changed")
def _(region: Region) -> None:
    accounts.change_email(user=region.villager.user, email="new@example.jp", **acting(region.operator))


SITUATIONS.update(situations_of_bodies.SITUATIONS)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_signs_exactly_once(name: str, region: Region):
    SITUATIONS[name](region)  # KeyError: describe one before merging
    assert Entry.objects.filter(action=name).count() == 1


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_is_told_who_and_when_by_keyword(name: str):
    parameters = inspect.signature(ACTIONS[name].function).parameters.values()
    assert {"by", "at"} <= {one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY}
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in parameters)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_sentence_says_who_and_has_no_other_gap(name: str):
    gaps = {gap for _text, gap, _form, _conversion in Formatter().parse(ACTIONS[name].sentence) if gap}
    assert "who" in gaps
    assert gaps <= {"who", "subject"}


def test_no_situation_is_left_of_an_action_that_is_gone():
    assert set(SITUATIONS) == set(ACTIONS)

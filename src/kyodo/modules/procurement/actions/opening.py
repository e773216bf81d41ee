"""Open a case from needs or alone, and change what it says and asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import differing, recorded
from kyodo.core.faults import Fault
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.needs import facade as needs
from kyodo.modules.procurement.actions.joining import faults_of_bodies
from kyodo.modules.procurement.actions.ordering import put_in_order
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.preparing import prepare_survey
from kyodo.modules.procurement.actions.racing import claim
from kyodo.modules.procurement.actions.refusals import AlreadyOpened, CaseRefused
from kyodo.modules.procurement.actions.signing import sign
from kyodo.modules.procurement.models import CaseItem, CaseMember, CaseNeed, JointProcurement
from kyodo.modules.procurement.rules.case import (
    KIND,
    CaseDraft,
    CaseState,
    ItemDraft,
    MemberRole,
    address_of,
    faults_of_case,
    faults_of_items,
)
from kyodo.modules.procurement.rules.kinds import kinds


@action("procurement.opened", _("{who}が共同調達 {subject} をつくりました。"))
def open_case(
    *, draft: CaseDraft, need_ids: Sequence[int], bodies: Sequence[int], submission: UUID, by: Actor, at: datetime
) -> int:
    """Open a case for needs (each gets an answer that leads here) and bodies; its number.

    The bodies that have these needs come in as members, with `bodies`; the actor's own is in it as the DX body.
    """
    assert by.organisation_id is not None, "the door lets only coordinators of a body open cases"
    faults = faults_of_case(draft, kinds=frozenset(kinds()), today=clock.day_of(at))
    if faults := [*faults, *faults_of_bodies(bodies, at=at)]:
        raise CaseRefused(faults)
    known = JointProcurement.objects.filter(submission=submission).values_list("pk", flat=True).first()
    if known is not None:
        raise AlreadyOpened(known)
    try:
        with transaction.atomic():
            case = JointProcurement.objects.create(
                **asdict(draft),
                organisation_id=by.organisation_id,
                assignee_id=by.user_id,
                submission=submission,
                opened_at=at,
                state=CaseState.CANDIDATE,
                state_since=at,
            )
    except IntegrityError as twice:
        raise AlreadyOpened(JointProcurement.objects.values_list("pk", flat=True).get(submission=submission)) from twice
    joined = set(bodies)
    for need_id in dict.fromkeys(need_ids):
        joined |= _answer(case, need_id, by=by, at=at)
    CaseMember.objects.bulk_create(
        CaseMember(
            case=case,
            organisation_id=body,
            role=MemberRole.DX if body == by.organisation_id else MemberRole.MEMBER,
            joined_at=at,
            joined_by=by.label,
        )
        for body in sorted(joined | {by.organisation_id})
    )
    CaseItem.objects.bulk_create(
        CaseItem(case=case, number=number, **asdict(item))
        for number, item in enumerate(kinds()[draft.kind].items, start=1)
    )
    documents.refresh(KIND, case.pk)
    changed = {name: (None, value) for name, value in recorded(draft).items()}
    sign(case, changed={**changed, "needs": (None, list(need_ids)), "bodies": (None, sorted(joined))})
    return case.pk


@action("procurement.edited", _("{who}が共同調達 {subject} を書き直しました。"))
def edit_case(*, case: JointProcurement, draft: CaseDraft, revision: int, by: Actor, at: datetime) -> None:
    """Change what a case says, if nobody changed it since `revision` was read."""
    found = faults_of_case(draft, kinds=frozenset(kinds()), today=clock.day_of(at))
    if faults := [fault for fault in found if fault.field != "starts_on" or draft.starts_on != case.starts_on]:
        raise CaseRefused(faults)
    before = recorded(draft_of(case))
    claim(case, revision=revision, values=asdict(draft))
    case.title = draft.title
    documents.refresh(KIND, case.pk)
    sign(case, changed=differing(before, recorded(draft)))


@action("procurement.items_set", _("{who}が共同調達 {subject} の品目を決めました。"))
def set_items(
    *, case: JointProcurement, items: Sequence[tuple[int | None, ItemDraft]], revision: int, by: Actor, at: datetime
) -> None:
    """Say what is asked for, in order: known items by their number (id), new ones with None.

    An item that is not among them is withdrawn: what was answered about it stays in the record of the survey.
    """
    drafts = [draft for _key, draft in items]
    if faults := faults_of_items(drafts):
        raise CaseRefused(faults)
    claim(case, revision=revision)
    before = list(CaseItem.objects.filter(case=case, withdrawn_at=None).values_list("name", flat=True))
    put_in_order(CaseItem.objects.all(), [(key, asdict(draft)) for key, draft in items], owner={"case": case}, at=at)
    prepare_survey(case, at=at)
    set_due(case, at=at)
    sign(case, changed={"items": (before, [draft.name for draft in drafts])})


def draft_of(case: JointProcurement) -> CaseDraft:
    """A case as the draft that it came from."""
    return CaseDraft(**{name: getattr(case, name) for name in CaseDraft.__dataclass_fields__})


def _answer(case: JointProcurement, need_id: int, *, by: Actor, at: datetime) -> set[int]:
    """Let a need be answered by the case; the bodies that have it."""
    summary = needs.get_need(need_id, actor=by)
    route = needs.open_answer(
        need_id=need_id,
        kind=needs.RouteKind.PROCUREMENT,
        purpose=f"共同調達「{case.title}」で進めます。",
        due_on=None,
        by=by,
        at=at,
    )
    if summary is None or route is None:
        raise CaseRefused(
            [Fault("needs", _("この相談からは共同調達をつくれません。終わった相談か、見えない相談です。"))]
        )
    needs.report_answer(
        route_id=route,
        state=needs.RouteState.RUNNING,
        outcome="",
        due_on=None,
        address=address_of(case.pk),
        by=by,
        at=at,
    )
    CaseNeed.objects.create(case=case, need_id=need_id, route_id=route)
    owner = {summary.organisation_id} if summary.organisation_id is not None else set()
    return set(summary.body_ids) | owner

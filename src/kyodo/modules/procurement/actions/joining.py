"""Bodies come into a case, change their part in it, and leave it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db.models import F

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.preparing import prepare_alignment, prepare_survey
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import CaseMember, Commitment, JointProcurement
from kyodo.modules.procurement.queries.people import people_of
from kyodo.modules.procurement.rules.case import KIND, MEMBER_KIND, OPEN, REASON_LENGTH, MemberRole
from kyodo.modules.procurement.rules.commitment import CommitmentState

COMPANY = _("事業者は、参加団体にできません。")
UNKNOWN = _("この団体はありません。もう一度選んでください。")


@action("procurement.bodies_added", _("{who}が共同調達 {subject} に団体を加えました。"))
def add_bodies(
    *, case: JointProcurement, bodies: Sequence[int], role: MemberRole, by: Actor, at: datetime
) -> list[int]:
    """Take bodies in (those that left come back); the bodies that were new. Companies never are."""
    if case.state not in OPEN:
        raise CaseChanged
    faults = faults_of_bodies(bodies, at=at)
    if not bodies:
        faults.append(Fault("bodies", _("団体を選んでください。")))
    if role is MemberRole.LEAD and len(set(bodies)) > 1:
        faults.append(Fault("role", _("代表団体は1つだけです。")))
    if faults:
        raise CaseRefused(faults)
    _make_room(case, role)
    inside = set(CaseMember.objects.filter(case=case, left_at=None).values_list("organisation_id", flat=True))
    new = sorted(set(bodies) - inside)
    for body in new:
        _take_in(case, body, role, by=by, at=at)
    prepare_survey(case, at=at)
    prepare_alignment(case)
    set_due(case, at=at)
    documents.refresh(KIND, case.pk)
    told = _("{subject} に、あなたの団体が加わりました。内容を確かめてください。")
    tell_bodies(case, told, by=by, at=at, people=people_of(new))
    sign(case, changed={"bodies": (None, new), "role": (None, role.value)})
    return new


@action("procurement.joined", _("{who}が共同調達 {subject} に加わりました。"))
def join(*, case: JointProcurement, by: Actor, at: datetime) -> None:
    """The actor's body comes into a case that is shown to all."""
    assert by.organisation_id is not None, "the door lets only members of a body join"
    if Organisation.objects.filter(pk=by.organisation_id, kind=Kind.COMPANY).exists():
        raise CaseRefused([Fault("", COMPANY)])
    _take_in(case, by.organisation_id, MemberRole.MEMBER, by=by, at=at)
    prepare_survey(case, at=at)
    prepare_alignment(case)
    set_due(case, at=at)
    documents.refresh(KIND, case.pk)
    told = _("{body} が {subject} に加わりました。")
    tell_bodies(case, told, by=by, at=at, body=by.organisation_name)
    sign(case, changed={"bodies": (None, [by.organisation_id])}, organisation=by.organisation_id)


@action("procurement.roles_set", _("{who}が共同調達 {subject} での団体の役割を変えました。"))
def set_roles(*, case: JointProcurement, roles: Mapping[int, MemberRole], by: Actor, at: datetime) -> None:
    """Give members (by the number of their place) other parts; at most one leads."""
    if list(roles.values()).count(MemberRole.LEAD) > 1:
        raise CaseRefused([Fault("role", _("代表団体は1つだけです。"))])
    members = {one.pk: one for one in CaseMember.objects.filter(case=case, left_at=None, pk__in=list(roles))}
    changed = {key: role for key, role in roles.items() if key in members and members[key].role != role}
    if MemberRole.LEAD in changed.values():
        _make_room(case, MemberRole.LEAD)
    for key, role in sorted(changed.items(), key=lambda pair: pair[1] is MemberRole.LEAD):
        with first_come():
            CaseMember.objects.filter(pk=key).update(role=role)
    prepare_survey(case, at=at)
    prepare_alignment(case)
    set_due(case, at=at)
    sign(
        case,
        changed={f"role #{members[key].organisation_id}": (members[key].role, role) for key, role in changed.items()},
    )


@action("procurement.left", _("{who}が共同調達 {subject} から離れました。"))
def leave(*, member: CaseMember, reason: str, by: Actor, at: datetime) -> None:
    """A body leaves a case, with its reason; what it answered stays, and counts no more."""
    case = member.case
    if faults := list(fault_of_text("reason", reason, REASON_LENGTH)):
        raise CaseRefused(faults)
    left = CaseMember.objects.filter(pk=member.pk, left_at=None)
    if not left.update(left_at=at, left_by=by.label, left_in=case.state, left_reason=reason):
        raise CaseChanged
    deadlines.meet(MEMBER_KIND, member.pk, at=at)
    Commitment.objects.filter(case=case, organisation_id=member.organisation_id).update(
        state=CommitmentState.LEFT, state_since=at
    )
    JointProcurement.objects.filter(pk=case.pk).update(revision=F("revision") + 1)
    told = _("{body} が {subject} から離れました。数量と見込みの金額が変わることがあります。")
    tell_bodies(case, told, by=by, at=at, body=member.organisation.name)
    sign(
        case,
        changed={"left_in": (None, case.state)},
        reason=reason,
        organisation=member.organisation_id,
        kind=MEMBER_KIND,
        subject=member.pk,
    )


def faults_of_bodies(bodies: Collection[int], *, at: datetime) -> list[Fault]:
    """What is wrong with bodies that are to take part: each has to be there (still), and none may be a company."""
    there = Organisation.objects.on(clock.day_of(at)).filter(pk__in=bodies)
    found = dict(there.values_list("pk", "kind"))
    faults = [Fault("bodies", UNKNOWN)] if set(bodies) - set(found) else []
    return faults + ([Fault("bodies", COMPANY)] if Kind.COMPANY in found.values() else [])


def _take_in(case: JointProcurement, body: int, role: MemberRole, *, by: Actor, at: datetime) -> None:
    known = CaseMember.objects.filter(case=case, organisation_id=body)
    values = {"role": role, "joined_at": at, "joined_by": by.label, "left_at": None, "left_by": ""}
    with first_come():
        if not known.update(**values, left_in="", left_reason=""):
            CaseMember.objects.create(case=case, organisation_id=body, **values)


def _make_room(case: JointProcurement, role: MemberRole) -> None:
    """A case has one lead: who led before is a member from now."""
    if role is MemberRole.LEAD:
        CaseMember.objects.filter(case=case, role=MemberRole.LEAD, left_at=None).update(role=MemberRole.MEMBER)

"""Reads of decisions. Modules ask `approval_of` and `is_decided`, and show the `card` of a matter on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Reach
from kyodo.core.decisions import matters, people, rules
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.models import Approval as ApprovalModel
from kyodo.core.decisions.models import ApprovalSeat, Decision, Level, Policy
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.rules import ASKED, DECIDED, OPEN, Division, Standing, State, Step
from kyodo.core.files import attachments
from kyodo.core.files.attachments import AttachmentRow
from kyodo.core.organisations.models import Organisation

Decisions = QuerySet[Decision]
STANDING_OF = {State.RETURNED: Standing.RETURNED, State.APPROVED: Standing.APPROVED}


@dataclass(frozen=True, slots=True)
class Approval:
    """Where a matter stands: asked of a level (from 1), returned, approved, or recorded with its number and day.

    `by` is who did that last, with the duty of that day: who asked, returned, approved; who decided. `number` is empty
    where none is recorded.
    """

    state: Standing
    by: str
    at: datetime
    level: int | None = None
    number: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A recorded 決裁, whole."""

    id: int
    decided_on: date
    number: str
    division: Division
    decider_name: str
    decider_duty: str
    remark: str
    recorded_by: str
    recorded_at: datetime
    revision: int
    withdrawn_at: datetime | None
    withdrawn_by: str
    withdrawn_reason: str
    files: tuple[AttachmentRow, ...]


RECORD_FIELDS = tuple(name for name in RecordRow.__dataclass_fields__ if name != "files")


@dataclass(frozen=True, slots=True)
class StepRow:
    """What somebody did with an approval."""

    what: Step
    number: int | None
    who: str
    is_deputy: bool
    at: datetime
    remark: str


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A level on the page: who holds it, who stands in, who approved it in this round; `is_now`: it is their turn."""

    number: int
    holder: str
    deputy: str
    is_now: bool
    has_people: bool
    approved_by: str
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class AskedRow:
    """An approval that was asked for, whole."""

    id: int
    state: State
    turn: str
    asked_by: str
    asked_at: datetime
    due_on: date | None
    seats: tuple[SeatRow, ...]
    steps: tuple[StepRow, ...]
    is_changed: bool
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A matter in short, for any page: state, number, and what this actor may do about it."""

    address: str
    approval: Approval | None
    may_ask: bool
    may_record: bool
    may_answer: bool

    @property
    def state(self) -> Standing:
        """Where it stands."""
        return self.approval.state if self.approval else Standing.NONE


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """How a body decides here."""

    has_steps: bool = False
    may_approve_own: bool = False
    publication_needs_decision: bool = False


# Most matters were decided nowhere yet, and this is asked with each page of one.
IS_ANY = """
    SELECT EXISTS (SELECT 1 FROM decisions_decision WHERE kind = %s AND subject_id = %s),
           EXISTS (SELECT 1 FROM decisions_approval WHERE kind = %s AND subject_id = %s)
"""


def address_of(kind: str, subject: int) -> str:
    """The page of a matter's decision."""
    return f"/decisions/{kind}/{subject}/"


def visible_to(actor: Actor) -> Decisions:
    """The recorded decisions that an actor may list: their body's; all, for those who audit."""
    return held(Decision.objects.all(), actor=actor, permission=Permission.READ)


def matter_seen_by(actor: Actor, kind: str, subject: int) -> Matter | None:
    """The matter, where the actor may see how its body decides: its people, coordinators who see it, auditors."""
    matter = matters.find(kind, subject, actor=actor)
    if matter is None:
        return None
    sees = _reaches(actor, matter, Permission.READ) or _reaches(actor, matter, Permission.RECORD)
    return matter if sees else None


def matter_held_by(actor: Actor, kind: str, subject: int, *, permission: Permission) -> Matter | None:
    """The matter, where the actor holds a permission for its body: the only ones that may be written to."""
    matter = matters.find(kind, subject, actor=actor)
    return matter if matter is not None and _reaches(actor, matter, permission) else None


def approval_of(kind: str, subject: int) -> Approval | None:
    """Where a matter stands, whoever asks; None where nothing was asked or recorded, in one query; else in three.

    A recorded 決裁 counts before what was asked here.
    """
    with connection.cursor() as cursor:
        cursor.execute(IS_ANY, [kind, subject, kind, subject])
        if not any(cursor.fetchone()):
            return None
    made = (
        _recorded(kind, subject)
        .values_list("decider_duty", "decider_name", "recorded_at", "number", "decided_on")
        .first()
    )
    if made is not None:
        duty, name, at, number, decided_on = made
        return Approval(Standing.RECORDED, f"{duty} {name}".strip(), at, None, number, decided_on)
    asked = _asked(kind, subject).values_list("id", "state", "state_since").first()
    if asked is None:
        return None
    key, state, since = asked
    by = ApprovalModel.objects.filter(pk=key).values_list("steps__who", flat=True).order_by("-steps__id").first()
    return Approval(STANDING_OF.get(State(state), Standing.ASKED), by or "", since, rules.level_of(State(state)))


def is_decided(kind: str, subject: int) -> bool:
    """True once the body's last level approved, or a 決裁 is recorded."""
    approval = approval_of(kind, subject)
    return approval is not None and approval.state in DECIDED


def policy_of(organisation_id: int) -> PolicyRow:
    """How a body decides here."""
    values = Policy.objects.filter(pk=organisation_id).values_list(*PolicyRow.__dataclass_fields__).first()
    return PolicyRow(*values) if values else PolicyRow()


def levels_of(organisation_id: int) -> list[Level]:
    """The levels that a body set."""
    return list(Level.objects.filter(organisation_id=organisation_id))


def card(kind: str, subject: int, *, actor: Actor) -> Card | None:
    """The matter in short, for its page; None where the actor may not see how its body decides."""
    matter = matter_seen_by(actor, kind, subject)
    return card_of(matter, actor=actor) if matter else None


def card_of(matter: Matter, *, actor: Actor, policy: PolicyRow | None = None) -> Card:
    """The same, of a matter (and how its body decides) that was found already."""
    approval = approval_of(matter.kind, matter.subject)
    state = approval.state if approval else Standing.NONE
    may_write = matter_held_by_reach(actor, matter)
    has_steps = may_write and state is not Standing.RECORDED and (policy or policy_of(matter.organisation_id)).has_steps
    return Card(
        address=address_of(matter.kind, matter.subject),
        approval=approval,
        may_ask=has_steps and state in {Standing.NONE, Standing.RETURNED},
        may_record=may_write and state is not Standing.RECORDED and (not has_steps or state is Standing.APPROVED),
        may_answer=state is Standing.ASKED
        and waits_for(actor).filter(kind=matter.kind, subject_id=matter.subject).exists(),
    )


def matter_held_by_reach(actor: Actor, matter: Matter) -> bool:
    """True if the actor records decisions of the matter's body."""
    return _reaches(actor, matter, Permission.RECORD)


def asked_about(matter: Matter, *, digest: str, actor: Actor) -> AskedRow | None:
    """What was asked about a matter, with levels and steps; `digest` is that of its paper now."""
    one = _asked(matter.kind, matter.subject).first()
    if one is None:
        return None
    seats = list(one.seats.all())
    state, day = State(one.state), clock.today()
    sat = people.seated(seats, organisation_id=one.organisation_id, day=day)
    words = people.told(seats)
    found = list(one.steps.values_list("what", "number", "who", "is_deputy", "at", "remark", "round"))
    approved = {
        number: (who, at)
        for what, number, who, _deputy, at, _remark, round_ in found
        if what == Step.APPROVED and round_ == one.round
    }
    level = rules.level_of(state)
    return AskedRow(
        id=one.pk,
        state=state,
        turn=rules.turn_of(state, one.round),
        asked_by=one.asked_by,
        asked_at=one.asked_at,
        due_on=one.due_on,
        seats=tuple(
            SeatRow(
                seat.number,
                words[seat.number].holder,
                words[seat.number].deputy,
                seat.number == level,
                bool(rules.everybody(_allowed(one, sat[seat.number]))),
                *approved.get(seat.number, ("", None)),
            )
            for seat in seats
        ),
        steps=tuple(
            StepRow(Step(what), number, who, is_deputy, at, remark)
            for what, number, who, is_deputy, at, remark, _round in found
        ),
        is_changed=digest != one.paper_digest,
        may_answer=level is not None and may_answer(one, sat[level], actor=actor),
    )


def may_answer(approval: ApprovalModel, seat: rules.Seat, *, actor: Actor) -> bool:
    """True if the actor may answer at the level of that seat."""
    is_here = actor.may(Permission.APPROVE) and actor.organisation_id == approval.organisation_id
    return is_here and actor.user_id in rules.everybody(_allowed(approval, seat))


def approval_held_by(actor: Actor, matter: Matter, *, permission: Permission) -> ApprovalModel | None:
    """The open approval of a matter that the actor may write to."""
    open_ones = ApprovalModel.objects.filter(kind=matter.kind, subject_id=matter.subject, state__in=list(OPEN))
    own: ApprovalModel | None = held(open_ones, actor=actor, permission=permission).first()
    return own


def record_held_by(actor: Actor, matter: Matter) -> Decision | None:
    """The record of a matter that the actor may correct or withdraw."""
    made = _recorded(matter.kind, matter.subject)
    own: Decision | None = held(made, actor=actor, permission=Permission.RECORD).first()
    return own


def records_about(matter: Matter) -> list[RecordRow]:
    """What was recorded about a matter, the newest first; what was withdrawn too. Two queries."""
    found: list[tuple[Any, ...]] = list(
        Decision.objects.filter(kind=matter.kind, subject_id=matter.subject, organisation_id=matter.organisation_id)
        .order_by("-id")
        .values_list(*RECORD_FIELDS)
    )
    files = attachments.of(rules.DECISION, [row[0] for row in found]) if found else {}
    return [RecordRow(*(*row[:3], Division(row[3]), *row[4:], tuple(files.get(row[0], ())))) for row in found]


def versions_of(matter: Matter) -> list[tuple[dict[str, Any], datetime, str]]:
    """What records of a matter said before they were corrected: content, until when, corrected by whom."""
    found = Decision.objects.filter(kind=matter.kind, subject_id=matter.subject, versions__isnull=False)
    values = found.order_by("-versions__id").values_list("versions__content", "versions__until", "versions__by")
    return list(values)


def number_is_taken(number: str, *, organisation_id: int, fiscal_year: int, but: int | None = None) -> bool:
    """True if the body has another decision of that fiscal year under the number."""
    same = Decision.objects.filter(
        organisation_id=organisation_id, fiscal_year=fiscal_year, number=number, withdrawn_at=None
    )
    return same.exclude(pk=but or 0).exists()


def may_read_files(actor: Actor, decision_id: int) -> bool:
    """True if the scans of a record are there for the actor: as its page is."""
    about = Decision.objects.filter(pk=decision_id).values_list("kind", "subject_id").first()
    return about is not None and matter_seen_by(actor, *about) is not None


def heard_by(actor: Actor, approvals: set[int], is_internal: bool) -> set[int]:
    """Those of the approvals of which the actor may hear."""
    seen = held(ApprovalModel.objects.filter(pk__in=approvals), actor=actor, permission=Permission.READ)
    if actor.reach(Permission.RECORD) is Reach.REGION:
        seen = ApprovalModel.objects.filter(pk__in=approvals)
    return set(seen.values_list("id", flat=True))


def bodies_with_policies(actor: Actor) -> list[tuple[int, str, bool]]:
    """The bodies whose steps the actor may set: id, name, whether they use steps."""
    bodies = held(Organisation.objects.on(clock.today()), actor=actor, permission=Permission.SET_UP, owner="pk")
    used = set(Policy.objects.filter(has_steps=True).values_list("organisation_id", flat=True))
    return [(key, name, key in used) for key, name in bodies.values_list("id", "name")]


def body_held_by(actor: Actor, organisation_id: int) -> Organisation | None:
    """A body whose steps the actor may set."""
    bodies = held(
        Organisation.objects.filter(pk=organisation_id), actor=actor, permission=Permission.SET_UP, owner="pk"
    )
    found: Organisation | None = bodies.first()
    return found


def _reaches(actor: Actor, matter: Matter, permission: Permission) -> bool:
    reach = actor.reach(permission)
    return reach is Reach.REGION or (reach is Reach.OWN and matter.organisation_id == actor.organisation_id)


def _recorded(kind: str, subject: int) -> Decisions:
    return Decision.objects.filter(kind=kind, subject_id=subject, withdrawn_at=None)


def _asked(kind: str, subject: int) -> QuerySet[ApprovalModel]:
    return ApprovalModel.objects.filter(kind=kind, subject_id=subject).exclude(state=State.WITHDRAWN)


def _allowed(approval: ApprovalModel, seat: rules.Seat) -> rules.Seat:
    return rules.allowed(seat, asker=approval.asked_by_id, may_approve_own=approval.may_approve_own)


def is_its_turn() -> Q:
    """The seats whose level is asked now."""
    condition = Q()
    for number, state in enumerate(rules.LEVELS, start=1):
        condition |= Q(number=number, approval__state=state)
    return condition


def waits_for(actor: Actor) -> QuerySet[ApprovalModel]:
    """The approvals that the actor may answer now, by duty, in person or for somebody else."""
    if not actor.may(Permission.APPROVE) or actor.user_id is None:
        return ApprovalModel.objects.none()
    user, duties = actor.user_id, people.duties_of(actor.user_id, clock.today())
    mine = Q(user_id=user) | Q(deputy_user_id=user) | Q(duty_id__in=duties) | Q(deputy_duty_id__in=duties)
    seats = ApprovalSeat.objects.filter(is_its_turn(), mine, approval__organisation_id=actor.organisation_id or 0)
    own = Q(asked_by_id=user, may_approve_own=False)
    return ApprovalModel.objects.filter(pk__in=seats.values("approval_id"), state__in=list(ASKED)).exclude(own)

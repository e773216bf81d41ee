"""Reads of transfers: lists, what a list will do, and what was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.duties.models import Duty, DutyHolding
from kyodo.core.organisations.models import MUNICIPAL, Organisation
from kyodo.core.transfers import concerns, handing_over, rules
from kyodo.core.transfers.concerns import Concern
from kyodo.core.transfers.models import Transfer, TransferLine
from kyodo.core.transfers.permissions import Permission
from kyodo.core.transfers.rules import Colleague, Line, Move, State


@dataclass(frozen=True, slots=True)
class Step:
    """What a list does to one person: as it stands before, after, and what goes to whom."""

    number: int
    line_id: int
    move: Move
    name: str
    before: tuple[str, ...]
    after: str
    successor: str
    heaps: tuple[tuple[str, int], ...]
    concerns: tuple[Concern, ...]


@dataclass(frozen=True, slots=True)
class HandOver:
    """The hand-over sheet of one person: by heap what there is, with its pages."""

    line_id: int
    organisation: str
    day: date
    state: State
    giver: str
    duties: tuple[str, ...]
    taker: str
    heaps: tuple[tuple[str, tuple[dict[str, str], ...]], ...]
    may_confirm: bool
    seen_at: datetime | None


def visible_to(actor: Actor) -> QuerySet[Transfer]:
    """The lists that an actor may read."""
    return held(Transfer.objects.all(), actor=actor, permission=Permission.PLAN)


def held_by(actor: Actor, permission: Permission) -> QuerySet[Transfer]:
    """The lists that an actor may change."""
    return held(Transfer.objects.all(), actor=actor, permission=permission).select_related("organisation")


def bodies_of(actor: Actor) -> list[tuple[int, str]]:
    """The bodies for which an actor plans."""
    bodies = Organisation.objects.on(clock.today())
    return list(held(bodies, actor=actor, permission=Permission.PLAN, owner="pk").values_list("id", "name"))


def body_held_by(actor: Actor, organisation_id: int) -> Organisation | None:
    """A body for which an actor plans."""
    bodies = Organisation.objects.on(clock.today())
    return held(bodies, actor=actor, permission=Permission.PLAN, owner="pk").filter(pk=organisation_id).first()


def colleagues(organisation_id: int, *, eve: date) -> dict[str, Colleague]:
    """The people of a body on a day, by user name, in the order of their duties."""
    roles: dict[int, set[str]] = {}
    people: dict[int, tuple[str, str]] = {}
    in_force = Membership.objects.on(eve).filter(organisation_id=organisation_id, user__is_active=True)
    for user, username, name, role in in_force.values_list("user_id", "user__username", "user__display_name", "role"):
        roles.setdefault(user, set()).add(role)
        people[user] = (username, name)
    duties: dict[int, list[str]] = {user: [] for user in people}
    for user, duty in (
        DutyHolding.objects.filter(user_id__in=people, duty__organisation_id=organisation_id, valid_from__lte=eve)
        .exclude(valid_until__lt=eve)
        .values_list("user_id", "duty__name")
    ):
        duties[user].append(duty)
    found = [Colleague(user, *people[user], tuple(duties[user]), frozenset(roles[user])) for user in people]
    return {one.username: one for one in sorted(found, key=lambda one: (one.duties or ("～",), one.username))}


def movable(organisation_id: int, *, day: date) -> dict[str, Colleague]:
    """Whom a list of that day can move: the people of its eve, and for a list of today also who came today."""
    people = colleagues(organisation_id, eve=day - timedelta(days=1))
    return people | colleagues(organisation_id, eve=day) if day <= clock.today() else people


def duty_names(organisation_id: int) -> list[str]:
    """The duties of a body, by name."""
    return list(Duty.objects.filter(organisation_id=organisation_id).values_list("name", flat=True))


def elsewhere(usernames: set[str], *, but_of: int = 0) -> set[str]:
    """Those of the user names that somebody has, wherever they work, or is to get by a list of another body."""
    joining = TransferLine.objects.filter(
        move=Move.JOINS, transfer__state__in=[State.DRAFT, State.PLANNED], username__in=usernames
    ).exclude(transfer__organisation_id=but_of)
    known = User.objects.filter(username__in=usernames).values_list("username", flat=True)
    return {*known, *joining.values_list("username", flat=True)}


def planned(organisation_id: int, *, day: date, other_than: int | None) -> set[str]:
    """User names that another list of the same day moves."""
    lines = TransferLine.objects.filter(
        transfer__organisation_id=organisation_id, transfer__day=day, transfer__state=State.PLANNED
    ).exclude(transfer_id=other_than or 0)
    return set(lines.values_list("username", flat=True))


def lines_of(transfer_id: int) -> list[Line]:
    """The lines of a list, in order."""
    found = TransferLine.objects.filter(transfer_id=transfer_id).values_list(*Line.__dataclass_fields__)
    return [Line(username, Move(move), *rest) for username, move, *rest in found]


def steps_of(transfer: Transfer) -> list[Step]:
    """What a list will do, or did."""
    people = movable(transfer.organisation_id, day=transfer.day)
    lines = list(TransferLine.objects.filter(transfer=transfer).select_related("user", "taken_over_by"))
    told = lines_of(transfer.pk)
    follows = rules.successors(told, people)
    leaving = frozenset(
        people[one.username].user_id for one in told if one.move is Move.LEAVES and one.username in people
    )
    names = {one.username: one.name for one in people.values()} | {one.username: one.name for one in told if one.name}
    steps = []
    for row, line in zip(lines, told, strict=True):
        person = people.get(line.username)
        heaps = _heaps_of(transfer, row, person)
        worries: tuple[Concern, ...] = ()
        if transfer.state != State.APPLIED and person is not None and line.move is Move.LEAVES:
            worries = tuple(
                concerns.of(person.user_id, organisation=transfer.organisation_id, day=transfer.day, leaving=leaving)
            )
        follower = follows.get(line.username)
        steps.append(
            Step(
                number=row.number,
                line_id=row.pk,
                move=line.move,
                name=names.get(line.username, line.username),
                before=person.duties if person and line.move is not Move.JOINS else (),
                after=line.duty,
                successor=row.taken_over_by.display_name if row.taken_over_by else names.get(follower or "", ""),
                heaps=heaps,
                concerns=worries,
            )
        )
    return steps


def _heaps_of(transfer: Transfer, row: TransferLine, person: Colleague | None) -> tuple[tuple[str, int], ...]:
    if transfer.state == State.APPLIED:
        names = [one["heap"] for one in row.handed]
        return tuple((name, names.count(name)) for name in dict.fromkeys(names))
    if person is None or row.move == Move.JOINS or transfer.state == State.CANCELLED:
        return ()
    return tuple((heap.name, len(items)) for heap, items in handing_over.held(person.user_id, transfer.organisation_id))


def hand_over_lines(actor: Actor) -> QuerySet[TransferLine]:
    """The lines whose hand-over sheet is the actor's to read: their own leaving, or what comes to them."""
    mine = Q(user_id=actor.user_id) | Q(taken_over_by_id=actor.user_id)
    return (
        TransferLine.objects.filter(mine, user__isnull=False, transfer__state__in=[State.PLANNED, State.APPLIED])
        .exclude(move=Move.JOINS)
        .select_related("transfer__organisation", "user", "taken_over_by")
    )


def hand_over(actor: Actor, line: TransferLine) -> HandOver:
    """A hand-over sheet as the actor reads it."""
    transfer = line.transfer
    assert line.user is not None, "a line without an account has nothing to hand over"
    if transfer.state == State.APPLIED:
        rows = line.handed
    else:
        rows = [
            {"heap": heap.name, "label": item.label, "address": item.address}
            for heap, items in handing_over.held(line.user.pk, transfer.organisation_id)
            for item in items
        ]
    people = movable(transfer.organisation_id, day=transfer.day)
    follower = rules.successors(lines_of(transfer.pk), people).get(line.username) or ""
    taker = line.taken_over_by.display_name if line.taken_over_by else _name_of(follower)
    heaps = dict.fromkeys(row["heap"] for row in rows)
    duties = people[line.username].duties if line.username in people else ()
    return HandOver(
        line_id=line.pk,
        organisation=transfer.organisation.name,
        day=transfer.day,
        state=State(transfer.state),
        giver=line.user.display_name,
        duties=duties,
        taker=taker,
        heaps=tuple((heap, tuple(row for row in rows if row["heap"] == heap)) for heap in heaps),
        may_confirm=line.taken_over_by_id == actor.user_id and line.seen_at is None,
        seen_at=line.seen_at,
    )


def _name_of(username: str) -> str:
    return User.objects.filter(username=username).values_list("display_name", flat=True).first() or ""


def to_be_seen(actor: Actor) -> list[tuple[int, str, int, date]]:
    """What came to the actor and was not looked at yet: line, giver, how many things, since when."""
    if actor.user_id is None:
        return []
    lines = TransferLine.objects.filter(
        taken_over_by_id=actor.user_id, seen_at=None, transfer__organisation_id=actor.organisation_id or 0
    )
    found = lines.values_list("pk", "user__display_name", "handed", "transfer__day")
    return [(key, giver, len(handed), day) for key, giver, handed, day in found]


def heard_by(actor: Actor, subjects: set[int], is_internal: bool) -> set[int]:
    """Lists of which somebody may hear: those of their own body."""
    own = Transfer.objects.filter(pk__in=subjects, organisation_id=actor.organisation_id or 0)
    return set(own.values_list("pk", flat=True))


def bodies_without_people() -> list[str]:
    """Municipalities for which nobody can act today, in the order of their codes."""
    today = clock.today()
    staffed = Membership.objects.on(today).filter(user__is_active=True, role__in=[Role.OFFICER, Role.APPROVER])
    bodies = Organisation.objects.on(today).filter(kind__in=MUNICIPAL)
    return list(
        bodies.exclude(pk__in=staffed.values("organisation_id")).order_by("code").values_list("name", flat=True)
    )


def counted(found: QuerySet[Transfer]) -> QuerySet[Any]:
    """Lists with the number of their lines."""
    return found.annotate(people=Count("lines"))

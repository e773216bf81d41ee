"""Where nobody else could approve: asked before somebody moves, not after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.core.decisions import people, rules
from kyodo.core.decisions.models import ApprovalSeat, Level, Policy
from kyodo.core.decisions.queries import is_its_turn
from kyodo.core.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class ApproverPlace:
    """A level of a body that somebody is the last one to answer; `waiting`: approvals that wait there now."""

    organisation_id: int
    organisation: str
    number: int
    waiting: int


def last_approver_places(user: int, *, on: date | None = None) -> list[ApproverPlace]:
    """The levels of approval, of bodies that use them, that only this person (an account's id) could answer.

    Neither another holder nor a deputy is there on the day (today): before the person leaves, somebody else is to be
    named. Levels on which approvals wait count as they were when those were asked for.
    """
    day = on or clock.today()
    used = Policy.objects.filter(has_steps=True).values("organisation_id")
    bodies = Organisation.objects.filter(
        memberships__in=Membership.objects.on(day).filter(user_id=user, role=Role.APPROVER)
    ).distinct()
    places = []
    for organisation_id, name in bodies.values_list("id", "name"):
        set_now = list(Level.objects.filter(organisation_id=organisation_id).filter(organisation_id__in=used))
        waiting = list(ApprovalSeat.objects.filter(is_its_turn(), approval__organisation_id=organisation_id))
        numbers: dict[int, int] = {}
        seats: list[tuple[ApprovalSeat | Level, int]] = [*((one, 0) for one in set_now), *((one, 1) for one in waiting)]
        for seat, is_waiting in seats:
            sat = people.seated([seat], organisation_id=organisation_id, day=day)[seat.number]
            if rules.everybody(sat) == {user}:
                numbers[seat.number] = numbers.get(seat.number, 0) + is_waiting
        places += [ApproverPlace(organisation_id, name, number, count) for number, count in sorted(numbers.items())]
    return places

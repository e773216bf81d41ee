"""Who holds a level of approval today, and who stands in: approvers of the body, in person or by their duty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.decisions.models import ApprovalSeat, Level
from kyodo.core.decisions.rules import Seat
from kyodo.core.duties.models import Duty, DutyHolding


@dataclass(frozen=True, slots=True)
class Told:
    """A seat in words: who holds it and who stands in, as people call them."""

    holder: str
    deputy: str


def approvers(organisation_id: int, day: date) -> set[int]:
    """The people who approve in a body on a day."""
    held = Membership.objects.on(day).filter(organisation_id=organisation_id, role=Role.APPROVER, user__is_active=True)
    return set(held.values_list("user_id", flat=True))


def duties_of(user_id: int, day: date) -> set[int]:
    """The duties that somebody holds on a day."""
    held = _held_on(day).filter(user_id=user_id)
    return set(held.values_list("duty_id", flat=True))


def seated(seats: Iterable[ApprovalSeat | Level], *, organisation_id: int, day: date) -> dict[int, Seat]:
    """The people of each level (by its number) on a day, in two queries."""
    seats = list(seats)
    may = approvers(organisation_id, day)
    duties = {duty for seat in seats for duty in (seat.duty_id, seat.deputy_duty_id) if duty is not None}
    holdings: dict[int, set[int]] = {duty: set() for duty in duties}
    for duty, user in _held_on(day).filter(duty_id__in=duties).values_list("duty_id", "user_id"):
        holdings[duty].add(user)

    def people(duty: int | None, user: int | None) -> frozenset[int]:
        found = {user} if user is not None else holdings.get(duty or 0, set())
        return frozenset(found & may)

    return {
        seat.number: Seat(people(seat.duty_id, seat.user_id), people(seat.deputy_duty_id, seat.deputy_user_id))
        for seat in seats
    }


def told(seats: Iterable[ApprovalSeat | Level]) -> dict[int, Told]:
    """Each level (by its number) in words, in two queries."""
    seats = list(seats)
    duties = dict(
        Duty.objects.filter(
            pk__in=[key for seat in seats for key in (seat.duty_id, seat.deputy_duty_id) if key]
        ).values_list("id", "name")
    )
    users = dict(
        User.objects.filter(
            pk__in=[key for seat in seats for key in (seat.user_id, seat.deputy_user_id) if key]
        ).values_list("id", "display_name")
    )
    return {
        seat.number: Told(
            duties.get(seat.duty_id or 0) or users.get(seat.user_id or 0, ""),
            duties.get(seat.deputy_duty_id or 0) or users.get(seat.deputy_user_id or 0, ""),
        )
        for seat in seats
    }


def choices(organisation_id: int, day: date) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """What a body may choose its levels from: its duties, and the people who approve there."""
    duties = Duty.objects.filter(organisation_id=organisation_id).values_list("id", "name")
    users = User.objects.filter(pk__in=approvers(organisation_id, day)).values_list("id", "display_name")
    return list(duties), list(users)


def _held_on(day: date) -> QuerySet[DutyHolding]:
    return DutyHolding.objects.filter(valid_from__lte=day).filter(Q(valid_until=None) | Q(valid_until__gte=day))

"""People and duties of a body that ends: on the day they work for its successor, in the same roles and duties."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from kyodo.core.accounts.models import ApiToken, Membership
from kyodo.core.duties.models import Duty
from kyodo.core.mergers.estate import Estate
from kyodo.core.organisations.models import Organisation
from kyodo.core.transfers.models import Transfer
from kyodo.core.transfers.rules import State
from kyodo.engines.words import _


def _count(organisation: int) -> int:
    return Membership.objects.filter(organisation_id=organisation, valid_until=None).count()


def _move(predecessor: int, successor: int, day: date, at: datetime) -> None:
    """Roles and holdings that last past the eve end with it, and go on in the successor as long as they would have."""
    eve = day - timedelta(days=1)
    roles = Membership.objects.filter(organisation_id=predecessor).exclude(valid_until__lt=day)
    there = set(
        Membership.objects.filter(organisation_id=successor).exclude(valid_until__lt=day).values_list("user_id", "role")
    )
    for role in list(roles):
        if (role.user_id, role.role) not in there:
            Membership.objects.create(
                user_id=role.user_id,
                organisation_id=successor,
                role=role.role,
                valid_from=max(day, role.valid_from),
                valid_until=role.valid_until,
            )
    roles.filter(valid_from__gt=eve).delete()
    roles.update(valid_until=eve)
    ApiToken.objects.filter(organisation_id=predecessor, revoked_at=None).update(organisation_id=successor)
    _move_duties(predecessor, successor, day)
    _give_up_lists(predecessor, day, at)


def _move_duties(predecessor: int, successor: int, day: date) -> None:
    """A duty goes over as it is, with who holds it and what hangs on it, under a name that tells it from another."""
    old_name = Organisation.objects.values_list("name", flat=True).get(pk=predecessor)
    taken = set(Duty.objects.filter(organisation_id=successor).values_list("name", flat=True))
    for duty in Duty.objects.filter(organisation_id=predecessor):
        if duty.name in taken:
            duty.name = f"{duty.name}（旧{old_name}）"[:100]
        duty.organisation_id = successor
        duty.save(update_fields=["name", "organisation"])


def _give_up_lists(predecessor: int, day: date, at: datetime) -> None:
    """Later lists of transfers speak of a body that is no more: the successor's administrator makes them anew."""
    later = Transfer.objects.filter(organisation_id=predecessor, state__in=[State.DRAFT, State.PLANNED], day__gte=day)
    later.update(state=State.CANCELLED, state_since=at)


ESTATE = Estate(_("人の役割と担当"), _count, _move)

"""Reads of mails and of addresses at which nothing arrives. No row holds a mail's text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.accounts.models import User
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.permissions import Permission
from kyodo.core.mail.rules import PURPOSES, STATES, TROUBLES, WAITING, Purpose, State, Trouble

FIELDS = (
    "id",
    "queued_at",
    "organisation__name",
    "user__display_name",
    "user_id",
    "address",
    "purpose",
    "subject",
    "state",
    "attempts",
    "sent_at",
    "next_try_at",
    "trouble",
    "said",
)


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail as lists and its page show it; `subject` is empty for those who may not see it."""

    id: int
    queued_at: datetime
    organisation: str | None
    person: str | None
    user_id: int | None
    address: str
    purpose: Purpose
    subject: str
    state: State
    attempts: int
    sent_at: datetime | None
    next_try_at: datetime
    trouble: str
    said: str

    @property
    def state_name(self) -> str:
        """The state in words."""
        return gettext(STATES[self.state])

    @property
    def purpose_name(self) -> str:
        """What it is for, in words."""
        return gettext(PURPOSES[self.purpose].name)

    @property
    def trouble_name(self) -> str:
        """What went wrong last, in words; empty where nothing did."""
        return gettext(TROUBLES[Trouble(self.trouble)]) if self.trouble else ""

    @property
    def tone(self) -> str:
        """How its state is coloured."""
        if self.state in (State.FAILED, State.BOUNCED):
            return "error"
        if self.state in (State.RETRYING, State.UNSURE):
            return "warn"
        return "done" if self.state is State.SENT else ""

    @property
    def is_waiting(self) -> bool:
        """True if it can still be cancelled."""
        return self.state in WAITING

    @property
    def may_be_resent(self) -> bool:
        """True if somebody may ask to send it again."""
        return self.state in (State.FAILED, State.BOUNCED) and not PURPOSES[self.purpose].is_retold


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address at which nothing arrives, with the people who miss their mail."""

    id: int
    address: str
    since: datetime
    trouble: str
    said: str
    people: tuple[tuple[int, str], ...]

    @property
    def trouble_name(self) -> str:
        """What happened, in words."""
        return gettext(TROUBLES[Trouble(self.trouble)])


def visible_to(actor: Actor) -> QuerySet[OutgoingMail]:
    """The mails that an actor may know of."""
    return held(OutgoingMail.objects.all(), actor=actor, permission=Permission.SEE)


def held_by(actor: Actor, permission: Permission) -> QuerySet[OutgoingMail]:
    """The mails that an actor may send again or cancel."""
    return held(OutgoingMail.objects.all(), actor=actor, permission=permission)


def rows(found: Iterable[tuple[Any, ...]], *, actor: Actor) -> list[MailRow]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    reads = actor.may(Permission.SUBJECT)
    made = []
    for number, queued_at, body, person, user, address, purpose, subject, state, *rest in found:
        made.append(
            MailRow(
                number,
                queued_at,
                body,
                person,
                user,
                address,
                Purpose(purpose),
                subject if reads else "",
                State(state),
                *rest,
            )
        )
    return made


def mail_row(number: int, *, actor: Actor) -> MailRow | None:
    """One mail."""
    return next(iter(rows(visible_to(actor).filter(pk=number).values_list(*FIELDS), actor=actor)), None)


def by_token(token: UUID) -> OutgoingMail | None:
    """The mail that has `token` in its Message-ID."""
    return OutgoingMail.objects.filter(token=token).first()


def troubles_held_by(actor: Actor, permission: Permission) -> QuerySet[AddressTrouble]:
    """The troubled addresses that an actor may see or clear: all of the region, or none."""
    return AddressTrouble.objects.all() if actor.may(permission) else AddressTrouble.objects.none()


def address_rows(actor: Actor) -> list[AddressRow]:
    """The addresses at which nothing arrives, the latest first."""
    found = list(troubles_held_by(actor, Permission.SEE).values_list("id", "address", "since", "trouble", "said")[:500])
    people: dict[str, list[tuple[int, str]]] = {}
    wanted = Q(pk__in=[])
    for row in found:
        wanted |= Q(email__iexact=row[1])
    for user, name, email in User.objects.filter(wanted, is_active=True).values_list("id", "display_name", "email"):
        people.setdefault(email.lower(), []).append((user, name))
    return [AddressRow(*row, tuple(people.get(row[1], ()))) for row in found]


def troubles_of(addresses: Iterable[str]) -> dict[str, str]:
    """Those of `addresses` at which nothing arrives, with what happened, in words."""
    known = {address.lower(): address for address in addresses if address}
    found = AddressTrouble.objects.filter(address__in=known).values_list("address", "trouble")
    return {known[address]: gettext(TROUBLES[Trouble(trouble)]) for address, trouble in found}


def blocked() -> set[str]:
    """All addresses at which nothing arrives, in small letters."""
    return set(AddressTrouble.objects.values_list("address", flat=True))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many mails wait, since when the oldest does, and how many addresses are in trouble."""

    waiting: int
    oldest: datetime | None
    addresses: int


def troubled_count() -> int:
    """At how many addresses nothing arrives."""
    return AddressTrouble.objects.count()


def tally() -> Tally:
    """How sending goes, for the doctor and the first page."""
    waiting = OutgoingMail.objects.filter(state__in=WAITING)
    counted = waiting.aggregate(number=Count("id"))
    oldest = waiting.order_by("queued_at").values_list("queued_at", flat=True).first()
    return Tally(counted["number"], oldest, troubled_count())

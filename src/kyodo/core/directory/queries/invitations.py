"""Reads of invitations: who was invited how, and where it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.accounts import queries as accounts
from kyodo.core.accounts.permissions import Permission as AccountPermission
from kyodo.core.directory.models import Invitation
from kyodo.core.directory.permissions import Permission
from kyodo.core.mail.models import AddressTrouble
from kyodo.engines.words import _

HeldInvitation = Invitation


class State(StrEnum):
    """Where an invitation stands."""

    SIGNED_IN = "signed_in"
    REFUSED = "refused"
    OPENED = "opened"
    MAILED = "mailed"
    LETTER = "letter"
    WAITING = "waiting"
    NO_MAIL = "no_mail"
    EXPIRED = "expired"


STATE_WORDS: dict[State, str] = {
    State.SIGNED_IN: _("サインイン済み"),
    State.REFUSED: _("メールが届かない"),
    State.OPENED: _("開いたがまだ"),
    State.MAILED: _("メール送信済み・未開封"),
    State.LETTER: _("案内を印刷済み"),
    State.WAITING: _("送信待ち"),
    State.NO_MAIL: _("アドレスなし・印刷する"),
    State.EXPIRED: _("期限が過ぎた"),
}
# What came back after it was sent is known to core/mail, by address.
BOUNCED = Exists(AddressTrouble.objects.filter(address=Lower(OuterRef("user__email"))))
FIELDS: tuple[Any, ...] = (
    "id",
    "user_id",
    "user__username",
    "user__display_name",
    "user__email",
    "organisation__name",
    "organisation__code",
    "user__last_login",
    "asked_at",
    "expires_at",
    "mailed_at",
    "refused",
    "letter_at",
    "opened_at",
    "accepted_at",
    BOUNCED,
)


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation as lists show it."""

    id: int
    user_id: int
    username: str
    name: str
    email: str
    organisation: str
    code: str | None
    last_login: datetime | None
    asked_at: datetime
    expires_at: datetime
    mailed_at: datetime | None
    refused: str
    letter_at: datetime | None
    opened_at: datetime | None
    accepted_at: datetime | None
    has_bounced: bool

    @property
    def state(self) -> State:
        """Where it stands, the latest first."""
        if self.last_login or self.accepted_at:
            return State.SIGNED_IN
        if self.letter_at:
            return State.LETTER
        if self.refused or self.has_bounced:
            return State.REFUSED
        if not self.email:
            return State.NO_MAIL
        if self.expires_at <= clock.now():
            return State.EXPIRED
        if self.opened_at:
            return State.OPENED
        return State.MAILED if self.mailed_at else State.WAITING


def visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The invitations of people whom the actor looks after."""
    if not actor.may(Permission.INVITE):
        return Invitation.objects.none()
    return Invitation.objects.filter(user__in=accounts.held_by(actor, AccountPermission.USER_CHANGE))


def open_to(actor: Actor, ids: Iterable[int]) -> list[Invitation]:
    """Those of the invitations that may be sent again: their people have not signed in yet."""
    waiting = visible_to(actor).filter(pk__in=list(ids), user__last_login=None, accepted_at=None, user__is_active=True)
    return list(waiting.select_related("user", "organisation").order_by("organisation__code", "user__username"))


def rows(found: Iterable[tuple[Any, ...]]) -> list[InvitationRow]:
    """Frozen rows of `.values_list(*FIELDS)`."""
    return [InvitationRow(*one) for one in found]


def in_state(state: State) -> Q:
    """The invitations that stand there: the same as `InvitationRow.state`, asked of the database."""
    signed_in = Q(user__last_login__isnull=False) | Q(accepted_at__isnull=False)
    letter, refused, no_mail = Q(letter_at__isnull=False), ~Q(refused="") | Q(BOUNCED), Q(user__email="")
    expired, opened, mailed = Q(expires_at__lte=clock.now()), Q(opened_at__isnull=False), Q(mailed_at__isnull=False)
    ladder = (
        (State.SIGNED_IN, signed_in),
        (State.LETTER, letter),
        (State.REFUSED, refused),
        (State.NO_MAIL, no_mail),
        (State.EXPIRED, expired),
        (State.OPENED, opened),
        (State.MAILED, mailed),
        (State.WAITING, ~mailed),
    )
    above = Q()
    for step, condition in ladder:
        if step is state:
            return above & condition
        above &= ~condition
    raise KeyError(state)


def by_key(key: str) -> Invitation | None:
    """The invitation to which a secret leads; None once it is used, too old, or was sent again."""
    waiting = Invitation.objects.filter(digest=digest_of(key), accepted_at=None, expires_at__gt=clock.now())
    still = waiting.filter(user__is_active=True, user__last_login=None)
    return still.select_related("user", "organisation").first()


def digest_of(key: str) -> str:
    """What is kept of the secret in a link."""
    return hashlib.sha256(key.encode()).hexdigest()

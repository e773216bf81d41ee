"""Reads of second factors: somebody's sheet, what the policy wants of them, and what they could use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import ROLES, Reach, Role
from kyodo.core.accounts import passkeys
from kyodo.core.accounts import queries as accounts
from kyodo.core.accounts.models import Membership, User
from kyodo.core.accounts.permissions import Permission as AccountPermission
from kyodo.core.factors.models import CodeSheet, RolePolicy, SheetCode
from kyodo.core.factors.rules import FEW, Factor, Policy, strictest


@dataclass(frozen=True, slots=True)
class Use:
    """When a code was used."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A sheet in use: never its codes. `asked` is the number of the next one, None when all are used."""

    id: int
    issued_at: datetime
    reused_at: datetime | None
    left: int
    asked: int | None
    uses: tuple[Use, ...]

    @property
    def is_short(self) -> bool:
        """True if it should be issued anew soon."""
        return self.left <= FEW


@dataclass(frozen=True, slots=True)
class SheetAlarm:
    """A sheet that somebody has to look after."""

    user_id: int
    name: str
    left: int
    reused_at: datetime | None


def in_use(user_id: int) -> QuerySet[CodeSheet]:
    """The sheet that a person uses."""
    return CodeSheet.objects.filter(user_id=user_id, ended_at=None)


def sheet_of(user_id: int) -> SheetRow | None:
    """The sheet that a person uses, with its latest uses first."""
    told = in_use(user_id).values_list("id", "issued_at", "reused_at").first()
    if told is None:
        return None
    codes = list(SheetCode.objects.filter(sheet_id=told[0]).values_list("number", "used_at"))
    unused = [number for number, used_at in codes if used_at is None]
    uses = [Use(number, used_at) for number, used_at in codes if used_at is not None]
    uses.sort(key=lambda use: use.at, reverse=True)
    return SheetRow(*told, len(unused), min(unused, default=None), tuple(uses))


def policies() -> dict[Role, Policy]:
    """What is asked of each role."""
    rows = RolePolicy.objects.values_list("role", "is_required", "accepted")
    set_so = {Role(role): Policy(required, frozenset(map(Factor, accepted))) for role, required, accepted in rows}
    return {role: set_so.get(role, Policy()) for role in ROLES if role is not Role.RESIDENT}


def roles_of(user_id: int) -> set[Role]:
    """The roles that a person holds today, in whatever body."""
    held = Membership.objects.on(clock.today()).filter(user_id=user_id)
    return {Role(role) for role in held.values_list("role", flat=True)}


def policy_of(user_id: int) -> Policy:
    """What is asked of a person."""
    known = policies()
    return strictest(known[role] for role in roles_of(user_id))


def usable(user_id: int, *, host: str = "") -> frozenset[Factor]:
    """The second factors that a person could use now (at a host name, where passkeys are asked for one)."""
    types = set(Authenticator.objects.filter(user_id=user_id).values_list("type", flat=True))
    sheet = sheet_of(user_id)
    found = {
        Factor.APP: Authenticator.Type.TOTP in types,
        Factor.PASSKEY: Authenticator.Type.WEBAUTHN in types and (not host or bool(passkeys.ids_at(user_id, host))),
        Factor.SHEET: sheet is not None and sheet.asked is not None,
        Factor.MAIL: User.objects.filter(pk=user_id).exclude(email="").exists(),
    }
    return frozenset(factor for factor, is_there in found.items() if is_there)


def caretakers(user_id: int) -> list[str]:
    """Who can help a person, by name: the administrators of their bodies; empty where there is none."""
    today = Membership.objects.on(clock.today())
    bodies = today.filter(user_id=user_id).values("organisation_id")
    helpers = today.filter(organisation_id__in=bodies, role=Role.ADMINISTRATOR, user__is_active=True)
    told = helpers.exclude(user_id=user_id).values_list("organisation__name", "user__display_name")
    return [f"{body} {name}" for body, name in told.distinct()]


def alarms(actor: Actor) -> list[SheetAlarm]:
    """The sheets that run out, or may have been copied, of the people whom a body's administrator looks after."""
    if actor.reach(AccountPermission.USER_CHANGE) is not Reach.OWN:
        return []
    mine = accounts.held_by(actor, AccountPermission.USER_CHANGE).filter(is_active=True)
    left = Count("codes", filter=Q(codes__used_at=None))
    found = CodeSheet.objects.filter(ended_at=None, user__in=mine).annotate(left=left)
    short = found.filter(Q(left__lte=FEW) | Q(reused_at__isnull=False)).order_by("left", "id")
    return [SheetAlarm(*row) for row in short.values_list("user_id", "user__display_name", "left", "reused_at")]

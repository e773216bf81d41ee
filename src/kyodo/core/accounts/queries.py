"""Reads of accounts: one's own, and for the operator everybody's. Rows are frozen; none holds a secret."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import BODY_ROLES, ROLES, Reach, Role
from kyodo.core.accounts import addresses
from kyodo.core.accounts.models import ApiToken, Membership, User
from kyodo.core.accounts.permissions import Permission
from kyodo.core.duties.models import DutyHolding
from kyodo.core.entrances.models import Entrance
from kyodo.core.organisations.models import Organisation

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role that somebody has, had or will have."""

    id: int
    organisation_id: int
    organisation: str
    role: Role
    name: str
    purpose: str
    valid_from: date
    valid_until: date | None

    @property
    def state(self) -> str:
        """Whether it is in force today: "now", "later" or "over"."""
        today = clock.today()
        if self.valid_from > today:
            return "later"
        return "over" if self.valid_until is not None and self.valid_until < today else "now"


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty that somebody holds."""

    organisation: str
    name: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class UserRow:
    """An account as lists and pages show it."""

    id: int
    username: str
    display_name: str
    email: str
    is_active: bool
    last_login: datetime | None
    roles: tuple[RoleRow, ...]
    duties: tuple[DutyRow, ...]
    has_factor: bool
    address_trouble: str  # in words, where nothing arrives at the address


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it: never its secret."""

    id: int
    name: str
    organisation: str
    hint: str
    may_write: bool
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None

    @property
    def state(self) -> str:
        """Whether it still opens anything: "valid", "expired" or "revoked"."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if self.expires_at > clock.now() else "expired"


USER_FIELDS = ("id", "username", "display_name", "email", "is_active", "last_login")
TOKEN_FIELDS = (
    "id",
    "name",
    "organisation__name",
    "hint",
    "may_write",
    "created_at",
    "expires_at",
    "revoked_at",
)


def visible_to(actor: Actor) -> QuerySet[User]:
    """The accounts that an actor may see."""
    return _of_actor(actor, Permission.USER_SEE)


def held_by(actor: Actor, permission: Permission) -> QuerySet[User]:
    """The accounts that an actor may change.

    A body's administrator holds those only whose work is in that body alone: with a new password for somebody who also
    works elsewhere, or for the whole region, they would open what they may not.
    """
    users = _of_actor(actor, permission)
    if actor.reach(permission) is Reach.OWN:
        going_on = Membership.objects.exclude(valid_until__lt=clock.today())
        elsewhere = going_on.filter(~Q(organisation_id=actor.organisation_id) | ~Q(role__in=BODY_ROLES))
        users = users.exclude(pk__in=elsewhere.values("user_id"))
    return users


def _of_actor(actor: Actor, permission: Permission) -> QuerySet[User]:
    """The accounts that a permission reaches: all, or those that ever had a role in the actor's body."""
    match actor.reach(permission):
        case Reach.REGION:
            return User.objects.all()
        case Reach.OWN if actor.organisation_id is not None:
            return User.objects.filter(
                pk__in=Membership.objects.filter(organisation_id=actor.organisation_id).values("user_id")
            )
    return User.objects.none()


def roles_held_by(actor: Actor, permission: Permission) -> QuerySet[Membership]:
    """The roles that an actor may end."""
    rows = held(Membership.objects.all(), actor=actor, permission=permission)
    if actor.reach(permission) is Reach.OWN:
        rows = rows.filter(role__in=BODY_ROLES)
    return rows.select_related("user", "organisation")


def roles_to_give(actor: Actor) -> list[Role]:
    """The roles that an actor may hand out."""
    region = actor.reach(Permission.USER_CHANGE) is Reach.REGION
    return [role for role in ROLES if role is not Role.RESIDENT and (region or role in BODY_ROLES)]


def bodies_to_give(actor: Actor) -> list[tuple[int, str]]:
    """The bodies in which an actor may hand out roles."""
    bodies = Organisation.objects.on(clock.today())
    return list(held(bodies, actor=actor, permission=Permission.USER_CHANGE, owner="pk").values_list("id", "name"))


def rows(users: Iterable[tuple[Any, ...]]) -> list[UserRow]:
    """Frozen rows of `.values_list(*USER_FIELDS)`, in a few more queries whatever their number."""
    found = list(users)
    ids = [values[0] for values in found]
    roles, duties = _roles(ids), _duties(ids)
    protected = set(Authenticator.objects.filter(user_id__in=ids, type__in=FACTORS).values_list("user_id", flat=True))
    troubles = addresses.troubles_of(values[3] for values in found)
    made = []
    for values in found:
        key = values[0]
        trouble = troubles.get(values[3], "")
        made.append(UserRow(*(*values, tuple(roles[key]), tuple(duties[key]), key in protected, trouble)))
    return made


def user_row(user_id: int) -> UserRow | None:
    """One account."""
    return next(iter(rows(User.objects.filter(pk=user_id).values_list(*USER_FIELDS))), None)


def _roles(ids: list[int]) -> dict[int, list[RoleRow]]:
    grouped: dict[int, list[RoleRow]] = defaultdict(list)
    rows = Membership.objects.filter(user_id__in=ids).values_list(
        "user_id", "id", "organisation_id", "organisation__name", "role", "valid_from", "valid_until"
    )
    for user_id, key, organisation_id, organisation, role, valid_from, valid_until in rows:
        card = ROLES[Role(role)]
        grouped[user_id].append(
            RoleRow(key, organisation_id, organisation, Role(role), card.name, card.purpose, valid_from, valid_until)
        )
    return grouped


def _duties(ids: list[int]) -> dict[int, list[DutyRow]]:
    grouped: dict[int, list[DutyRow]] = defaultdict(list)
    rows = (
        DutyHolding.objects.filter(user_id__in=ids)
        .exclude(valid_until__lt=clock.today())
        .values_list("user_id", "duty__organisation__name", "duty__name", "valid_from")
    )
    for user_id, organisation, name, valid_from in rows:
        grouped[user_id].append(DutyRow(organisation, name, valid_from))
    return grouped


def home_of(user_id: int) -> Entrance | None:
    """The entrance of the body for which a person works today; None where it has none of its own."""
    mine = Membership.objects.on(clock.today()).filter(user_id=user_id).order_by("id")
    found = mine.select_related("organisation__home_entrance").first()
    return found.organisation.home_entrance if found else None


def organisations_of(user_id: int, *, roles: frozenset[Role] = frozenset(Role)) -> list[tuple[int, str]]:
    """The organisations for which a person may act today, in one of `roles`, in order."""
    mine = Membership.objects.on(clock.today()).filter(user_id=user_id, role__in=roles)
    return list(dict.fromkeys(mine.values_list("organisation_id", "organisation__name")))


def organisation(organisation_id: int) -> Organisation:
    """An organisation that exists today."""
    return Organisation.objects.on(clock.today()).get(pk=organisation_id)


def self_of(actor: Actor) -> User:
    """The actor's own account."""
    return User.objects.get(pk=actor.user_id or 0)


def tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """The actor's own tokens."""
    return ApiToken.objects.filter(user_id=actor.user_id or 0)


def token_rows(actor: Actor) -> list[TokenRow]:
    """The actor's own tokens, the newest first."""
    return [TokenRow(*values) for values in tokens_of(actor).values_list(*TOKEN_FIELDS)]


def sessions_of(actor: Actor) -> QuerySet[Any]:
    """The actor's own sessions."""
    found: QuerySet[Any] = UserSession.objects.filter(user_id=actor.user_id)
    return found


def factor_count(user_id: int, kind: str) -> int:
    """How many second factors of a kind somebody has."""
    return int(Authenticator.objects.filter(user_id=user_id, type=kind).count())


def user_for_identity(name: str, *, organisation_code: str) -> User | None:
    """The account to which a single sign-on may lead: by user name, and where a code is given only of that body.

    Of that body alone: who also works elsewhere, or for the whole region, would be at the mercy of one town's server.
    """
    users = User.objects.filter(username=name, is_active=True)
    if organisation_code:
        going_on = Membership.objects.exclude(valid_until__lt=clock.today())
        of_body = Membership.objects.on(clock.today()).filter(organisation__code=organisation_code)
        elsewhere = going_on.filter(~Q(organisation__code=organisation_code) | ~Q(role__in=BODY_ROLES))
        users = users.filter(pk__in=of_body.values("user_id")).exclude(pk__in=elsewhere.values("user_id"))
    return users.first()


def named(value: str) -> Q:
    """Accounts by name, user name or address."""
    return Q(display_name__icontains=value) | Q(username__icontains=value) | Q(email__icontains=value)


def with_role(*, role: str = "", body: str = "") -> Q:
    """Accounts that have a role today, in a body by name or code."""
    in_force = Membership.objects.on(clock.today())
    if role:
        in_force = in_force.filter(role=role)
    if body:
        in_force = in_force.filter(Q(organisation__name__icontains=body) | Q(organisation__code=body))
    return Q(pk__in=in_force.values("user_id"))


def with_factor() -> Q:
    """Accounts with a second factor."""
    return Q(pk__in=Authenticator.objects.filter(type__in=FACTORS).values("user_id"))


def count_in_use() -> int:
    """How many accounts can be signed in to."""
    return User.objects.filter(is_active=True).count()

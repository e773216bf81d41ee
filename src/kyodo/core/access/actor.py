"""The one who acts: a frozen value that says who, for which organisation, in which duty and through which entrance.

It is made once a request (or job, or command) and handed to every query and action. Names are in it as they were at
that time, since the record of an act keeps them when people and duties have moved on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kyodo.core.access import grants
from kyodo.core.access.roles import Reach, Role


class ActorKind(StrEnum):
    """What kind of hand it was."""

    PERSON = "person"
    RESIDENT = "resident"
    JOB = "job"
    COMMAND = "command"


class Scope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `label` is what people read: 檜原村 総務課 情報担当; `is_outside`: by the internet's entrance.

    Whoever enters what a body said by telephone or on paper (core/proxy) acts for that body: `on_behalf_of` is its
    number too, and `office_id` the organisation where they sit.
    """

    kind: ActorKind
    label: str
    roles: frozenset[Role] = field(default_factory=lambda: frozenset({Role.RESIDENT}))
    user_id: int | None = None
    organisation_id: int | None = None
    organisation_name: str = ""
    duty_id: int | None = None
    entrance: str = ""
    on_behalf_of: int | None = None
    office_id: int | None = None
    scopes: frozenset[Scope] | None = None
    is_outside: bool = False

    @property
    def is_signed_in(self) -> bool:
        """True for a person with an account."""
        return self.kind is ActorKind.PERSON

    @property
    def has_role(self) -> bool:
        """False for somebody whose roles are over, or have not begun."""
        return bool(self.roles - {Role.RESIDENT})

    def reach(self, permission: StrEnum) -> Reach | None:
        """How far `permission` goes for this actor; None if it does not go at all.

        Here, and nowhere else, ends at the internet's entrance what belongs inside.
        """
        if self.is_outside and grants.is_inside(permission):
            return None
        if self.on_behalf_of is not None:
            return Reach.OWN if grants.is_by_proxy(permission) else None
        found = grants.reach(self.roles, permission)
        if found is None and self.is_signed_in and grants.needs_no_role(permission):
            return Reach.OWN
        return found

    def may(self, permission: StrEnum) -> bool:
        """True if this actor holds `permission` for anything."""
        return self.reach(permission) is not None


def resident(*, entrance: str = "", is_outside: bool = False) -> Actor:
    """Somebody who has not signed in."""
    return Actor(kind=ActorKind.RESIDENT, label="", entrance=entrance, is_outside=is_outside)


def job(name: str) -> Actor:
    """Background work, acting in its own name."""
    return Actor(kind=ActorKind.JOB, label=name)


def command() -> Actor:
    """Whoever sits at the server's command line."""
    return Actor(kind=ActorKind.COMMAND, label="kyodo", roles=frozenset({Role.RESIDENT, Role.OPERATOR}))

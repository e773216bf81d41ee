"""Which entrance a request came through, what it lets in, and the address of each.

Every request asks, so each process keeps the table, and reads it again when it is some seconds old: an operator who
changes an entrance in one process is heard by the others within that time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Role
from kyodo.core.entrances.models import DEFAULT, Entrance, Nature
from kyodo.core.entrances.permissions import Permission
from kyodo.core.entrances.rules import Way

FRESH_S = 10.0


@dataclass(frozen=True, slots=True)
class EntranceRow:
    """An entrance, with the roles and the ways to sign in that it lets in (all of them where none was named)."""

    id: int
    slug: str
    name: str
    host: str
    nature: Nature
    roles: frozenset[Role] = frozenset(Role)
    ways: frozenset[Way] = frozenset(Way)

    @property
    def is_outside(self) -> bool:
        """True for one on the internet."""
        return self.nature is Nature.OUTER

    @property
    def address(self) -> str:
        """Where it is, without a path."""
        return _address(self.host)

    @property
    def is_known_host(self) -> bool:
        """False where the settings refuse its host name."""
        return bool({"*", self.host} & set(settings.ALLOWED_HOSTS))

    @property
    def lets_all_in(self) -> bool:
        """True for one that refuses no role."""
        return self.roles == frozenset(Role)


FIELDS = tuple(EntranceRow.__dataclass_fields__)


# An installation without entrances has this one. Where there are some, a host name that is none of them is not trusted.
ALONE = EntranceRow(0, DEFAULT, "", "", Nature.INNER)
UNNAMED = EntranceRow(0, DEFAULT, "", "", Nature.OUTER)

_kept: tuple[float, Mapping[str, EntranceRow]] | None = None


def table() -> Mapping[str, EntranceRow]:
    """All entrances by host name, at most ten seconds old."""
    global _kept
    kept, at = _kept, clock.monotonic()
    if kept is None or at - kept[0] > FRESH_S:
        kept = _kept = (at, {row.host: row for row in rows()})
    return kept[1]


def forget() -> None:
    """Read the table again with the next request."""
    global _kept
    _kept = None


def rows() -> list[EntranceRow]:
    """All entrances as the database has them, the inner ones first."""
    return [_row(*values) for values in Entrance.objects.order_by("nature", "host").values_list(*FIELDS)]


def _row(key: int, slug: str, name: str, host: str, nature: str, roles: list[str], ways: list[str]) -> EntranceRow:
    allowed = frozenset({Role.RESIDENT, *(Role(role) for role in roles)}) if roles else frozenset(Role)
    return EntranceRow(
        key, slug, name, host, Nature(nature), allowed, frozenset(map(Way, ways)) if ways else frozenset(Way)
    )


def of_host(host: str) -> EntranceRow:
    """The entrance of a host name (with or without its port)."""
    known = table()
    return known.get(host.partition(":")[0], UNNAMED) if known else ALONE


def of_slug(slug: str) -> EntranceRow:
    """The entrance that a short name calls, as it is now: for what is done later in somebody's name."""
    known = table()
    return next((row for row in known.values() if row.slug == slug), UNNAMED if known else ALONE)


def address_of(entrance: Entrance | None) -> str:
    """Where links for whoever comes in by this entrance begin: who sits in the closed network can't leave it."""
    return str(settings.ADDRESS) if entrance is None else _address(entrance.host)


def public_address() -> str:
    """Where links for people outside of all bodies begin: the internet's entrance, where there is one."""
    return next((row.address for row in table().values() if row.is_outside), str(settings.ADDRESS))


def _address(host: str) -> str:
    if settings.BEHIND_TLS:
        return f"https://{host}"
    port = urlsplit(settings.ADDRESS).port
    return f"http://{host}:{port}" if port else f"http://{host}"


def held_by(actor: Actor, permission: Permission) -> QuerySet[Entrance]:
    """The entrances that an actor may change: all, for who looks after the whole region."""
    return held(Entrance.objects.all(), actor=actor, permission=permission, owner="pk")

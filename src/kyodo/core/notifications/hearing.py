"""Who may hear of something: asked when it is told, and again before it is mailed: roles end, circles narrow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.core.entrances.models import Nature
from kyodo.core.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class About:
    """What a notice is about; `is_internal`: about a part of it that is not for all who see it."""

    kind: str
    subject: int
    is_internal: bool = False


Sees = Callable[[Actor, set[int], bool], set[int]]
_sees: dict[str, Sees] = {}


def register(kind: str, sees: Sees) -> None:
    """Say who sees a kind: `sees(actor, subjects, is_internal)` gives those of the subjects that the actor may see."""
    _sees[kind] = sees


def those_who_may(wanted: Iterable[tuple[int, About]], *, by_mail: bool = False) -> set[tuple[int, About]]:
    """Those of `wanted` (people and what they would hear of) that may be: asked once a body, role and kind.

    `by_mail`: a mail to a body whose entrance is on the internet is as good as read there.

    Raises KeyError for a kind for which nobody answers.
    """
    asked: dict[int, set[About]] = defaultdict(set)
    for user, about in wanted:
        asked[user].add(about)
    outside = _outside() if by_mail else frozenset()
    may: set[tuple[int, About]] = set()
    for (organisation, roles), users in _places(set(asked)).items():
        actor = Actor(
            kind=ActorKind.PERSON,
            label="",
            roles=roles | {Role.RESIDENT},
            organisation_id=organisation,
            is_outside=organisation in outside,
        )
        seen = _seen(actor, {about for user in users for about in asked[user]})
        may |= {(user, about) for user in users for about in asked[user] & seen}
    return may


def _outside() -> frozenset[int]:
    """The bodies whose people come in by the internet."""
    found = Organisation.objects.filter(home_entrance__nature=Nature.OUTER)
    return frozenset(found.values_list("pk", flat=True))


def _places(users: set[int]) -> dict[tuple[int, frozenset[Role]], list[int]]:
    """Where and as what these people work today; who works nowhere is not in it."""
    roles: dict[tuple[int, int], set[Role]] = defaultdict(set)
    held = Membership.objects.on(clock.today()).filter(user_id__in=users, user__is_active=True)
    for user, organisation, role in held.values_list("user_id", "organisation_id", "role"):
        roles[user, organisation].add(Role(role))
    places: dict[tuple[int, frozenset[Role]], list[int]] = defaultdict(list)
    for (user, organisation), held_roles in roles.items():
        places[organisation, frozenset(held_roles)].append(user)
    return places


def _seen(actor: Actor, asked: set[About]) -> set[About]:
    grouped: dict[tuple[str, bool], set[int]] = defaultdict(set)
    for about in asked:
        grouped[about.kind, about.is_internal].add(about.subject)
    return {
        About(kind, subject, is_internal)
        for (kind, is_internal), subjects in grouped.items()
        for subject in _sees[kind](actor, subjects, is_internal)
    }

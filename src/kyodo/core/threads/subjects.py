"""What can be written about. A module registers how its subjects are found, and by that who reads and writes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kyodo.core.access.actor import Actor


@dataclass(frozen=True, slots=True)
class Subject:
    """Something with a thread, as one actor may use it; None takes its place where the actor may not see it.

    `followers` gives the people who hear of a post (of an internal one: those of them who may read it), `members` the
    people of a mentioned body, where that body may read the subject. `unnamed` is the body whose name the actor does
    not see, and `is_unnamed` says that to others the actor's own name stays untold.
    """

    kind: str
    id: int
    label: str
    organisation_id: int
    address: str
    may_write: bool
    sees_notes: bool
    followers: Callable[[bool], set[int]]
    members: Callable[[set[int]], set[int]]
    unnamed: int | None = None
    is_unnamed: bool = False


Find = Callable[[Actor, int], Subject | None]
_finders: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Subjects of this kind have threads."""
    _finders[kind] = find


def find(kind: str, subject: int, *, actor: Actor) -> Subject | None:
    """The subject as the actor may use it; None for one that isn't there for them."""
    finder = _finders.get(kind)
    return finder(actor, subject) if finder else None

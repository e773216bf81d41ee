"""What there is to decide. A module registers how its matters are found, and by that who sees them.

`register("procurement.award", find)` in the module's contributions; `find(actor, subject_id)` gives the `Matter` as the
actor may see it, None where it isn't there for them. Who of those may prepare, approve and record is decided here: the
people of the matter's body, and coordinators.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kyodo.core.access.actor import Actor
from kyodo.core.decisions.paper import Paper
from kyodo.core.decisions.rules import Act


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that a body decides: the body, how people call it, its page, what it binds to, and its paper."""

    kind: str
    subject: int
    organisation_id: int
    title: str
    address: str
    act: Act
    paper: Paper


Find = Callable[[Actor, int], Matter | None]
_finders: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """There are matters of this kind."""
    _finders[kind] = find


def find(kind: str, subject: int, *, actor: Actor) -> Matter | None:
    """The matter as the actor may see it; None for one that isn't there for them."""
    finder = _finders.get(kind)
    return finder(actor, subject) if finder else None

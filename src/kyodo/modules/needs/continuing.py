"""Modules that carry answers on: each says what a coordinator can make of needs, and where a route stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kyodo.core.access.actor import Actor
from kyodo.core.switches import modules
from kyodo.modules.needs.rules import RouteKind

Standing = Callable[[Sequence[int], Actor], Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class Continuation:
    """How a kind of answer is carried on by a module.

    `label` (marked for translation) is what the button says, `address` the page that begins it (`?need=1&need=2` is put
    behind it), `permission` who finds it; `standing(route numbers, actor)` tells in the actor's language where those
    routes stand that the module carries on and that the actor may know of.
    """

    kind: RouteKind
    module: str
    label: str
    address: str
    permission: StrEnum
    standing: Standing


_known: dict[RouteKind, Continuation] = {}


def register_continuation(continuation: Continuation) -> None:
    """A module carries answers of a kind on."""
    _known[continuation.kind] = continuation


def continuations() -> list[Continuation]:
    """All that is registered, in the order of the kinds."""
    return [_known[kind] for kind in RouteKind if kind in _known]


def offered(actor: Actor) -> list[Continuation]:
    """What the actor can make of needs: of modules that this region uses."""
    return [one for one in continuations() if actor.may(one.permission) and not modules.is_off(one.module)]


def standing(kinds: Mapping[int, RouteKind], *, actor: Actor) -> dict[int, str]:
    """Where routes (by number, with their kind) stand with the modules that carry them on."""
    told: dict[int, str] = {}
    for one in continuations():
        if routes := [key for key, kind in kinds.items() if kind is one.kind]:
            told.update(one.standing(routes, actor))
    return told

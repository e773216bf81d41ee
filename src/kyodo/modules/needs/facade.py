"""What other modules may know of needs and say to them: plain values only.

A module that carries an answer on (a joint procurement, an engagement, a challenge) keeps the need's id, opens a
route or takes over one that a coordinator opened, and reports its state; the need's page tells the whole story.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kyodo.core.access.actor import Actor
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.continuing import Continuation, register_continuation
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import RouteDraft, RouteKind, RouteState, State, address_of

__all__ = [
    "Continuation",
    "NeedSummary",
    "RouteKind",
    "RouteState",
    "get_need",
    "open_answer",
    "register_continuation",
    "report_answer",
    "titles",
]


@dataclass(frozen=True, slots=True)
class NeedSummary:
    """A need, for the page of what it was answered with."""

    id: int
    title: str
    state: State
    organisation_id: int | None
    organisation: str | None
    body_ids: tuple[int, ...]
    address: str


def get_need(need_id: int, *, actor: Actor) -> NeedSummary | None:
    """A need as the actor may see it, with the bodies that have its trouble.

    Those that asked not to be named are not told to anybody here: what comes of a need is read by all bodies.
    """
    told = queries.story(need_id, actor=actor)
    if told is None:
        return None
    unnamed = queries.who_asked_not_to_be_named(need_id)
    is_named = told.need.organisation_id not in unnamed
    return NeedSummary(
        id=need_id,
        title=told.need.title,
        state=told.need.state,
        organisation_id=told.need.organisation_id if is_named else None,
        organisation=told.need.organisation if is_named else None,
        body_ids=tuple(body.organisation_id for body in told.bodies if body.organisation_id not in unnamed),
        address=address_of(need_id),
    )


def titles(need_ids: Sequence[int], *, actor: Actor) -> dict[int, str]:
    """The titles of those of these needs that the actor may see. One query."""
    found = queries.visible_to(actor).filter(pk__in=need_ids)
    return dict(found.order_by().values_list("pk", "title"))


def open_answer(
    *, need_id: int, kind: RouteKind, purpose: str, due_on: date | None, by: Actor, at: datetime
) -> int | None:
    """Answer a need; the number of the route, or None for a need that the actor may not answer."""
    need = queries.held_by(by, Permission.ARRANGE).filter(pk=need_id).first()
    if need is None:
        return None
    return actions.open_route(need=need, draft=RouteDraft(kind, purpose, due_on), by=by, at=at)


def report_answer(
    *, route_id: int, state: RouteState, outcome: str, due_on: date | None, address: str, by: Actor, at: datetime
) -> bool:
    """Tell where an answer stands and on which page; False for a route that the actor may not report on."""
    route = queries.routes_held_by(by).filter(pk=route_id).first()
    if route is None:
        return False
    actions.report_route(route=route, to=state, outcome=outcome, due_on=due_on, address=address, by=by, at=at)
    return True

"""The coordinator's board: open needs in columns, by what one wants to look at."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.proxy import marks as proxy
from kyodo.modules.needs.models import NeedRoute
from kyodo.modules.needs.queries.needs import visible_to
from kyodo.modules.needs.rules import KIND, OPEN, ROUTE_ENDED, RouteKind, State, Topic

MOST = 1000
FIELDS: tuple[Any, ...] = (
    "id",
    "title",
    "state",
    "topic",
    "organisation__name",
    "posted_at",
    "due_on",
    "backing_count",
    "assignee_id",
    "assignee__display_name",
    proxy.state_of(KIND),
)


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A need on the board, with the kinds of answer that it is getting."""

    id: int
    title: str
    state: State
    topic: Topic
    organisation: str
    posted_at: datetime
    due_on: date | None
    backing_count: int
    assignee_id: int | None
    assignee: str | None
    by_proxy: str | None
    kinds: tuple[RouteKind, ...]

    def age(self, now: datetime) -> timedelta:
        """How long ago it was posted."""
        return now - self.posted_at


@dataclass(frozen=True, slots=True)
class Board:
    """All open needs, oldest first, and whether there are more than a board can hold."""

    cards: tuple[BoardCard, ...]
    is_capped: bool


def board(*, actor: Actor, assignee: int | None = None) -> Board:
    """The open needs that the actor may see (or those given to somebody), in two queries."""
    needs = visible_to(actor).filter(state__in=OPEN, merged_into=None).order_by("posted_at", "id")
    if assignee is not None:
        needs = needs.filter(assignee_id=assignee)
    found = list(needs.values_list(*FIELDS)[: MOST + 1])
    kinds = _kinds()
    cards = tuple(
        BoardCard(*(number, title, State(state), Topic(topic), *rest, tuple(kinds[number])))
        for number, title, state, topic, *rest in found[:MOST]
    )
    return Board(cards, is_capped=len(found) > MOST)


def _kinds() -> dict[int, list[RouteKind]]:
    """The kinds of answer under way, for each open need."""
    running = NeedRoute.objects.exclude(state__in=ROUTE_ENDED).filter(need__state__in=OPEN)
    told: dict[int, list[RouteKind]] = defaultdict(list)
    for need, kind in running.order_by("opened_at", "id").values_list("need_id", "kind"):
        if kind not in told[need]:
            told[need].append(RouteKind(kind))
    return told

"""What machines read of needs that were solved in public: a feed, a list of addresses. Nothing needs an account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Max

from kyodo.core.crawlers.pages import PublicPage
from kyodo.modules.needs.queries import public_solved
from kyodo.modules.needs.rules import State, Topic

IN_FEED: Final = 50
SUMMARY_LENGTH: Final = 300


@dataclass(frozen=True, slots=True)
class Published:
    """A need as the feed tells it; `summary` is plain text."""

    id: int
    title: str
    summary: str
    organisation: str
    topic: Topic
    state: State
    posted_at: datetime
    state_since: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """Tells whether anything was published since: how many there are, and when the last of them moved."""

    count: int
    changed: datetime | None


def mark() -> Mark:
    """As it is now."""
    return Mark(**public_solved().order_by().aggregate(count=Count("id"), changed=Max("state_since")))


def latest() -> list[Published]:
    """What was solved last, the newest first."""
    found = (
        public_solved()
        .order_by("-state_since", "-id")
        .values_list("id", "title", "trouble", "organisation__name", "topic", "state", "posted_at", "state_since")
    )
    return [
        Published(number, title, _shortened(trouble), name, Topic(topic), State(state), posted, since)
        for number, title, trouble, name, topic, state, posted, since in found[:IN_FEED]
    ]


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY_LENGTH else f"{text[:SUMMARY_LENGTH]}…"


def pages() -> Iterator[PublicPage]:
    """The list and each story, the newest first, as crawlers are told."""
    yield PublicPage("/needs/public/", mark().changed)
    found = public_solved().order_by("-state_since", "-id").values_list("id", "state_since")
    for number, since in found.iterator(chunk_size=2000):
        yield PublicPage(f"/needs/public/{number}/", since)

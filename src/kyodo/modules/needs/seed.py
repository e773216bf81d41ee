"""Turns the readable needs of the demonstration region into acts, in order of time, through the same actions as people.

All days in the files are offsets from the day of seeding; with the same day the same region comes out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from kyodo.core.access.actor import Actor
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, BackingDraft, NeedDraft, Standing, State, Topic

SATURDAY = 5
BETWEEN_ACTS = timedelta(minutes=23)
LAST_HOUR = time(17, 0)


class People(Protocol):
    """Who acts in the region that is being seeded."""

    def officer(self, code: str, section: str) -> Actor:
        """Somebody of a section of a municipality."""

    def coordinator(self) -> Actor:
        """Somebody of the DX body."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens at a moment."""

    at: datetime
    do: Callable[[], Any]


def acts(folder: Path, *, people: People, day: date, zone: ZoneInfo) -> list[Act]:
    """All that happened with needs before `day`, in order of time."""
    found: list[Act] = []
    for file in sorted(folder.glob("*.toml")):
        for need in tomllib.loads(file.read_text(encoding="utf-8"))["need"]:
            found.extend(_Story(need, people=people, day=day, zone=zone).acts())
    return sorted(found, key=lambda act: act.at)


def office_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


class _Story:
    """One need of the files: when it was posted, who joined, which steps it took."""

    def __init__(self, need: dict[str, Any], *, people: People, day: date, zone: ZoneInfo) -> None:
        self.need = need
        self.people = people
        self.day = day
        self.zone = zone
        self.key = 0

    def acts(self) -> Iterator[Act]:
        """The acts of this need; each at least some minutes after the one before it."""
        need = self.need
        posted = self._moment(0, time.fromisoformat(need["at"]))
        author = self.people.officer(need["body"], need["section"])
        yield Act(posted, lambda: self._post(by=author, at=posted))
        later: list[tuple[int, int, Callable[[datetime], Callable[[], None]]]] = [
            *((backing["after"], 0, self._backing(backing)) for backing in need.get("backings", [])),
            *((move["after"], 1, self._move(move)) for move in need.get("moves", [])),
        ]
        before = posted
        for number, (after, _order, make) in enumerate(sorted(later, key=lambda one: one[:2])):
            at = max(self._moment(after, time(9 + (number * 3 + len(need["title"])) % 7, 12)), before + BETWEEN_ACTS)
            before = at
            yield Act(at, make(at))

    def _moment(self, after: int, at: time) -> datetime:
        day = office_day(self.day - timedelta(days=self.need["posted"] - after))
        return datetime.combine(day, min(at, LAST_HOUR), tzinfo=self.zone)

    def _wish(self, offset: int | None) -> date | None:
        return self.day + timedelta(days=offset) if offset is not None else None

    def _post(self, *, by: Actor, at: datetime) -> None:
        need = self.need
        self.key = actions.post_need(
            draft=NeedDraft(
                title=need["title"],
                trouble=need["trouble"],
                topic=Topic(need["field"]),
                audience=Audience(need["audience"]),
                standing=Standing(need["standing"]),
                people=need.get("people"),
                hours_per_year=need.get("hours_per_year"),
                yen_per_year=need.get("yen_per_year"),
                wish_on=self._wish(need.get("wish")),
            ),
            section=need["section"],
            submission=uuid5(NAMESPACE_URL, f"demo:{need['title']}"),
            by=by,
            at=at,
        )

    def _backing(self, backing: dict[str, Any]) -> Callable[[datetime], Callable[[], None]]:
        joiner = self.people.officer(backing["body"], backing["section"])

        def act(at: datetime) -> None:
            actions.back_need(
                need=Need.objects.get(pk=self.key),
                draft=BackingDraft(
                    volume=backing["volume"], wish_on=self._wish(backing.get("wish")), note=backing.get("note", "")
                ),
                section=backing["section"],
                by=joiner,
                at=at,
            )

        return lambda at: lambda: act(at)

    def _move(self, move: dict[str, Any]) -> Callable[[datetime], Callable[[], None]]:
        coordinator = self.people.coordinator()

        def act(at: datetime) -> None:
            actions.move_need(
                need=Need.objects.get(pk=self.key),
                to=State(move["to"]),
                reason=move.get("reason", ""),
                by=coordinator,
                at=at,
            )

        return lambda at: lambda: act(at)

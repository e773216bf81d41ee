"""Turns the readable needs of the demonstration region into acts, in order of time, through the same actions as people.

All days in the files are offsets from the day of seeding; with the same day the same region comes out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from kyodo.core.access.actor import Actor
from kyodo.core.demo import BETWEEN_ACTS, LAST_HOUR, Act, People, office_day
from kyodo.core.threads import actions as threads
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.models import Need, NeedMeasure, NeedRoute
from kyodo.modules.needs.rules import (
    Audience,
    BackingDraft,
    MeasureDraft,
    NeedDraft,
    PriceReaders,
    RatingDraft,
    ResultDraft,
    RouteDraft,
    RouteKind,
    RouteState,
    Standing,
    State,
    Topic,
)


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that happens to a need some days after it was posted; `order` among those of the same day."""

    after: int
    order: int
    do: Callable[..., None]


def acts(folder: Path, *, people: People, day: date, zone: ZoneInfo, numbers: dict[str, int]) -> list[Act]:
    """All that happened with needs before `day`, in order of time; `numbers` of needs by title are filled by it."""
    found: list[Act] = []
    for file in sorted(folder.glob("*.toml")):
        for need in tomllib.loads(file.read_text(encoding="utf-8"))["need"]:
            found.extend(_Story(need, people=people, day=day, zone=zone, numbers=numbers).acts())
    return sorted(found, key=lambda act: act.at)


class _Story:
    """One need of the files: when it was posted, and all that happened with it since."""

    def __init__(
        self, need: dict[str, Any], *, people: People, day: date, zone: ZoneInfo, numbers: dict[str, int]
    ) -> None:
        self.need = need
        self.people = people
        self.day = day
        self.zone = zone
        self.numbers = numbers

    def acts(self) -> Iterator[Act]:
        """The acts of this need; each at least some minutes after the one before it, none after today."""
        need = self.need
        posted = self._moment(0, time.fromisoformat(need["at"]))
        author = self.people.officer(need["body"], need["section"])
        yield Act(posted, lambda: self._post(by=author, at=posted))
        before = posted
        for number, step in enumerate(sorted(self._steps(), key=lambda one: (one.after, one.order))):
            at = max(self._moment(step.after, self._hour(number)), before + BETWEEN_ACTS)
            before = at
            yield Act(at, partial(step.do, at=at))

    def _steps(self) -> Iterator[_Step]:
        need = self.need
        for backing in need.get("backings", []):
            yield _Step(backing["after"], 0, partial(self._back, backing))
        if "assign" in need:
            yield _Step(need["assign"]["after"], 1, partial(self._assign, need["assign"]))
        for post in need.get("posts", []):
            yield _Step(post["after"], 2, partial(self._say, post))
        for move in need.get("moves", []):
            yield _Step(move["after"], 3, partial(self._move, move))
        for route in need.get("routes", []):
            yield _Step(route["after"], 4, partial(self._route, route))
            for report in route.get("reports", []):
                yield _Step(report["after"], 5, partial(self._report, route, report))
        for measure in need.get("measures", []):
            yield _Step(measure["after"], 6, partial(self._promise, measure))
            if "result" in measure:
                yield _Step(measure["result"]["after"], 7, partial(self._measure, measure))
        for rating in need.get("ratings", []):
            yield _Step(rating["after"], 8, partial(self._rate, rating))
        if "merge" in need:
            yield _Step(need["merge"]["after"], 9, partial(self._merge, need["merge"]))

    def _hour(self, number: int) -> time:
        return time(9 + (number * 3 + len(self.need["title"])) % 7, 12)

    def _moment(self, after: int, at: time) -> datetime:
        return datetime.combine(office_day(self._day(after)), min(at, LAST_HOUR), tzinfo=self.zone)

    def _day(self, after: int) -> date:
        return self.day - timedelta(days=self.need["posted"] - after)

    def _wish(self, offset: int | None) -> date | None:
        return self.day + timedelta(days=offset) if offset is not None else None

    def _row(self) -> Need:
        return Need.objects.get(pk=self.numbers[self.need["title"]])

    def _who(self, code: str, section: str) -> Actor:
        return self.people.coordinator() if code == "dx" else self.people.officer(code, section)

    def _post(self, *, by: Actor, at: datetime) -> None:
        need = self.need
        self.numbers[need["title"]] = actions.post_need(
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
                vendor=need.get("vendor", ""),
                price_yen=need.get("price"),
                price_readers=PriceReaders(need.get("price_readers", "coordinators")),
            ),
            section=need["section"],
            submission=uuid5(NAMESPACE_URL, f"demo:{need['title']}"),
            by=by,
            at=at,
        )

    def _back(self, backing: dict[str, Any], *, at: datetime) -> None:
        wish, note = self._wish(backing.get("wish")), backing.get("note", "")
        actions.back_need(
            need=self._row(),
            draft=BackingDraft(volume=backing["volume"], wish_on=wish, note=note),
            section=backing["section"],
            by=self.people.officer(backing["body"], backing["section"]),
            at=at,
        )

    def _assign(self, assign: dict[str, Any], *, at: datetime) -> None:
        due_on = self._day(assign["due"]) if "due" in assign else None
        who = self.people.coordinator()
        actions.arrange_needs(needs=[self._row()], assignee=who.user_id, due_on=due_on, by=who, at=at)

    def _say(self, post: dict[str, Any], *, at: datetime) -> None:
        by = self._who(post["body"], post.get("section", ""))
        subject = queries.thread_subject(by, self._row().pk)
        assert subject is not None, f"{by.label} does not see {self.need['title']}"
        is_internal = post.get("internal", False)
        threads.write_post(subject=subject, text=post["text"], is_internal=is_internal, by=by, at=at)

    def _move(self, move: dict[str, Any], *, at: datetime) -> None:
        actions.move_need(
            need=self._row(),
            to=State(move["to"]),
            reason=move.get("reason", ""),
            by=self.people.coordinator(),
            at=at,
        )

    def _route(self, route: dict[str, Any], *, at: datetime) -> None:
        due_on = self._day(route["due"]) if "due" in route else None
        draft = RouteDraft(RouteKind(route["kind"]), route["purpose"], due_on)
        route["id"] = actions.open_route(need=self._row(), draft=draft, by=self.people.coordinator(), at=at)

    def _report(self, route: dict[str, Any], report: dict[str, Any], *, at: datetime) -> None:
        row = NeedRoute.objects.select_related("need").get(pk=route["id"])
        actions.report_route(
            route=row,
            to=RouteState(report["to"]),
            outcome=report.get("outcome", ""),
            due_on=row.due_on,
            by=self.people.coordinator(),
            at=at,
        )

    def _promise(self, measure: dict[str, Any], *, at: datetime) -> None:
        draft = MeasureDraft(
            label=measure["label"],
            unit=measure["unit"],
            baseline=Decimal(str(measure["baseline"])),
            promised=Decimal(str(measure["promised"])),
            method=measure["method"],
            measure_on=self._day(measure["due"]),
        )
        measure["id"] = actions.promise(need=self._row(), draft=draft, by=self.people.coordinator(), at=at)

    def _measure(self, measure: dict[str, Any], *, at: datetime) -> None:
        result = measure["result"]
        draft = ResultDraft(
            measured=Decimal(str(result["measured"])),
            measured_on=at.astimezone(self.zone).date(),
            evidence=result["evidence"],
            hours_saved_per_year=result.get("hours"),
            yen_saved_per_year=result.get("yen"),
        )
        row = NeedMeasure.objects.select_related("need").get(pk=measure["id"])
        by = self.people.officer(self.need["body"], self.need["section"])
        actions.record_result(measure=row, draft=draft, by=by, at=at)

    def _rate(self, rating: dict[str, Any], *, at: datetime) -> None:
        by = self.people.officer(rating["body"], rating["section"])
        draft = RatingDraft(rating["score"], rating.get("comment", ""))
        actions.rate_need(need=self._row(), draft=draft, by=by, at=at)

    def _merge(self, merge: dict[str, Any], *, at: datetime) -> None:
        target = Need.objects.get(pk=self.numbers[merge["into"]])
        reason, by = merge.get("reason", ""), self.people.coordinator()
        actions.merge_needs(target=target, sources=[self._row()], reason=reason, by=by, at=at)

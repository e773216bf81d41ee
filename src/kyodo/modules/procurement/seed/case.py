"""A case of the demonstration: opened, given its items and days, moved on, left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from kyodo.core.access.actor import Actor
from kyodo.core.demo import Act, People, office_day
from kyodo.core.organisations.models import Organisation
from kyodo.core.threads import actions as threads
from kyodo.modules.procurement.actions import joining, moving, opening
from kyodo.modules.procurement.models import CaseMember, JointProcurement
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.queries.thread import thread_subject
from kyodo.modules.procurement.rules.case import (
    CaseAudience,
    CaseDraft,
    CaseState,
    ContractForm,
    ItemDraft,
    MemberRole,
)


class CaseOfDemo:
    """One file: what happened with its case, and on which day."""

    def __init__(
        self, told: dict[str, Any], *, people: People, day: date, zone: ZoneInfo, needs: Mapping[str, int]
    ) -> None:
        self.told = told
        self.people = people
        self.day = day
        self.zone = zone
        self.needs = needs

    def acts(self) -> Iterator[Act]:
        """The acts of the case itself; each some minutes after the one before it on the same day."""
        told = self.told
        opened = self.moment(0, time(9, 5))
        yield Act(opened, partial(self._open, at=opened))
        if "items" in told:
            at = self.moment(0, time(9, 40))
            yield Act(at, partial(self._items, at=at))
        if "days" in told:
            at = self.moment(0, time(10, 10))
            yield Act(at, partial(self._days, at=at))
        if "lead" in told:
            at = self.moment(0, time(10, 30))
            yield Act(at, partial(self._lead, at=at))
        for move in told.get("moves", []):
            at = self.moment(move["after"], time(9, 30))
            yield Act(at, partial(self._move, move, at=at))
        for post in told.get("posts", []):
            at = self.moment(post["after"], time(14, 20))
            yield Act(at, partial(self._say, post, at=at))
        for leaving in told.get("leaves", []):
            at = self.moment(leaving["after"], time(15, 10))
            yield Act(at, partial(self._leave, leaving, at=at))

    def moment(self, after: int, at: time) -> datetime:
        """So many days after the opening, at an hour."""
        return datetime.combine(office_day(self.on(after)), at, tzinfo=self.zone)

    def on(self, after: int) -> date:
        """The day so many days after the opening."""
        return self.day - timedelta(days=self.told["opened"] - after)

    def row(self) -> JointProcurement:
        """The case as it stands."""
        return JointProcurement.objects.get(submission=self._submission())

    def coordinator(self) -> Actor:
        """Who runs it."""
        return self.people.coordinator()

    def place(self, code: str) -> CaseMember:
        """A body's place in the case."""
        found = CaseMember.objects.select_related("case", "organisation")
        return found.get(case=self.row(), organisation__code=code)

    def item(self, name: str) -> int:
        """The number of an item."""
        return next(item.id for item in items_of(self.row().pk) if item.name == name)

    def _submission(self) -> Any:
        return uuid5(NAMESPACE_URL, f"demo:procurement:{self.told['title']}")

    def _open(self, *, at: datetime) -> None:
        told = self.told
        codes = told["bodies"]
        bodies = Organisation.objects.exclude(code=None).exclude(kind="prefecture")
        if codes != "all":
            bodies = bodies.filter(code__in=codes)
        opening.open_case(
            draft=CaseDraft(
                title=told["title"],
                purpose=told["purpose"],
                kind=told["kind"],
                audience=CaseAudience(told.get("audience", "all")),
                method=told["method"],
                way=told.get("way", "one_selection"),
                starts_on=self.on(told["starts"]).replace(day=1),
                months=told["months"],
            ),
            need_ids=[self.needs[title] for title in told.get("needs", [])],
            bodies=list(bodies.values_list("pk", flat=True)),
            submission=self._submission(),
            by=self.coordinator(),
            at=at,
        )

    def _items(self, *, at: datetime) -> None:
        case = self.row()
        known = {item.name: item.id for item in items_of(case.pk)}
        items = [
            (
                known.get(one["name"]),
                ItemDraft(one["name"], one["unit"], ContractForm(one["form"]), one.get("note", "")),
            )
            for one in self.told["items"]
        ]
        opening.set_items(case=case, items=items, revision=case.revision, by=self.coordinator(), at=at)

    def _days(self, *, at: datetime) -> None:
        days = {CaseState(state): self.on(after) for state, after in self.told["days"].items()}
        moving.set_days(case=self.row(), days=days, by=self.coordinator(), at=at)

    def _lead(self, *, at: datetime) -> None:
        place = self.place(self.told["lead"])
        joining.set_roles(case=self.row(), roles={place.pk: MemberRole.LEAD}, by=self.coordinator(), at=at)

    def _move(self, move: dict[str, Any], *, at: datetime) -> None:
        moving.move_case(
            case=self.row(), to=CaseState(move["to"]), reason=move.get("reason", ""), by=self.coordinator(), at=at
        )

    def _say(self, post: dict[str, Any], *, at: datetime) -> None:
        by = self.coordinator() if post["body"] == "dx" else self.people.anybody(post["body"])
        subject = thread_subject(by, self.row().pk)
        assert subject is not None, f"{by.label} does not see {self.told['title']}"
        is_internal = post.get("internal", False)
        threads.write_post(subject=subject, text=post["text"], is_internal=is_internal, by=by, at=at)

    def _leave(self, leaving: dict[str, Any], *, at: datetime) -> None:
        by = self.people.anybody(leaving["body"])
        joining.leave(member=self.place(leaving["body"]), reason=leaving["reason"], by=by, at=at)

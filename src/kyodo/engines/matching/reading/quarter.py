"""Reads `kyodo-matching/1`: the shape of each part, then what must hold between parts."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from kyodo.engines.matching.problem import (
    Held,
    Municipality,
    Place,
    Planar,
    Problem,
    Request,
    Rules,
    Specialist,
    Weights,
)
from kyodo.engines.matching.reading import parts
from kyodo.engines.reading.document import BadInputError
from kyodo.engines.reading.fields import Fields, Notes
from kyodo.engines.words import _

FORMAT = "kyodo-matching/1"
MOST_WEEKS, MOST_DAYS = 53, 7
LARGEST_WEIGHT = 10**6  # keeps every sum of points far below 2^53
LARGEST_POPULATION = 10**9

TOP = (
    "format", "weeks", "days", "travel", "rules", "weights", "municipalities", "specialists", "requests", "published",
)  # fmt: skip
MUNICIPALITY = ("id", "x", "y", "island", "population")
SPECIALIST = (
    "id", "role", "skills", "x", "y", "island", "slots", "leave_weeks", "max_per_week", "max_requests", "max_travel",
    "prefers_small", "ties", "barred",
)  # fmt: skip
REQUEST = (
    "id", "municipality", "role", "need", "half_days", "weeks", "start_min", "start_max", "mode", "slots",
    "max_missed", "priority", "bidders", "incumbent", "pinned",
)  # fmt: skip


class _Reader:
    """One reading: the notes and what is known so far."""

    def __init__(self, document: Any) -> None:
        self.notes = Notes()
        self.top = Fields(document, "$", self.notes, TOP)
        if not self.top.sound:
            raise BadInputError(self.notes.faults)
        if self.top.text("format") not in (FORMAT, None):
            self.notes.wrong("$.format", _("知らない形式です"), _("形式 {form}"), form=FORMAT)
        self.weeks = parts.between(self.top, "weeks", 1, MOST_WEEKS) or 13
        self.days = parts.between(self.top, "days", 1, MOST_DAYS) or 5
        self.travel, self.named = parts.travel(self.top, self.notes)
        self.planar = isinstance(self.travel, Planar)

    def unique(self, rows: Iterable[tuple[str, str]]) -> None:
        """Note ids that stand twice."""
        first: dict[str, str] = {}
        for where, identity in rows:
            if identity in first:
                text = _("識別子 {identity} は {first} と重なっています")
                facts = {"identity": identity, "first": first[identity]}
                self.notes.wrong(f"{where}.id", text, _("ほかにない識別子"), **facts)
            first.setdefault(identity, where)

    def known(self, where: str, identity: str, among: Iterable[str]) -> bool:
        """Whether an id is known; noted, with the nearest one, where it is not."""
        among = list(among)
        if identity in among:
            return True
        near = difflib.get_close_matches(identity, among, n=1, cutoff=0.0)
        facts = {"identity": identity, "near": near[0] if near else "-"}
        self.notes.wrong(where, _("{identity} はどこにもありません"), _("ある識別子。いちばん近いのは {near}"), **facts)
        return False

    def place(self, row: Fields, identity: str) -> Place:
        """A place; coordinates are needed where minutes come from them."""
        otherwise = None if self.planar else 0.0
        x = parts.measure(row, "x", otherwise, signed=True)
        y = parts.measure(row, "y", otherwise, signed=True)
        return Place(identity, x or 0.0, y or 0.0, parts.flag(row, "island"))

    def rules(self) -> Rules:
        """The rules, with their usual values where nothing is said."""
        usual = Rules()
        keys = tuple(one.name for one in fields(Rules))
        row = Fields(self.top.members.get("rules") or {}, "$.rules", self.notes, keys)
        limits = {"small_population": LARGEST_POPULATION, "frozen_weeks": self.weeks}
        values = {key: parts.between(row, key, 0, limits.get(key, 10**6), getattr(usual, key)) for key in keys}
        return Rules(**{key: value for key, value in values.items() if value is not None})

    def weights(self) -> Weights:
        """The weights, with their usual values where nothing is said."""
        usual = Weights()
        keys = tuple(one.name for one in fields(Weights))
        row = Fields(self.top.members.get("weights") or {}, "$.weights", self.notes, keys)
        least = {"travel_minutes_a_point": 1}
        values = {k: parts.between(row, k, least.get(k, 0), LARGEST_WEIGHT, getattr(usual, k)) for k in keys}
        return Weights(**{key: value for key, value in values.items() if value is not None})

    def municipalities(self) -> list[tuple[str, Municipality]]:
        """Each municipality with its path."""
        found = []
        for where, value in self.top.rows("municipalities"):
            row = Fields(value, where, self.notes, MUNICIPALITY)
            identity = row.text("id")
            population = parts.between(row, "population", 0, LARGEST_POPULATION)
            place = self.place(row, identity or "")
            if identity is not None:
                found.append((where, Municipality(identity, population or 0, place)))
        return found

    def specialists(self) -> list[tuple[str, Specialist]]:
        """Each specialist with its path."""
        found = []
        for where, value in self.top.rows("specialists"):
            row = Fields(value, where, self.notes, SPECIALIST)
            identity, role = row.text("id"), row.text("role")
            small = row.members.get("prefers_small", 0)
            if small not in (-1, 0, 1) or isinstance(small, bool):
                self.notes.wrong(row.at("prefers_small"), _("知らない値です"), _("-1、0 か 1"))
                small = 0
            one = Specialist(
                id=identity or "",
                role=role or "",
                skills=parts.levels(row, "skills", needed=True),
                place=self.place(row, identity or ""),
                slots=parts.slots(row, "slots", self.days),
                max_per_week=parts.between(row, "max_per_week", 0, 1000) or 0,
                max_requests=parts.between(row, "max_requests", 0, 1000) or 0,
                max_travel=parts.measure(row, "max_travel") or 0,
                leave_weeks=self.leave(row),
                prefers_small=int(small),
                ties=parts.names(row, "ties"),
                barred=parts.names(row, "barred"),
            )
            if identity is not None:
                found.append((where, one))
        return found

    def leave(self, row: Fields) -> frozenset[int]:
        """Weeks of leave."""
        found = set()
        for where, value in row.rows("leave_weeks", needed=False):
            whole = isinstance(value, int) and not isinstance(value, bool)
            if whole and 0 <= value < self.weeks:
                found.add(value)
            else:
                text = _("週の番号ではありません")
                self.notes.wrong(where, text, _("0 から {most} までの整数"), most=self.weeks - 1)
        return frozenset(found)

    def requests(self, bodies: dict[str, int]) -> list[tuple[str, Request]]:
        """Each request with its path."""
        found = []
        for where, value in self.top.rows("requests"):
            row = Fields(value, where, self.notes, REQUEST)
            identity, body = row.text("id"), row.text("municipality")
            if body is not None:
                self.known(row.at("municipality"), body, bodies)
            one = self.request(row, identity or "", bodies.get(body or "", 0))
            if identity is not None:
                found.append((where, one))
        return found

    def request(self, row: Fields, identity: str, body: int) -> Request:
        """One request."""
        half_days = row.whole("half_days", least=1)
        if half_days is not None and half_days not in (1, 2, 4):
            self.notes.wrong(row.at("half_days"), _("知らない値です"), _("1、2 か 4"))
        weeks = parts.between(row, "weeks", 1, self.weeks)
        first = parts.between(row, "start_min", 0, self.weeks - 1)
        last = parts.between(row, "start_max", 0, self.weeks - 1)
        if None not in (first, last) and first > last:  # type: ignore[operator]
            self.notes.wrong(row.at("start_max"), _("start_min より前です"), _("{first} 以上の整数"), first=first or 0)
        elif None not in (first, weeks) and first + weeks > self.weeks:  # type: ignore[operator]
            text = _("いつ始めても四半期に収まりません")
            self.notes.wrong(row.at("weeks"), text, _("{most} 以下の整数"), most=self.weeks - (first or 0))
        mode = row.choice("mode", ("onsite", "remote", "hybrid"), "onsite")
        if not row.has("mode") and row.sound:
            self.notes.wrong(row.at("mode"), _("値がありません"), _("{key} の値"), key="mode")
        return Request(
            id=identity,
            municipality=body,
            role=row.text("role") or "",
            need=parts.levels(row, "need", needed=True),
            half_days=half_days or 1,
            weeks=weeks or 1,
            start_min=first or 0,
            start_max=last or 0,
            mode=mode,
            slots=parts.slots(row, "slots", self.days),
            max_missed=parts.between(row, "max_missed", 0, MOST_WEEKS, 0) or 0,
            priority=parts.between(row, "priority", 1, 3, 1) or 1,
            bidders=parts.names(row, "bidders"),
            incumbent=row.text("incumbent", needed=False),
            pinned=self.pinned(row, identity),
        )

    def pinned(self, row: Fields, identity: str) -> Held | None:
        """The engagement that a request is pinned to."""
        value = row.members.get("pinned")
        if value is None:
            return None
        inner = Fields(value, row.at("pinned"), self.notes, ("specialist", "start", "slots"))
        return parts.held(inner, identity, self.weeks, self.days) if inner.sound else None

    def published(self) -> tuple[Held, ...]:
        """The plan that is being replaced; who or what is gone since may still be named."""
        found: list[tuple[str, Held]] = []
        for where, value in self.top.rows("published", needed=False):
            row = Fields(value, where, self.notes, ("request", "specialist", "start", "slots"))
            request = row.text("request")
            one = parts.held(row, request or "", self.weeks, self.days) if row.sound else None
            if one is not None and request is not None:
                found.append((where, one))
        seen: dict[str, str] = {}
        for where, one in found:
            if one.request in seen:
                text = _("識別子 {identity} は {first} と重なっています")
                facts = {"identity": one.request, "first": seen[one.request]}
                self.notes.wrong(f"{where}.request", text, _("ほかにない識別子"), **facts)
            seen.setdefault(one.request, where)
        return tuple(one for _where, one in found)


def read_problem(document: Any) -> Problem:
    """Validate a parsed document wholly.

    Parameters
    ----------
    document
        As `parse_document` gives it.

    Returns
    -------
    Problem

    Raises
    ------
    BadInputError
        With every fault and its JSON path.
    """
    reader = _Reader(document)
    rules, weights = reader.rules(), reader.weights()
    bodies, people = reader.municipalities(), reader.specialists()
    requests = reader.requests({one.id: number for number, (_where, one) in enumerate(bodies)})
    published = reader.published()
    for rows in (bodies, people, requests):
        reader.unique((where, one.id) for where, one in rows)
    _between_parts(reader, bodies, people, requests)
    if reader.notes.faults:
        raise BadInputError(reader.notes.faults)
    return Problem(
        weeks=reader.weeks,
        days=reader.days,
        travel=reader.travel,
        municipalities=tuple(one for _where, one in bodies),
        specialists=tuple(one for _where, one in people),
        requests=tuple(one for _where, one in requests),
        rules=rules,
        weights=weights,
        published=published,
    )


def _between_parts(
    reader: _Reader,
    bodies: list[tuple[str, Municipality]],
    people: list[tuple[str, Specialist]],
    requests: list[tuple[str, Request]],
) -> None:
    places, persons = {one.id for _where, one in bodies}, {one.id for _where, one in people}
    for where, specialist in people:
        for name in sorted(specialist.barred - places):
            reader.known(f"{where}.barred", name, places)
    for where, request in requests:
        if request.pinned and request.pinned.specialist not in persons:
            reader.known(f"{where}.pinned.specialist", request.pinned.specialist, persons)
    if not reader.planar:
        both = places | persons
        for where, name in reader.named:
            if name not in both:
                reader.known(where, name, both)
        for where, specialist in people:
            if specialist.id in places:
                text, expected = _("識別子 {identity} は自治体にもあります"), _("移動の表でどちらかわかる識別子")
                reader.notes.wrong(f"{where}.id", text, expected, identity=specialist.id)

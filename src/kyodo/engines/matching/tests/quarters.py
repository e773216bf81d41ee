"""Small quarters to test with: one written by hand, others drawn from a seed."""

from __future__ import annotations

import json
import random
from typing import Any

from kyodo.engines.matching.problem import Problem
from kyodo.engines.matching.reading import read_problem
from kyodo.engines.reading.document import parse_document

Document = dict[str, Any]

EVERY = [[day, half] for day in range(5) for half in range(2)]


def problem_of(document: Document) -> Problem:
    """The problem of a document that is expected to be sound."""
    return read_problem(parse_document(json.dumps(document).encode()))


def body(identity: str = "m0", x: float = 0, population: int = 20_000, **more: Any) -> Document:
    return {"id": identity, "x": x, "y": 0, "island": False, "population": population, **more}


def person(identity: str = "s0", **more: Any) -> Document:
    usual = {
        "id": identity, "role": "aide", "skills": {"cloud": 3}, "x": 0, "y": 0, "island": False, "slots": EVERY,
        "leave_weeks": [], "max_per_week": 4, "max_requests": 3, "max_travel": 120, "prefers_small": 0, "ties": [],
        "barred": [],
    }  # fmt: skip
    return {**usual, **more}


def request(identity: str = "r0", **more: Any) -> Document:
    usual = {
        "id": identity, "municipality": "m0", "role": "aide", "need": {"cloud": 3}, "half_days": 1, "weeks": 4,
        "start_min": 0, "start_max": 2, "mode": "onsite", "slots": EVERY, "max_missed": 0, "priority": 1,
        "bidders": [], "incumbent": None, "pinned": None,
    }  # fmt: skip
    return {**usual, **more}


def quarter(bodies: list[Document], people: list[Document], requests: list[Document], **more: Any) -> Document:
    document = {
        "format": "kyodo-matching/1", "weeks": 13, "days": 5, "travel": {"kind": "planar"}, "rules": {}, "weights": {},
        "municipalities": bodies, "specialists": people, "requests": requests, "published": None,
    }  # fmt: skip
    return {**document, **more}


def one_of_each(**more: Any) -> Document:
    """One municipality, one specialist, one request."""
    return quarter([body()], [person()], [request()], **more)


def draw_small(
    rng: random.Random,
    *,
    people: int = 2,
    requests: int = 3,
    weeks: int = 3,
    days: int = 2,
    places: tuple[int, ...] = (1, 2, 3),
) -> Document:
    """Every rule now and then."""

    def slots(share: float) -> list[list[int]]:
        return [[day, half] for day in range(days) for half in range(2) if rng.random() < share]

    bodies = [
        body(f"m{n}", x=rng.choice([0, 20, 40, 70, 130]), population=rng.choice([5_000, 40_000, 90_000]),
             island=rng.random() < 0.15)
        for n in range(3)
    ]  # fmt: skip
    staff = [
        person(
            f"s{n}", x=rng.choice([0, 30, 60]), island=rng.random() < 0.1, slots=slots(0.85),
            skills={"cloud": rng.randint(2, 4), "law": rng.randint(1, 3)}, role=rng.choice(["aide", "data"]),
            leave_weeks=[rng.randrange(weeks)] if rng.random() < 0.3 else [], max_per_week=rng.choice([1, 2, 3, 4]),
            max_requests=rng.choice(places), max_travel=rng.choice([60, 120, 400]),
            prefers_small=rng.choice([-1, 0, 1]), ties=["c"] if rng.random() < 0.2 else [],
            barred=["m0"] if rng.random() < 0.1 else [],
        )
        for n in range(people)
    ]  # fmt: skip
    asked = []
    for number in range(requests):
        length = rng.randint(1, weeks)
        first = rng.randint(0, weeks - length)
        asked.append(
            request(
                f"r{number}", municipality=f"m{rng.randrange(3)}", need={"cloud": rng.randint(1, 4)},
                half_days=rng.choice([1, 1, 2, 4]), weeks=length, start_min=first,
                start_max=rng.randint(first, weeks - 1), mode=rng.choice(["onsite", "remote", "hybrid"]),
                slots=slots(0.85), max_missed=rng.choice([0, 1]), priority=rng.choice([1, 1, 2]),
                bidders=["c"] if rng.random() < 0.2 else [], incumbent="s0" if rng.random() < 0.2 else None,
            )
        )  # fmt: skip
    return quarter(bodies, staff, asked, weeks=weeks, days=days)

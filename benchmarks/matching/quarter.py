"""Quarters of a region and of the nation, drawn from a seed: the same numbers on every machine.

Populations are log-normal, specialists live where people live, a few municipalities are islands; demand exceeds what
the specialists can give. All of it is invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from math import sqrt
from typing import Any

Document = dict[str, Any]

ROLES = ("cio_aide", "networks", "security", "data", "services")
SKILLS = ("cloud", "network", "security", "data", "ux", "law", "training", "procurement", "gis", "ai")
COMPANIES = tuple(f"c{number:02d}" for number in range(30))


@dataclass(frozen=True)
class Size:
    """How many, and the length in km of a side of the square they lie in."""

    municipalities: int
    requests: int
    specialists: int
    side: float


REGION = Size(62, 120, 60, 90)
NATION = Size(1741, 3000, 1200, 900)


def draw(size: Size, seed: int) -> Document:
    """Draw a problem document."""
    rng = random.Random(seed)
    bodies = [_municipality(rng, number, size) for number in range(size.municipalities)]
    weights = [sqrt(body["population"]) for body in bodies]
    people = [_specialist(rng, number, rng.choices(bodies, weights)[0], bodies) for number in range(size.specialists)]
    asking = rng.sample(bodies, min(len(bodies), max(1, round(size.requests * 0.48))))
    requests = [
        _request(rng, number, asking[number] if number < len(asking) else rng.choice(asking), people)
        for number in range(size.requests)
    ]
    return {
        "format": "kyodo-matching/1",
        "weeks": 13,
        "days": 5,
        "travel": {
            "kind": "planar", "fixed": 15, "per_km": 1.3, "far_km": 120, "far_fixed": 171, "far_per_km": 0.3,
            "island": 240,
        },
        "rules": {"day_blocked_over": 90, "hop_at_most": 60, "small_population": 50_000},
        "weights": {
            "unmet": 300, "unmet_half_day": 6, "uncovered": 200, "uncovered_small": 400, "served": 20,
            "surplus_level": 4, "role_mismatch": 15, "travel_minutes_a_point": 20, "incumbent_replaced": 80,
            "preference": 8, "missed_week": 10, "changed": 0,
        },
        "municipalities": bodies,
        "specialists": people,
        "requests": requests,
        "published": None,
    }  # fmt: skip


def _municipality(rng: random.Random, number: int, size: Size) -> Document:
    return {
        "id": f"m{number:04d}",
        "x": round(rng.uniform(0, size.side), 2),
        "y": round(rng.uniform(0, size.side), 2),
        "island": rng.random() < 0.04,
        "population": max(300, round(rng.lognormvariate(10.2, 1.3))),
    }


def _slots(rng: random.Random, share: float) -> list[list[int]]:
    whole = [[day, half] for day in range(5) if rng.random() < share for half in range(2)]
    loose = [[day, half] for day in range(5) for half in range(2) if rng.random() < 0.3]
    return sorted([day, half] for day, half in {(day, half) for day, half in whole + loose})


def _specialist(rng: random.Random, number: int, home: Document, bodies: list[Document]) -> Document:
    skills = rng.sample(SKILLS, rng.randint(4, 7))
    leave = rng.randint(0, 12)
    return {
        "id": f"s{number:04d}",
        "role": rng.choice(ROLES),
        "skills": {skill: rng.choice([2, 3, 3, 4, 4, 5]) for skill in skills},
        "x": round(home["x"] + rng.gauss(0, 8), 2),
        "y": round(home["y"] + rng.gauss(0, 8), 2),
        "island": home["island"],
        "slots": _slots(rng, 0.6) or [[0, 0]],
        "leave_weeks": [leave] if rng.random() < 0.4 else [],
        "max_per_week": rng.choice([2, 2, 3, 4, 4]),
        "max_requests": rng.choice([1, 1, 2, 2, 3]),
        "max_travel": rng.choice([60, 90, 120, 150, 240]),
        "prefers_small": rng.choice([-1, 0, 0, 0, 1]),
        "ties": rng.sample(COMPANIES, 1) if rng.random() < 0.2 else [],
        "barred": [rng.choice(bodies)["id"]] if rng.random() < 0.05 else [],
    }


def _request(rng: random.Random, number: int, body: Document, people: list[Document]) -> Document:
    weeks = rng.choice([4, 6, 8, 8, 10, 12, 13])
    first = rng.randint(0, 13 - weeks)
    return {
        "id": f"r{number:04d}",
        "municipality": body["id"],
        "role": rng.choice(ROLES),
        "need": {skill: rng.choice([1, 2, 2, 3, 3, 4]) for skill in rng.sample(SKILLS, rng.choice([1, 1, 2, 2]))},
        "half_days": rng.choice([1, 1, 2, 2, 4]),
        "weeks": weeks,
        "start_min": first,
        "start_max": min(13 - weeks, first + rng.randint(0, 4)),
        "mode": rng.choice(["onsite", "onsite", "hybrid", "remote"]),
        "slots": _slots(rng, 0.7) or [[1, 0], [1, 1]],
        "max_missed": rng.choice([0, 1, 1, 2]),
        "priority": rng.choice([1, 1, 1, 2, 3]),
        "bidders": rng.sample(COMPANIES, rng.randint(0, 2)),
        "incumbent": rng.choice(people)["id"] if rng.random() < 0.15 else None,
        "pinned": None,
    }

"""The five steps, and the goals behind them that modules register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kyodo.core import clock
from kyodo.core.access.roles import BODY_ROLES, Role
from kyodo.core.accounts.models import Membership
from kyodo.core.first_day.models import DoneStep
from kyodo.core.organisations.models import MUNICIPAL
from kyodo.core.organisations.queries import municipal_count
from kyodo.engines.words import _

YOURSELF, BODIES, REACH, TEMPLATES, PEOPLE = "yourself", "bodies", "reach", "templates", "people"
TITLES = {
    YOURSELF: _("自分の団体と、最初の運用管理者"),
    BODIES: _("地域の団体"),
    REACH: _("入口とメール"),
    TEMPLATES: _("使う機能と相談のひな形"),
    PEOPLE: _("団体の人を招く"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its place, whether it is done, and whether it is the next."""

    number: int
    name: str
    title: str
    is_done: bool
    is_next: bool


@dataclass(frozen=True, slots=True)
class Goal:
    """What the first day leads to. `title` is marked for translation."""

    title: str
    is_reached: Callable[[], bool]
    address: str


_goals: list[Goal] = []


def register(goal: Goal) -> None:
    """Add a goal behind the five steps."""
    _goals.append(goal)


def goals() -> list[tuple[Goal, bool]]:
    """The goals, each with whether it is reached."""
    return [(goal, goal.is_reached()) for goal in _goals]


def has_begun() -> bool:
    """True once somebody can look after this installation."""
    return Membership.objects.on(clock.today()).filter(role=Role.OPERATOR, user__is_active=True).exists()


def _done() -> dict[str, bool]:
    told = set(DoneStep.objects.values_list("name", flat=True))
    people = Membership.objects.on(clock.today()).filter(role__in=BODY_ROLES, organisation__kind__in=MUNICIPAL)
    return {
        YOURSELF: has_begun(),
        BODIES: municipal_count() > 0,
        REACH: REACH in told,
        TEMPLATES: TEMPLATES in told,
        PEOPLE: people.exists(),
    }


def steps() -> list[Step]:
    """The five steps as they stand."""
    done = _done()
    following = next((name for name, is_done in done.items() if not is_done), None)
    return [
        Step(number, name, TITLES[name], is_done, name == following)
        for number, (name, is_done) in enumerate(done.items(), start=1)
    ]

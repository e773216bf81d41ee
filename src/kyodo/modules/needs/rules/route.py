"""How a need is answered: kinds of answer, and what may become of each. Later modules report through the facade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kyodo.core.faults import Fault, fault_of_day, fault_of_text
from kyodo.engines.words import _


class RouteKind(StrEnum):
    """What kind of answer a need gets."""

    ADVICE = "advice"
    SPECIALIST = "specialist"
    PROCUREMENT = "procurement"
    LAB = "lab"
    SHARED_SERVICE = "shared_service"
    DATASET = "dataset"
    PROJECT = "project"


ROUTE_WORDS: dict[RouteKind, str] = {
    RouteKind.ADVICE: _("スポット助言"),
    RouteKind.SPECIALIST: _("専門人材"),
    RouteKind.PROCUREMENT: _("共同調達"),
    RouteKind.LAB: _("共創ラボ"),
    RouteKind.SHARED_SERVICE: _("共同サービス"),
    RouteKind.DATASET: _("データセット"),
    RouteKind.PROJECT: _("先行プロジェクト"),
}


class RouteState(StrEnum):
    """Where an answer stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


ROUTE_STATE_WORDS: dict[RouteState, str] = {
    RouteState.PLANNED: _("着手前"),
    RouteState.RUNNING: _("進行中"),
    RouteState.DONE: _("終了"),
    RouteState.STOPPED: _("中止"),
}
ROUTE_TRANSITIONS: dict[RouteState, frozenset[RouteState]] = {
    RouteState.PLANNED: frozenset({RouteState.RUNNING, RouteState.DONE, RouteState.STOPPED}),
    RouteState.RUNNING: frozenset({RouteState.PLANNED, RouteState.DONE, RouteState.STOPPED}),
    RouteState.DONE: frozenset({RouteState.RUNNING}),
    RouteState.STOPPED: frozenset({RouteState.PLANNED}),
}
ROUTE_ENDED = frozenset({RouteState.DONE, RouteState.STOPPED})

PURPOSE_LENGTH = (5, 300)
OUTCOME_LENGTH = (5, 1000)


@dataclass(frozen=True, slots=True)
class RouteDraft:
    """An answer as it is planned: what it shall bring, and until when."""

    kind: RouteKind
    purpose: str
    due_on: date | None = None


def faults_of_route(draft: RouteDraft, *, today: date) -> list[Fault]:
    """Everything that is wrong with a planned answer, at once."""
    return [
        *fault_of_text("purpose", draft.purpose, PURPOSE_LENGTH),
        *fault_of_day("due_on", draft.due_on, today=today),
    ]


def faults_of_route_report(*, to: RouteState, outcome: str) -> list[Fault]:
    """What is wrong with what is told of an answer: an end is explained."""
    if not outcome and to not in ROUTE_ENDED:
        return []
    return list(fault_of_text("outcome", outcome, OUTCOME_LENGTH))

"""An event is heard after the commit, by each who subscribed, and never when what it tells of was rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from django.db import transaction

from kyodo.core.events import subscriptions
from kyodo.core.events.delivery import after_commit
from kyodo.core.jobs import execution
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.rules import State

pytestmark = pytest.mark.django_db


class Level(StrEnum):
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class ContractSigned:
    contract: int
    day: date
    at: datetime
    yen: Decimal
    bodies: tuple[int, ...]
    level: Level
    note: str | None = None


EVENT = ContractSigned(
    contract=7,
    day=date(2026, 11, 24),
    at=datetime(2026, 11, 24, 9, tzinfo=UTC),
    yen=Decimal("1200.50"),
    bodies=(1, 2),
    level=Level.HIGH,
)
heard: list[object] = []


def hear(event: ContractSigned) -> None:
    heard.append(event)


def stumble(event: ContractSigned) -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def _silence(monkeypatch):
    monkeypatch.setattr(subscriptions, "_types", {})
    monkeypatch.setattr(subscriptions, "_handlers", {})
    heard.clear()


def deliver_all():
    for uuid in Job.objects.filter(state=State.WAITING).values_list("uuid", flat=True):
        execution.execute(uuid)


def test_it_arrives_as_it_was_sent():
    subscriptions.subscribe(ContractSigned, hear)
    after_commit(EVENT)
    assert heard == []
    deliver_all()
    deliver_all()
    assert heard == [EVENT]


def test_what_was_rolled_back_was_never_announced():
    subscriptions.subscribe(ContractSigned, hear)
    with transaction.atomic():
        after_commit(EVENT)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_where_nobody_listens_nothing_is_written(django_assert_num_queries):
    with django_assert_num_queries(0):
        after_commit(EVENT)


def test_one_that_stumbles_is_tried_again_and_holds_up_nobody():
    subscriptions.subscribe(ContractSigned, stumble)
    subscriptions.subscribe(ContractSigned, hear)
    after_commit(EVENT)
    deliver_all()
    assert heard == [EVENT]
    waiting = Job.objects.get(state=State.WAITING)
    assert (waiting.attempts, waiting.params["handler"].endswith(".stumble")) == (1, True)


def test_what_could_not_be_found_again_is_refused_at_once():
    with pytest.raises(TypeError):
        subscriptions.subscribe(ContractSigned, lambda event: None)
    with pytest.raises(TypeError):
        subscriptions.subscribe(dict, print)

"""`/healthz` answers whoever asks, by whatever name, without a session; and says so when the database is away."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_it_answers_with_one_question_to_the_database(client, django_assert_num_queries):
    client.cookies["kyodo_session"] = "x" * 32
    with django_assert_num_queries(1):
        answer = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert not answer.cookies


@pytest.mark.django_db
def test_it_says_503_without_a_database(client, monkeypatch):
    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/healthz").status_code == 503

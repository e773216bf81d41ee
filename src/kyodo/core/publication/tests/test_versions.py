"""What was published stays to be read under its number and as of a day; what was taken back, nowhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from kyodo.core.publication import queries
from kyodo.core.publication.models import Publication
from kyodo.core.publication.publishing import publish, withdraw

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)


def told(text: str, at: datetime, subject: int = 1) -> int:
    return publish(kind="test.case", subject=subject, content={"text": text}, at=at)


def text(version: queries.Version | None) -> str | None:
    return version.content["text"] if version else None


def test_the_latest_version_is_the_public_one_and_older_ones_keep_their_numbers():
    assert [told("一", MORNING), told("二", MORNING + DAY)] == [1, 2]
    assert text(queries.current("test.case", 1)) == "二"
    assert text(queries.numbered("test.case", 1, 1)) == "一"
    assert queries.versions("test.case", 1) == [(1, MORNING, MORNING + DAY), (2, MORNING + DAY, None)]


def test_the_same_again_is_no_new_version():
    assert told("一", MORNING) == told("一", MORNING + DAY) == 1


def test_what_was_public_at_a_moment_can_be_read():
    told("一", MORNING)
    told("二", MORNING + DAY)
    moments = (MORNING - DAY, MORNING, MORNING + DAY - timedelta(seconds=1), MORNING + DAY, MORNING + 9 * DAY)
    assert [text(queries.as_of("test.case", 1, moment)) for moment in moments] == [None, "一", "一", "二", "二"]


def test_what_was_taken_back_is_read_nowhere_any_more():
    told("一", MORNING)
    told("二", MORNING + DAY)
    withdraw(kind="test.case", subject=1, at=MORNING + 2 * DAY)
    assert queries.current("test.case", 1) is None
    assert queries.numbered("test.case", 1, 1) is None
    assert queries.as_of("test.case", 1, MORNING) is None
    assert queries.versions("test.case", 1) == []


def test_published_after_that_it_has_a_number_of_its_own_and_the_old_ones_stay_hidden():
    told("一", MORNING)
    withdraw(kind="test.case", subject=1, at=MORNING + DAY)
    assert told("一", MORNING + 2 * DAY) == 2
    assert text(queries.current("test.case", 1)) == "一"
    assert queries.numbered("test.case", 1, 1) is None


def test_other_subjects_have_versions_of_their_own():
    told("一", MORNING)
    assert told("別", MORNING, subject=2) == 1
    withdraw(kind="test.case", subject=2, at=MORNING + DAY)
    assert text(queries.current("test.case", 1)) == "一"


def test_two_versions_are_never_public_at_once():
    told("一", MORNING)
    row = Publication(kind="test.case", subject_id=1, number=2, content={}, published_at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()

"""An action signs once, in its own transaction, and what it wrote is gone when it can't."""

import pytest
from django.contrib.contenttypes.models import ContentType

from kyodo.core import clock
from kyodo.core.access.actor import command, job
from kyodo.core.audit import record as audit
from kyodo.core.audit.models import Entry, EntryValues
from kyodo.core.audit.proof import verify_live

pytestmark = pytest.mark.django_db


@pytest.fixture
def play(monkeypatch):
    """Actions of this test only, taken out of the register afterwards."""
    monkeypatch.setattr(audit, "ACTIONS", {})

    def declare(name, function):
        return audit.action(name, "{who} {subject}")(function)

    return declare


def sign(**changes):
    audit.record(**{"kind": "test.thing", "subject": 1, "label": "もの", "organisation": None, **changes})


def test_an_action_leaves_one_entry_that_says_who_what_and_when(play):
    def change(*, by, at):
        sign(changed={"title": ("古い", "新しい")}, reason="直した")

    at = clock.now()
    play("test.change", change)(by=command(), at=at)
    entry = Entry.objects.get()
    assert (entry.sequence, entry.action, entry.at, entry.subject_id) == (1, "test.change", at, 1)
    assert "新しい" not in entry.text, "values lie beside the chain, where they can be erased"
    assert "新しい" in entry.values_row.values


def test_an_action_that_forgets_to_sign_leaves_nothing(play):
    def forget(*, by, at):
        ContentType.objects.create(app_label="test", model="thing")

    with pytest.raises(audit.NotSigned):
        play("test.forget", forget)(by=command(), at=clock.now())
    assert not ContentType.objects.filter(app_label="test").exists()
    assert not Entry.objects.exists()


def test_an_action_that_signs_twice_leaves_nothing(play):
    def twice(*, by, at):
        sign()
        sign()

    with pytest.raises(audit.NotSigned):
        play("test.twice", twice)(by=command(), at=clock.now())
    assert not Entry.objects.exists()


def test_nothing_is_kept_when_the_entry_can_not_be_written(play, monkeypatch):
    def create(*, by, at):
        ContentType.objects.create(app_label="test", model="thing")
        sign()

    def broken(drafts):
        raise OSError("disk full")

    monkeypatch.setattr(audit, "_append", broken)
    with pytest.raises(OSError, match="disk full"):
        play("test.create", create)(by=command(), at=clock.now())
    assert not ContentType.objects.filter(app_label="test").exists()


def test_an_action_called_by_another_leaves_its_own_entry_behind_it_in_the_chain(play):
    def inner(*, by, at):
        sign(label="内")

    inner_action = play("test.inner", inner)

    def outer(*, by, at):
        inner_action(by=by, at=at)
        sign(label="外")

    play("test.outer", outer)(by=job("夜間処理"), at=clock.now())
    assert list(Entry.objects.values_list("action", flat=True)) == ["test.inner", "test.outer"]
    assert verify_live().entries == 2


def test_when_the_outer_action_fails_the_inner_ones_entry_is_gone_too(play):
    def inner(*, by, at):
        sign()

    inner_action = play("test.inner", inner)

    def outer(*, by, at):
        inner_action(by=by, at=at)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        play("test.outer", outer)(by=command(), at=clock.now())
    assert not Entry.objects.exists()


def test_signing_outside_of_an_action_is_refused():
    with pytest.raises(audit.NotSigned):
        sign()


def test_two_actions_can_not_have_one_name(play):
    play("test.same", lambda *, by, at: sign())
    with pytest.raises(ValueError, match=r"test\.same"):
        play("test.same", lambda *, by, at: sign())


def test_values_can_be_erased_and_the_chain_still_holds(play):
    def change(*, by, at):
        sign(changed={"title": ("古い", "新しい")})

    play("test.change", change)(by=command(), at=clock.now())
    EntryValues.objects.all().delete()
    assert verify_live().holds

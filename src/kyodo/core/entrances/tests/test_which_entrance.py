"""A host name leads to its entrance; another process hears of a change within seconds."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.access.roles import Role
from kyodo.core.entrances import actions, queries
from kyodo.core.entrances.models import Entrance, Nature
from kyodo.core.entrances.rules import EntranceDraft, Way, problems_of, slug_of
from tests.two_entrances import INNER, OUTER

pytestmark = pytest.mark.django_db


def draft(host: str = "x.example.jp", nature: Nature = Nature.INNER, roles: tuple[str, ...] = ()) -> EntranceDraft:
    return EntranceDraft(name="入口", host=host, nature=nature, roles=frozenset(roles))


def test_an_installation_without_entrances_is_as_before():
    found = queries.of_host("anything.example.jp:8000")
    assert (found.slug, found.is_outside, found.roles, found.ways) == ("main", False, frozenset(Role), frozenset(Way))


def test_each_host_name_has_its_entrance_and_an_unknown_one_is_not_trusted(both):
    assert queries.of_host(INNER).slug == "inner"
    assert queries.of_host(f"{OUTER}:8443").is_outside
    unknown = queries.of_host("else.test")
    assert (unknown.slug, unknown.is_outside) == ("main", True)


def test_the_table_is_kept_for_seconds_and_then_read_anew(both, monkeypatch, django_assert_num_queries):
    queries.of_host(INNER)
    seconds = [100.0]
    monkeypatch.setattr(clock, "monotonic", lambda: seconds[0])
    monkeypatch.setattr(queries, "FRESH_S", 10.0)
    queries.forget()
    queries.of_host(INNER)
    Entrance.objects.filter(host=INNER).update(nature=Nature.OUTER)
    with django_assert_num_queries(0):
        seconds[0] += 9
        assert not queries.of_host(INNER).is_outside
    seconds[0] += 2
    assert queries.of_host(INNER).is_outside


def test_a_change_is_heard_at_once_where_it_was_made(both, django_capture_on_commit_callbacks):
    queries.of_host(INNER)
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_entrance(
            entrance=both[OUTER], draft=draft(OUTER, Nature.INNER), here="", by=command(), at=clock.now()
        )
    assert not queries.of_host(OUTER).is_outside


def problems(one: EntranceDraft, *, before: str | None = None, others: int = 1) -> list[str]:
    return list(problems_of(one, here="here.jp", before=before, others=others))


@pytest.mark.parametrize(
    ("one", "before", "others", "word"),
    [
        (draft("http://x/"), None, 1, "ホスト名は"),
        (draft("x.jp"), None, 0, "最初に"),
        (draft("x.jp"), "here.jp", 1, "変えられません"),
        (draft("here.jp", Nature.OUTER), "here.jp", 1, "庁内側のまま"),
        (draft("here.jp", roles=("officer",)), "here.jp", 1, "運用管理者"),
    ],
)
def test_nobody_locks_themselves_out(one, before, others, word):
    (told,) = problems(one, before=before, others=others)
    assert word in told


@pytest.mark.parametrize("one", [draft("here.jp"), draft("x.jp", Nature.OUTER), draft("here.jp", roles=("operator",))])
def test_what_locks_nobody_out_is_taken(one):
    assert problems(one) == []


def test_short_names_are_not_given_twice():
    assert slug_of("kyodo.example.lg.jp", set()) == "kyodo-example-lg-jp"
    assert slug_of("kyodo.example.lg.jp", {"kyodo-example-lg-jp"}) == "kyodo-example-lg-jp-2"
    assert len(slug_of("a" * 60 + ".jp", {"a" * 26})) <= 30

"""Subjects of several kinds are found together, each by whom its module lets read it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from kyodo.core.access.actor import resident
from kyodo.core.search import documents, queries, registry, terms
from kyodo.core.search.registry import Found, SearchSource

pytestmark = pytest.mark.django_db
START = datetime(2026, 4, 1, tzinfo=UTC)


def source(kind, keys, minutes, held=frozenset({"public"})):
    """A kind with a subject at each of some minutes, for the holders of `keys`."""

    def made(numbers):
        for number, minute in enumerate(minutes, start=1):
            if numbers is None or number in numbers:
                at = START + timedelta(minutes=minute)
                yield Found(number, f"{kind}の入札の公告", "端末の共同調達", "", at, frozenset(keys))

    return SearchSource(kind, kind, made, lambda _actor: held, lambda number, _actor: f"/{kind}/{number}/")


@pytest.fixture
def kinds(monkeypatch):
    """Two kinds whose subjects came by turns, and one for others only."""
    monkeypatch.setattr(registry, "_sources", {})
    registry.register(source("aa", {"public"}, [1, 3]))
    registry.register(source("bb", {"public"}, [2, 4]))
    registry.register(source("cc", {"others"}, [5]))
    documents.rebuild(lambda _done: None)


def found(**more):
    return [row.address for row in queries.search(terms.read("入札"), actor=resident(), **more).rows]


def test_all_kinds_are_found_the_newest_first(kinds):
    assert found() == ["/bb/2/", "/aa/2/", "/bb/1/", "/aa/1/"]


def test_one_kind_can_be_chosen(kinds):
    assert found(kind="aa") == ["/aa/2/", "/aa/1/"]
    assert found(kind="cc") == []


def test_a_key_of_one_kind_opens_no_other(kinds):
    registry.register(source("aa", {"public"}, [1, 3], held=frozenset({"others"})))
    assert found() == ["/bb/2/", "/bb/1/"]


def test_a_subject_that_is_gone_is_taken_out(kinds):
    registry.register(source("aa", {"public"}, [1]))
    documents.refresh("aa", 2)
    assert found(kind="aa") == ["/aa/1/"]


def test_the_same_again_changes_nothing(kinds, django_assert_num_queries):
    with django_assert_num_queries(1):
        documents.refresh("aa", 1)

"""Situations of the tests: somebody writes about a need."""

from __future__ import annotations

from typing import Any

from kyodo.core import clock
from kyodo.core.files.store import Kept
from kyodo.core.notifications.models import Notice
from kyodo.core.threads import actions, queries
from kyodo.core.threads.queries import PostRow
from kyodo.core.threads.subjects import Subject, find
from tests.region import Person

HIDDEN, UNNAMED = "coordinators", "anonymous"


def subject(need: Any, of: Person) -> Subject:
    """The need as somebody may use it."""
    found = find("needs.need", need.pk, actor=of.actor)
    assert found is not None
    return found


def post(
    need: Any, by: Person, text: str = "番号札を試しました。", *, note: bool = False, files: tuple[Kept, ...] = ()
) -> int:
    """Somebody writes; the post's number."""
    return actions.write_post(
        subject=subject(need, by), text=text, is_internal=note, files=files, by=by.actor, at=clock.now()
    )


def read(need: Any, of: Person) -> list[PostRow]:
    """The posts that somebody reads."""
    return queries.posts(subject(need, of), actor=of.actor)


def shown_to(need: Any, audience: str) -> Any:
    """The need, shown to others than before."""
    type(need).objects.filter(pk=need.pk).update(audience=audience)
    return need


def told() -> dict[int, str]:
    """Who was told something, and what, with the facts filled in; all notices so far."""
    return {one.user_id: one.sentence.format(**one.facts) for one in Notice.objects.order_by("id")}

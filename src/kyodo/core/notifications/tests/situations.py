"""Situations of the tests: somebody is told something, wants mail, may not see a thing any more."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from kyodo.core import clock
from kyodo.core.accounts.models import Membership
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.models import Notice
from kyodo.core.notifications.telling import tell
from tests.region import Person

TUESDAY = date(2026, 11, 24)


def told(need: Any, *people: Person, by: Person, at: datetime | None = None, internal: bool = False) -> list[Notice]:
    """People are told that somebody wrote about a need; the notices that there are then."""
    tell(
        [person.user.pk for person in people],
        about=About("needs.need", need.pk, internal),
        sentence="{who}が、{subject} に書き込みました。",
        facts={"who": by.actor.label, "subject": f"#{need.pk} {need.title}"},
        address=f"/needs/{need.pk}/",
        by=by.actor,
        at=at or clock.now(),
    )
    return list(Notice.objects.order_by("id"))


def with_mail(person: Person, email: str = "", *, language: str = "") -> Person:
    """The person, with an address."""
    person.user.email = email or f"{person.user.username}@example.jp"
    person.user.language = language
    person.user.save()
    return person


def narrowed(need: Any) -> Any:
    """The need, which from now on its own body and coordinators alone see."""
    type(need).objects.filter(pk=need.pk).update(audience="coordinators")
    return need


def gone(person: Person) -> Person:
    """The person, whose membership ended yesterday."""
    Membership.objects.filter(user=person.user).update(valid_until=clock.today() - timedelta(days=1))
    return person

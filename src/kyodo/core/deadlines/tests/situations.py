"""Situations of the tests: something is due for a body or somebody in it."""

from __future__ import annotations

from datetime import date, timedelta

from kyodo.core import clock
from kyodo.core.deadlines.setting import Due, set_deadline
from tests.region import Person


def due(of: Person, *, on: date | None = None, own: bool = False, subject: int = 1, purpose: str = "answer") -> Due:
    """Something is due for the body of a person, or for that person alone; in a week unless told."""
    assert of.actor.organisation_id is not None
    told = Due(
        kind="needs.need",
        subject=subject,
        purpose=purpose,
        what="返事・対応",
        about=f"#{subject} 窓口の待ち時間",
        address=f"/needs/{subject}/",
        organisation_id=of.actor.organisation_id,
        user_id=of.user.pk if own else None,
    )
    set_deadline(told, on=on or clock.today() + timedelta(days=7), at=clock.now())
    return told

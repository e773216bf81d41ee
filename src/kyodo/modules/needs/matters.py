"""What there is to decide about a need: that the body asks (決裁 of the request), and that it is made public.

The papers are for the town's own 起案, so their words are Japanese whatever language their reader uses here.
"""

from __future__ import annotations

from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.paper import Paper
from kyodo.core.decisions.rules import Act
from kyodo.modules.needs import queries
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import KIND, PUBLICATION, Audience, address_of, label_of

FIELDS = ("organisation_id", "title", "trouble", "people", "hours_per_year", "yen_per_year", "audience")


def request(actor: Actor, need_id: int) -> Matter | None:
    """The decision that the body asks for this."""
    told = _told(actor, need_id)
    if told is None:
        return None
    organisation_id, title, trouble, *load, _audience = told
    paper = Paper(purpose=trouble, effect=_load(*load))
    address, label = address_of(need_id), label_of(need_id, title)
    return Matter(KIND, need_id, organisation_id, label, address, Act.REQUEST, paper)


def publication(actor: Actor, need_id: int) -> Matter | None:
    """The decision that a need's public version may be read by everybody; None for one that is not to be public."""
    told = _told(actor, need_id)
    if told is None or told[-1] != Audience.PUBLIC:
        return None
    organisation_id, title, trouble, *_load, _audience = told
    label = label_of(need_id, title)
    paper = Paper(purpose=f"解決した後、この相談を団体名とともに、だれでも見られるページに載せます。\n\n{trouble}")
    return Matter(PUBLICATION, need_id, organisation_id, label, address_of(need_id), Act.PUBLICATION, paper)


def _told(actor: Actor, need_id: int) -> tuple[Any, ...] | None:
    if not actor.may(Permission.READ):
        return None
    return queries.visible_to(actor).filter(pk=need_id).values_list(*FIELDS).first()


def _load(people: int | None, hours: int | None, yen: int | None) -> str | None:
    """What the trouble costs now, which is what its end would save."""
    figures = (("影響する人数", people, "人"), ("職員がかけている時間", hours, "時間"), ("かかっている費用", yen, "円"))
    lines = [f"{what}（年）{number:,}{unit}" for what, number, unit in figures if number is not None]
    return "\n".join(lines) or None

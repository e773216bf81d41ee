"""Who may see and write to which needs, and needs as the rows of lists: frozen, masked where a body asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Reach
from kyodo.core.proxy import marks as proxy
from kyodo.modules.needs.models import Need, NeedBacking, NeedMeasure, NeedQuerySet, NeedRoute
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import KIND, OPEN, SHARED, SOLVED, Audience, State, Topic

Needs = NeedQuerySet
HeldNeed = Need
Values = Iterable[tuple[Any, ...]]


def visible_to(actor: Actor) -> NeedQuerySet:
    """The needs that an actor may see: all, or those shared with bodies and one's own, or what was solved in public."""
    match actor.reach(Permission.READ):
        case Reach.REGION:
            return Need.objects.all()
        case Reach.OWN:
            return Need.objects.filter(Q(audience__in=SHARED) | Q(organisation_id=actor.organisation_id))
    return public_solved()


def public_solved() -> NeedQuerySet:
    """What was solved and marked as public: readable without an account."""
    return Need.objects.filter(audience=Audience.PUBLIC, state__in=SOLVED)


def held_by(actor: Actor, permission: Permission) -> NeedQuerySet:
    """The needs for whose organisation the actor holds a permission: the only ones that may be written to."""
    return held(Need.objects.all(), actor=actor, permission=permission)


def backable_by(actor: Actor) -> NeedQuerySet:
    """Needs of other bodies that the actor's body may join: shared, and still open."""
    if not actor.may(Permission.BACK) or actor.organisation_id is None:
        return Need.objects.none()
    joinable = Need.objects.filter(audience__in=SHARED, state__in=OPEN, merged_into=None)
    return joinable.exclude(organisation_id=actor.organisation_id)


def backing_held_by(actor: Actor, need_id: int) -> NeedBacking | None:
    """The own body's backing of an open need, or of one that was merged into it and is told there."""
    here = Q(need_id=need_id, need__merged_into=None, need__state__in=OPEN)
    merged = Q(need__merged_into_id=need_id, need__merged_into__state__in=OPEN)
    found = NeedBacking.objects.filter(here | merged).select_related("need").order_by("id")
    own: NeedBacking | None = held(found, actor=actor, permission=Permission.BACK).first()
    return own


def names_shown_to(actor: Actor) -> Q:
    """The condition under which an actor sees which body a need belongs to."""
    if actor.reach(Permission.READ) is Reach.REGION:
        return Q()
    return ~Q(audience=Audience.ANONYMOUS) | Q(organisation_id=actor.organisation_id)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need as lists show it. `organisation` and `section` are None where the body asked not to be named."""

    id: int
    title: str
    state: State
    topic: Topic
    audience: Audience
    organisation_id: int | None
    organisation: str | None
    section: str | None
    posted_at: datetime
    state_since: datetime
    wish_on: date | None
    backing_count: int
    people: int | None
    hours_per_year: int | None
    yen_per_year: int | None
    due_on: date | None
    assignee_id: int | None
    assignee: str | None
    merged_into_id: int | None
    by_proxy: str | None


ROW_FIELDS: tuple[Any, ...] = (
    "id",
    "title",
    "state",
    "topic",
    "audience",
    "organisation_id",
    "organisation__name",
    "section",
    "posted_at",
    "state_since",
    "wish_on",
    "backing_count",
    "people",
    "hours_per_year",
    "yen_per_year",
    "due_on",
    "assignee_id",
    "assignee__display_name",
    "merged_into_id",
    proxy.state_of(KIND),
)


def rows(needs: Values, *, actor: Actor) -> list[NeedRow]:
    """Frozen rows of `.values_list(*ROW_FIELDS)`, with the name taken away where the actor may not see it."""
    sees_all = actor.reach(Permission.READ) is Reach.REGION
    made = []
    for key, title, state, topic, audience, organisation_id, name, section, *rest in needs:
        masked = audience == Audience.ANONYMOUS and not sees_all and organisation_id != actor.organisation_id
        owner = (None, None, None) if masked else (organisation_id, name, section)
        made.append(NeedRow(key, title, State(state), Topic(topic), Audience(audience), *owner, *rest))
    return made


def who_asked_not_to_be_named(need_id: int) -> set[int]:
    """The bodies that posted this need, or one that was merged into it, without their name, and joined nowhere in it.

    Whoever joins is named to all bodies.
    """
    all_of_it = Q(pk=need_id) | Q(merged_into_id=need_id)
    owners = Need.objects.filter(all_of_it).order_by().values_list("organisation_id", "audience")
    joined = NeedBacking.objects.filter(Q(need_id=need_id) | Q(need__merged_into_id=need_id)).order_by()
    named = {body for body, audience in owners if audience != Audience.ANONYMOUS}
    return {body for body, _audience in owners} - named - set(joined.values_list("organisation_id", flat=True))


def section_of(actor: Actor) -> str:
    """Where in the body the actor sits, as a need's page shows it."""
    return actor.label.removeprefix(actor.organisation_name).strip()


def routes_held_by(actor: Actor) -> Any:
    """The answers that the actor may report on."""
    routes = NeedRoute.objects.select_related("need")
    return held(routes, actor=actor, permission=Permission.ARRANGE, owner="need__organisation_id")


def measures_held_by(actor: Actor) -> Any:
    """The promises whose result the actor may record; one of a need that was merged later is still due."""
    measures = NeedMeasure.objects.select_related("need")
    return held(measures, actor=actor, permission=Permission.MEASURE, owner="need__organisation_id")

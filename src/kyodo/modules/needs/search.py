"""How needs are found: what of each is indexed, and which readers see it. The same answer as `queries.visible_to`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import Any

from django.db import connection

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Reach
from kyodo.core.search.registry import Found
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import SHARED, SOLVED, Audience, State, address_of

FIELDS = ("id", "title", "trouble", "organisation_id", "organisation__name", "posted_at", "audience", "state")


# With every act on a need, so it is written out; both databases read it. The same as FIELDS of one need.
ONE = """
    SELECT n.id, n.title, n.trouble, n.organisation_id, o.name, n.posted_at, n.audience, n.state
    FROM needs_need n JOIN organisations_organisation o ON o.id = n.organisation_id
    WHERE n.id = %s
"""


def documents(numbers: Sequence[int] | None) -> Iterator[Found]:
    """Needs of some numbers, or all of them, the oldest first."""
    if numbers is not None and len(numbers) == 1:
        rows: Iterable[tuple[Any, ...]] = _one(numbers[0])
    else:
        needs = Need.objects.all() if numbers is None else Need.objects.filter(pk__in=numbers)
        rows = needs.order_by("posted_at", "id").values_list(*FIELDS).iterator()
    for key, title, trouble, organisation_id, name, posted_at, audience, state in rows:
        yield Found(
            subject_id=key,
            title=title,
            body=trouble,
            # Not even for those who may see it: else who may not could tell it by searching for names.
            organisation="" if audience == Audience.ANONYMOUS else name,
            at=posted_at,
            readers=_readers(Audience(audience), State(state), organisation_id),
        )


def _one(number: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(ONE, [number])
        # SQLite gives moments without their zone, which is UTC.
        return [(*row[:5], row[5].replace(tzinfo=UTC), *row[6:]) for row in cursor.fetchall()]


def _readers(audience: Audience, state: State, organisation_id: int) -> frozenset[str]:
    readers = {"region", f"body{organisation_id}"}
    if audience in SHARED:
        readers.add("bodies")
    if audience is Audience.PUBLIC and state in SOLVED:
        readers.add("public")
    return frozenset(readers)


def keys(actor: Actor) -> frozenset[str]:
    """The keys that an actor holds."""
    match actor.reach(Permission.READ):
        case Reach.REGION:
            return frozenset({"region"})
        case Reach.OWN:
            return frozenset({"bodies", f"body{actor.organisation_id}"})
    return frozenset({"public"})


def address(need_id: int, actor: Actor) -> str:
    """The need's page, as the actor may open it."""
    return address_of(need_id) if actor.may(Permission.READ) else f"/needs/public/{need_id}/"

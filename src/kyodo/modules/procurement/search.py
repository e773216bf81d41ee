"""How cases are found: what of each is indexed, and which readers see it. The same answer as `visible_to`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Reach
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.search.registry import Found
from kyodo.modules.procurement.models import CaseMember, JointProcurement
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.rules.case import CaseAudience, address_of


def documents(numbers: Sequence[int] | None) -> Iterator[Found]:
    """Cases of some numbers, or all of them, the oldest first."""
    cases = JointProcurement.objects.all() if numbers is None else JointProcurement.objects.filter(pk__in=numbers)
    members: dict[int, set[str]] = defaultdict(set)
    for case, body in CaseMember.objects.filter(case__in=cases.order_by()).values_list("case_id", "organisation_id"):
        members[case].add(f"body{body}")
    fields = ("id", "title", "purpose", "organisation__name", "opened_at", "audience")
    for key, title, purpose, name, at, audience in cases.order_by("opened_at", "id").values_list(*fields):
        shared = {"bodies"} if audience == CaseAudience.ALL else set()
        yield Found(
            subject_id=key,
            title=title,
            body=purpose,
            organisation=name,
            at=at,
            readers=frozenset({"region"} | members[key] | shared),
        )


def keys(actor: Actor) -> frozenset[str]:
    """The keys that an actor holds; somebody of a company holds none."""
    match actor.reach(Permission.READ):
        case Reach.REGION:
            return frozenset({"region"})
        case Reach.OWN if not Organisation.objects.filter(pk=actor.organisation_id or 0, kind=Kind.COMPANY).exists():
            return frozenset({"bodies", f"body{actor.organisation_id}"})
    return frozenset()


def address(case_id: int, actor: Actor) -> str:
    """The case's page."""
    return address_of(case_id)

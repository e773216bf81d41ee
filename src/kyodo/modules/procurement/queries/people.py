"""Who hears of a case, and who can be given one."""

from __future__ import annotations

from collections.abc import Iterable

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.modules.procurement.models import CaseMember
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import visible_to


def coordinators() -> dict[int, str]:
    """Those who coordinate today, with their names."""
    held = Membership.objects.on(clock.today()).filter(role=Role.COORDINATOR, user__is_active=True)
    return dict(held.order_by("user__display_name").values_list("user_id", "user__display_name"))


def people_of(organisations: Iterable[int]) -> set[int]:
    """Officers and approvers who work for these bodies today."""
    held = Membership.objects.on(clock.today()).filter(
        organisation_id__in=set(organisations), role__in=(Role.OFFICER, Role.APPROVER), user__is_active=True
    )
    return set(held.values_list("user_id", flat=True))


def concerned(case_id: int) -> set[int]:
    """Whoever hears of a case: the people of the bodies in it, and coordinators."""
    bodies = CaseMember.objects.filter(case_id=case_id, left_at=None).values_list("organisation_id", flat=True)
    return people_of(bodies) | set(coordinators())


def heard_by(actor: Actor, cases: set[int], is_internal: bool) -> set[int]:
    """Those of `cases` of which the actor may hear."""
    if not actor.may(Permission.RUN if is_internal else Permission.READ):
        return set()
    return set(visible_to(actor).filter(pk__in=cases).values_list("id", flat=True))

"""Who hears of a need, and who can be given one."""

from __future__ import annotations

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership
from kyodo.modules.needs.models import NeedFollow


def followers(need_id: int) -> set[int]:
    """The people who want to hear of a need, and of what was merged into it."""
    follows = NeedFollow.objects.filter(need_id=need_id) | NeedFollow.objects.filter(need__merged_into_id=need_id)
    return set(follows.values_list("user_id", flat=True))


def coordinators() -> dict[int, str]:
    """Those who coordinate today, with their names: who can be given a need."""
    held = Membership.objects.on(clock.today()).filter(role=Role.COORDINATOR, user__is_active=True)
    return dict(held.order_by("user__display_name").values_list("user_id", "user__display_name"))


def members(organisations: set[int]) -> set[int]:
    """Officers and approvers who work for these bodies today."""
    if not organisations:
        return set()
    roles = (Role.OFFICER, Role.APPROVER, Role.COORDINATOR)
    held = Membership.objects.on(clock.today()).filter(organisation_id__in=organisations, role__in=roles)
    return set(held.filter(user__is_active=True).values_list("user_id", flat=True))

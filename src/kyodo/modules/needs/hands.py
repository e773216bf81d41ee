"""What people have on their hands among needs: what they see to, what they answer with, what they follow."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.accounts.models import Membership, User
from kyodo.core.organisations.models import Organisation
from kyodo.core.transfers import handing_over
from kyodo.core.transfers.handing_over import Heap, Item
from kyodo.engines.words import _
from kyodo.modules.needs.models import Need, NeedFollow, NeedRoute
from kyodo.modules.needs.rules import OPEN, RouteState, address_of

OPEN_ROUTES = (RouteState.PLANNED, RouteState.RUNNING)


def register() -> None:
    """Hand the heaps over."""
    handing_over.register(Heap("needs.assigned", _("担当している相談"), _assigned, _hand_assigned))
    handing_over.register(Heap("needs.routes", _("受け持っている答え"), _routes, _hand_routes))
    handing_over.register(Heap("needs.followed", _("見守っている相談"), _followed, _hand_followed))


def _works_only_there(user: int, organisation: int) -> bool:
    """What somebody sees to is not tied to a body: who still works for another keeps it."""
    elsewhere = Membership.objects.filter(user_id=user, valid_until=None).exclude(organisation_id=organisation)
    return not elsewhere.exists()


def _assigned(user: int, organisation: int) -> list[Item]:
    if not _works_only_there(user, organisation):
        return []
    needs = Need.objects.filter(assignee_id=user, state__in=OPEN).values_list("pk", "title")
    return [Item(title, address_of(key)) for key, title in needs]


def _hand_assigned(user: int, successor: int | None, organisation: int, at: datetime) -> None:
    if _works_only_there(user, organisation):
        Need.objects.filter(assignee_id=user, state__in=OPEN).update(assignee_id=successor)


def _routes(user: int, organisation: int) -> list[Item]:
    if not _works_only_there(user, organisation):
        return []
    routes = NeedRoute.objects.filter(owner_id=user, state__in=OPEN_ROUTES).values_list("need_id", "purpose")
    return [Item(purpose, address_of(need)) for need, purpose in routes]


def _hand_routes(user: int, successor: int | None, organisation: int, at: datetime) -> None:
    if _works_only_there(user, organisation):
        label = User.objects.filter(pk=successor or 0).values_list("display_name", flat=True).first()
        body = Organisation.objects.values_list("name", flat=True).get(pk=organisation)
        NeedRoute.objects.filter(owner_id=user, state__in=OPEN_ROUTES).update(
            owner_id=successor, owner_label=f"{body} {label or ''}".strip()
        )


def _followed(user: int, organisation: int) -> list[Item]:
    if not _works_only_there(user, organisation):
        return []
    follows = NeedFollow.objects.filter(user_id=user, need__state__in=OPEN)
    return [Item(title, address_of(key)) for key, title in follows.values_list("need_id", "need__title")]


def _hand_followed(user: int, successor: int | None, organisation: int, at: datetime) -> None:
    if not _works_only_there(user, organisation):
        return
    followed = set(NeedFollow.objects.filter(user_id=user).values_list("need_id", flat=True))
    if successor is not None:
        known = set(NeedFollow.objects.filter(user_id=successor).values_list("need_id", flat=True))
        NeedFollow.objects.bulk_create(NeedFollow(need_id=key, user_id=successor) for key in sorted(followed - known))
    NeedFollow.objects.filter(user_id=user).delete()

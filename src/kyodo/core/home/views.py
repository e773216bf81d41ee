"""The first page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.permissions import Permission
from kyodo.core.home.panels import Place, shown
from kyodo.core.organisations.queries import municipal_count
from kyodo.core.ui import menu


@require_safe
@requires(Permission.LOOK)
def home(request: ActorRequest) -> HttpResponse:
    """The public front, or the desk of whoever is signed in."""
    if request.actor.is_signed_in:
        panels, aside = shown(Place.DESK, request), shown(Place.DESK_ASIDE, request)
        return render(request, "home/desk.html", {"panels": panels, "aside": aside})
    return render(
        request,
        "home/front.html",
        {
            "municipalities": municipal_count(),
            "region": settings.REGION_NAME,
            "solved": menu.offered("needs:public"),
            "map": shown(Place.FRONT_MAP, request),
            "panels": shown(Place.FRONT, request),
        },
    )

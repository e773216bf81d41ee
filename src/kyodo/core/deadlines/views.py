"""What is due for me: a page, a calendar file, and an address for calendar programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.permissions import Permission as Everybody
from kyodo.core.deadlines import actions, queries
from kyodo.core.deadlines.calendar_file import calendar_of
from kyodo.core.deadlines.permissions import Permission


@require_safe
@requires(Permission.OWN)
def own(request: ActorRequest) -> HttpResponse:
    """What is due for me and my body."""
    content = {
        "rows": queries.of(request.actor),
        "today": clock.today(),
        "has_calendar": queries.has_calendar(request.actor.user_id),
    }
    return render(request, "deadlines/own.html", content)


@require_safe
@requires(Permission.OWN)
def own_file(request: ActorRequest) -> HttpResponse:
    """The same as a file."""
    return _file(queries.of(request.actor), site=request.build_absolute_uri("/").rstrip("/"))


@require_POST
@requires(Permission.OWN)
def open_calendar(request: ActorRequest) -> HttpResponse:
    """Make a secret address and show it once."""
    key = actions.open_calendar(by=request.actor, at=clock.now())
    address = request.build_absolute_uri(reverse("deadlines:calendar", args=[key]))
    return render(request, "deadlines/address.html", {"address": address})


@require_POST
@requires(Permission.OWN)
def close_calendar(request: ActorRequest) -> HttpResponse:
    """The secret address is no longer good."""
    actions.close_calendar(by=request.actor, at=clock.now())
    messages.success(request, gettext("カレンダー用のアドレスを無効にしました。"))
    return redirect("deadlines:own")


@require_safe
@requires(Everybody.LOOK)
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """What is due for whoever made this secret address: calendar programs can't sign in."""
    own = queries.of_calendar(key)
    if own is None:
        raise Http404
    with override(own.language):
        return _file(own.rows, site=own.site)


def _file(rows: list[queries.DueRow], *, site: str) -> HttpResponse:
    file = calendar_of(rows, site=site, at=clock.now())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=kyodo.ics"
    response.headers["Cache-Control"] = "private, no-store"
    return response

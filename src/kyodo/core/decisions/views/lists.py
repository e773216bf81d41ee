"""The recorded decisions of my body."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.decisions import lists, queries
from kyodo.core.decisions.permissions import Permission
from kyodo.core.lists.answer import page_or_file


@require_safe
@requires(Permission.READ)
def own(request: ActorRequest) -> HttpResponseBase:
    """The list, as page or file."""
    page = page_or_file(
        lists.DECISIONS, queries.visible_to(request.actor), fields=lists.FIELDS, make=lists.rows, request=request
    )
    if isinstance(page, HttpResponseBase):
        return page
    may_set_up = request.actor.may(Permission.SET_UP)
    return render(request, "decisions/list.html", {"page": page, "may_set_up": may_set_up})

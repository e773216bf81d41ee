"""Lists of needs: all that I may see, and what was solved in public."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.lists.answer import page_or_file
from kyodo.modules.needs import continuing, lists, queries
from kyodo.modules.needs.permissions import Permission


@require_safe
@requires(Permission.READ)
def needs(request: ActorRequest) -> HttpResponseBase:
    """All needs that I may see."""
    return _listed(request, lists.NEEDS, queries.visible_to(request.actor), "needs/list.html")


@require_safe
@requires(Permission.PUBLIC_READ)
def public(request: ActorRequest) -> HttpResponseBase:
    """What was solved and is public."""
    return _listed(request, lists.PUBLIC, queries.public_solved(), "needs/public_list.html")


def _listed(request: ActorRequest, listing: lists.NeedListing, rows: queries.Needs, template: str) -> HttpResponseBase:
    make = partial(queries.rows, actor=request.actor)
    may_add, may_arrange = request.actor.may(Permission.POST), request.actor.may(Permission.ARRANGE)
    chosen = listing.chosen("ids") if may_arrange and listing is lists.NEEDS else listing
    page = page_or_file(chosen, rows, fields=queries.ROW_FIELDS, make=make, request=request, may_add=may_add)
    if isinstance(page, HttpResponseBase):
        return page
    may = {
        "may_post": may_add,
        "may_arrange": may_arrange,
        "may_sheet": request.actor.may(Permission.SHEET),
        "may_report": request.actor.may(Permission.REPORT),
        "continuations": continuing.offered(request.actor) if may_arrange else [],
    }
    return render(request, template, {"page": page, **may})

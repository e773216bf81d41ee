"""Saves and removes filters of lists."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.lists import actions, queries, ticket
from kyodo.core.lists.permissions import Permission


@require_POST
@requires(Permission.SAVE)
def save(request: ActorRequest) -> HttpResponse:
    """Save what the list is filtered by, and go back to it."""
    told = ticket.read(request.POST.get("ticket", ""))
    if told is None:
        messages.error(request, gettext("画面が古くなりました。一覧を開き直してから、もう一度保存してください。"))
        return redirect("/")
    name = plain_text.tidy(request.POST.get("name", ""))
    try:
        actions.save_filter(listing=told.listing, name=name, query=told.query, by=request.actor, at=clock.now())
    except actions.FilterRefused as refusal:
        messages.error(request, gettext(refusal.sentence))
    else:
        messages.success(request, gettext("この条件を保存しました。一覧の上に出ます。"))
    return redirect(f"{told.path}?{told.query}")


@require_POST
@requires(Permission.SAVE)
def remove(request: ActorRequest, saved_id: int) -> HttpResponse:
    """Throw a saved filter away, and go back to the list."""
    saved = get_object_or_404(queries.held_by(request.actor), pk=saved_id)
    actions.remove_filter(saved=saved, by=request.actor, at=clock.now())
    messages.success(request, gettext("保存した条件を消しました。"))
    told = ticket.read(request.POST.get("ticket", ""))
    return redirect(f"{told.path}?{told.query}" if told else "/")

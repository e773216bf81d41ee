"""The operator's pages of mergers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.mergers import actions, queries
from kyodo.core.mergers.forms import MergerForm
from kyodo.core.mergers.permissions import Permission
from kyodo.core.mergers.rules import STATE_WORDS


@require_safe
@requires(Permission.PLAN)
def mergers(request: ActorRequest) -> HttpResponse:
    """All mergers, planned and past."""
    content = {"rows": queries.rows(queries.visible_to(request.actor)), "words": STATE_WORDS}
    return render(request, "mergers/list.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.PLAN)
def new(request: ActorRequest) -> HttpResponse:
    """Plan a merger."""
    form = MergerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.plan(draft=form.draft(), by=request.actor, at=clock.now())
        except actions.MergerRefused as refusal:
            for field, sentence in refusal.faults:
                form.add_error(field, gettext(sentence))
        else:
            messages.success(request, gettext("合併を予約しました。その日の0時に実施します。"))
            return redirect("mergers:merger", made)
    return render(request, "mergers/form.html", {"form": form}, status=422 if request.method == "POST" else 200)


@require_safe
@requires(Permission.PLAN)
def merger(request: ActorRequest, merger_id: int) -> HttpResponse:
    """What a merger will do, or did."""
    found = queries.visible_to(request.actor).filter(pk=merger_id)
    get_object_or_404(found)
    (row,) = queries.rows(found, with_estate=True)
    return render(request, "mergers/merger.html", {"row": row, "state": STATE_WORDS[row.state]})


@require_POST
@requires(Permission.PLAN)
def cancel(request: ActorRequest, merger_id: int) -> HttpResponse:
    """Give a merger up."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.PLAN), pk=merger_id)
    try:
        actions.cancel(merger=held, by=request.actor, at=clock.now())
    except (workflow.MoveRefused, workflow.Overtaken):
        messages.warning(request, gettext("先にほかの人が動かしたか、もう実施されました。状態を確かめてください。"))
    else:
        messages.success(request, gettext("取りやめました。何も変わりません。"))
    return redirect("mergers:merger", merger_id)

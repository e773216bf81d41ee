"""Pages of personal data: one's own to take away; somebody's to be erased."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.accounts import queries as accounts
from kyodo.core.accounts.permissions import Permission as AccountPermission
from kyodo.core.personal import actions
from kyodo.core.personal.permissions import Permission


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OWN)
def own(request: ActorRequest) -> HttpResponse:
    """What is held about me, as a file."""
    if request.method != "POST":
        return render(request, "personal/own.html")
    held = actions.hand_out(by=request.actor, at=clock.now())
    return HttpResponse(
        json.dumps(held, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="kyodo-personal.json"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ERASE)
def erase(request: ActorRequest, user_id: int) -> HttpResponse:
    """Take somebody's data away."""
    held = get_object_or_404(accounts.held_by(request.actor, AccountPermission.USER_CHANGE), pk=user_id)
    if request.method != "POST":
        return render(request, "personal/erase.html", {"person": accounts.user_row(user_id)})
    try:
        actions.erase(user=held, by=request.actor, at=clock.now())
    except actions.StillWorking:
        messages.error(request, gettext("まだ役割があるため消せません。先に役割を終わらせてください。"))
    else:
        messages.success(request, gettext("個人データを消しました。"))
    return redirect("user", user_id)

"""One's own notices."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.notifications import actions, queries
from kyodo.core.notifications.forms import MailForm
from kyodo.core.notifications.permissions import Permission
from kyodo.core.notifications.rules import Mail


@require_safe
@requires(Permission.OWN)
def own(request: ActorRequest) -> HttpResponse:
    """What happened, the newest first, and how I want to hear of it."""
    form = MailForm(initial={"mail": queries.mail_choice(request.actor.user_id).value})
    return render(request, "notifications/own.html", {"notices": queries.of(request.actor), "form": form})


@require_safe
@requires(Permission.OWN)
def follow(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Go to what a notice is about; with that it is read."""
    return redirect(actions.mark_read(notice=notice_id, by=request.actor, at=clock.now()))


@require_POST
@requires(Permission.OWN)
def read_all(request: ActorRequest) -> HttpResponse:
    """All are read."""
    actions.mark_read(by=request.actor, at=clock.now())
    messages.success(request, gettext("すべて既読にしました。"))
    return redirect("notifications:own")


@require_http_methods(["POST"])
@requires(Permission.OWN)
def mail(request: ActorRequest) -> HttpResponse:
    """How I want mail."""
    form = MailForm(request.POST)
    if not form.is_valid():
        context = {"notices": queries.of(request.actor), "form": form}
        return render(request, "notifications/own.html", context, status=422)
    actions.choose_mail(mail=Mail(form.cleaned_data["mail"]), by=request.actor, at=clock.now())
    messages.success(request, gettext("メールの受け取り方を変えました。"))
    return redirect("notifications:own")

"""Ask for approval, answer, take the question back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.decisions import actions, queries, rules
from kyodo.core.decisions.forms import AnswerForm, AskForm
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.views.attempt import attempt, status_of
from kyodo.core.decisions.views.finding import held

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@requires(Permission.RECORD)
def ask(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Ask the body's levels."""
    matter = held(request, kind, subject_id, Permission.RECORD)
    form = AskForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.ask(matter=matter, **form.cleaned_data, by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("承認を求めました。承認者に知らせました。"))
        return redirect("decisions:matter", kind, subject_id)
    return render(request, "decisions/ask.html", {"form": form, "matter": matter}, status=status_of(form))


@require_http_methods(PAGE)
@requires(Permission.APPROVE)
def answer(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Approve or return."""
    matter = held(request, kind, subject_id, Permission.APPROVE)
    approval = queries.approval_held_by(request.actor, matter, permission=Permission.APPROVE)
    if approval is None:
        raise Http404
    turn = rules.turn_of(rules.State(approval.state), approval.round)
    form = AnswerForm(request.POST or None, initial={"turn": turn})
    if form.is_valid() and attempt(
        form,
        lambda: actions.answer(approval=approval, matter=matter, **form.cleaned_data, by=request.actor, at=clock.now()),
    ):
        is_approved = form.cleaned_data["approves"]
        messages.success(request, gettext("承認しました。") if is_approved else gettext("差し戻しました。"))
        return redirect("decisions:matter", kind, subject_id)
    return render(request, "decisions/answer.html", {"form": form, "matter": matter}, status=status_of(form))


@require_http_methods(PAGE)
@requires(Permission.RECORD)
def withdraw(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Take the question back."""
    matter = held(request, kind, subject_id, Permission.RECORD)
    approval = queries.approval_held_by(request.actor, matter, permission=Permission.RECORD)
    if approval is None:
        raise Http404
    if request.method != "POST":
        return render(request, "decisions/withdraw.html", {"matter": matter})
    try:
        actions.withdraw(approval=approval, matter=matter, by=request.actor, at=clock.now())
    except (workflow.Overtaken, workflow.MoveRefused):
        messages.info(request, gettext("ほかの人が先に答えました。いまの状態を確かめてください。"))
    else:
        messages.success(request, gettext("承認の求めを取り下げました。"))
    return redirect("decisions:matter", kind, subject_id)

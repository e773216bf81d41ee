"""Record a decision that was made elsewhere, correct it, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.decisions import actions, queries
from kyodo.core.decisions.forms import ReasonForm, RecordForm
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.views.attempt import attempt, status_of
from kyodo.core.decisions.views.finding import held

PAGE = ["GET", "HEAD", "POST"]
FIELDS = ("decided_on", "number", "division", "decider_duty", "decider_name", "remark", "revision")


@require_http_methods(PAGE)
@requires(Permission.RECORD)
def write(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Record the decision, or correct what is recorded."""
    matter = held(request, kind, subject_id, Permission.RECORD)
    decision = queries.record_held_by(request.actor, matter)
    initial = {name: getattr(decision, name) for name in FIELDS} if decision else {}
    form = RecordForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        try:
            done = attempt(form, lambda: _do(form, matter, decision, request))
        except actions.NumberTaken:
            done = False
            form = RecordForm(request.POST, asks_number=True)
            told = gettext("この年度に、同じ文書番号の決裁が記録されています。番号を確かめてください。")
            form.add_error("number", told)
        if done:
            messages.success(request, gettext("決裁を記録しました。"))
            return redirect("decisions:matter", kind, subject_id)
    content = {"form": form, "matter": matter, "is_correction": decision is not None}
    return render(request, "decisions/record.html", content, status=status_of(form))


@require_http_methods(PAGE)
@requires(Permission.RECORD)
def withdraw(request: ActorRequest, kind: str, subject_id: int) -> HttpResponse:
    """Take the record back."""
    matter = held(request, kind, subject_id, Permission.RECORD)
    decision = queries.record_held_by(request.actor, matter)
    if decision is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.withdraw_record(
            decision=decision, matter=matter, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("決裁の記録を取り消しました。"))
        return redirect("decisions:matter", kind, subject_id)
    content = {"form": form, "matter": matter}
    return render(request, "decisions/withdraw_record.html", content, status=status_of(form))


def _do(form: RecordForm, matter: Matter, decision: Any, request: ActorRequest) -> None:
    data = form.cleaned_data
    told: dict[str, Any] = {
        "matter": matter,
        "draft": form.draft(),
        "scans": data["uploads"],
        "same_number_is_meant": data.get("same_number", False),
        "by": request.actor,
        "at": clock.now(),
    }
    if decision is None:
        actions.record_decision(**told)
    else:
        actions.correct_record(decision=decision, revision=data["revision"] or 0, **told)

"""Answer a need, tell what became of the answer, promise a figure, record what was measured."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.deadlines.entry import warn_of_closure
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.forms.answers import MeasureForm, ResultForm, RouteForm, RouteReportForm
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN, RouteState
from kyodo.modules.needs.views.attempt import attempt, status_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def route(request: ActorRequest, need_id: int) -> HttpResponse:
    """Say how a need is answered."""
    open_ones = queries.held_by(request.actor, Permission.ARRANGE).filter(state__in=OPEN, merged_into=None)
    held = get_object_or_404(open_ones, pk=need_id)
    form = RouteForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.open_route(need=held, draft=form.draft(), by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("答え方を決めました。団体に知らせました。"))
        warn_of_closure(request, form.draft().due_on)
        return redirect("needs:need", need_id)
    return render(request, "needs/route.html", {"form": form, "need": held}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def report_route(request: ActorRequest, need_id: int, route_id: int) -> HttpResponse:
    """Tell where an answer stands."""
    held = get_object_or_404(queries.routes_held_by(request.actor), pk=route_id, need_id=need_id)
    now = RouteState(held.state)
    form = RouteReportForm(
        request.POST or None, now=now, initial={"to": now.value, "due_on": held.due_on, "outcome": held.outcome}
    )
    if form.is_valid():
        data = form.cleaned_data
        done = attempt(
            form,
            lambda: actions.report_route(
                route=held,
                to=RouteState(data["to"]),
                outcome=data["outcome"],
                due_on=data["due_on"],
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, gettext("進みぐあいを書きました。"))
            warn_of_closure(request, data["due_on"])
            return redirect("needs:need", need_id)
    content = {"form": form, "need": held.need, "route": held}
    return render(request, "needs/route_report.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ARRANGE)
def promise(request: ActorRequest, need_id: int) -> HttpResponse:
    """Promise a figure."""
    alone = queries.held_by(request.actor, Permission.ARRANGE).filter(merged_into=None)
    held = get_object_or_404(alone, pk=need_id)
    form = MeasureForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: actions.promise(need=held, draft=form.draft(), by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("約束する効果を書きました。測る日が近づいたら知らせます。"))
        warn_of_closure(request, form.draft().measure_on)
        return redirect("needs:need", need_id)
    return render(request, "needs/promise.html", {"form": form, "need": held}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MEASURE)
def result(request: ActorRequest, need_id: int, measure_id: int) -> HttpResponse:
    """Record what was measured; once more to correct it."""
    held = get_object_or_404(queries.measures_held_by(request.actor), pk=measure_id, need_id=need_id)
    before = {name: getattr(held, name) for name in ResultForm.base_fields}
    form = ResultForm(request.POST or None, initial=before)
    if form.is_valid() and attempt(
        form, lambda: actions.record_result(measure=held, draft=form.draft(), by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("測定結果を書きました。"))
        return redirect("needs:need", need_id)
    content = {"form": form, "need": held.need, "measure": held}
    return render(request, "needs/result.html", content, status=status_of(form))

"""Estimates for the budget: those of all bodies for coordinators, a body's own with its paper and what it got."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.lists.export import file_of
from kyodo.core.proxy import entry
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.ui.word import MEDIA_TYPE
from kyodo.modules.procurement.actions import estimating
from kyodo.modules.procurement.actions.refusals import CaseChanged
from kyodo.modules.procurement.forms.estimates import BudgetByProxy, BudgetForm, HandOutForm
from kyodo.modules.procurement.lists.market import ESTIMATES, LINES, lines_of
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases as queries
from kyodo.modules.procurement.queries import estimates as estimate_queries
from kyodo.modules.procurement.queries.estimates import EstimateRow
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules.estimate import BASIS_WORDS, CLASS_WORDS, EstimateBasis, percent_words, share
from kyodo.modules.procurement.rules.survey import BUDGET_WORDS
from kyodo.modules.procurement.story import estimates as pages
from kyodo.modules.procurement.views.held import run_by


@require_safe
@requires(Permission.READ)
def estimates(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """All bodies' estimates for coordinators and auditors (also `?format=xlsx`); a body is led to its own."""
    actor = request.actor
    case = queries.head(case_id, actor=actor)
    if case is None:
        raise Http404
    rows = estimate_queries.by_body(actor, case_id)
    if not queries.sees_all(actor):
        if not rows or rows[0].estimate is None:
            raise Http404
        return redirect("procurement:estimate", case_id, rows[0].organisation_id)
    if file := file_of(ESTIMATES, rows, form=request.GET.get("format", "")):
        return file
    content = {
        "case": case,
        "rows": [_in_list(row) for row in rows],
        "standing": pages.standing(rows),
        "may_run": actor.may(Permission.RUN) and case.state in estimating.GIVEN_IN,
        "may_enter": actor.may(ProxyPermission.ENTER),
    }
    return render(request, "procurement/estimates.html", content)


@require_safe
@requires(Permission.READ)
def estimate(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponseBase:
    """A body's estimate (`?version=` an earlier one), what it got, and the paper; `?format=xlsx` its lines."""
    case, found = _versions(request, case_id, organisation_id)
    row = _chosen(request, found)
    if file := file_of(LINES, lines_of(row), form=request.GET.get("format", "")):
        return file
    actor = request.actor
    budgets = estimate_queries.budgets_seen_by(actor, case_id, of=organisation_id)
    latest, got = found[0], sum(one.yen for one in budgets)
    is_mine = organisation_id == actor.organisation_id and actor.may(Permission.COMMIT)
    content = {
        "case": case,
        "row": row,
        "older": found[1:],
        "latest": latest,
        "is_latest": row.id == latest.id,
        "grew": row.total.first_year.likely - found[found.index(row) + 1].total.first_year.likely
        if row is not found[-1]
        else None,
        "tax": percent_words(row.tax_percent),
        "change": _tax_change(case, row),
        "lines": [(line, gettext(CLASS_WORDS[line.budget_class]), _basis(line)) for line in row.lines],
        "classes": [(gettext(CLASS_WORDS[one]), sums) for one, sums in row.classes.items()],
        "budgets": [(one, gettext(BUDGET_WORDS[one.kind])) for one in budgets],
        "got": got if budgets else None,
        "short": latest.total.first_year.likely - got if budgets else None,
        "percent": share(got, latest.total.first_year.likely) if budgets else None,
        "may_confirm": is_mine and row.id == latest.id and row.confirmed_at is None,
        "may_record": is_mine,
    }
    return render(request, "procurement/estimate.html", content)


@require_safe
@requires(Permission.READ)
def paper(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """The paper to attach to the request for the budget, as it is printed."""
    case, found = _versions(request, case_id, organisation_id)
    row = _chosen(request, found)
    content = {"sheet": _paper(case, row), "heading": pages.HEADING, "case": case, "row": row}
    return render(request, "procurement/estimate_paper.html", content)


@require_safe
@requires(Permission.READ)
def document(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """The paper, to be written on."""
    case, found = _versions(request, case_id, organisation_id)
    row = _chosen(request, found)
    name = f"mitsumori_{case_id}_{row.code or row.organisation_id}_v{row.number}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(pages.written(_paper(case, row)), content_type=MEDIA_TYPE, headers=headers)


@require_POST
@requires(Permission.COMMIT)
def confirm(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body uses its estimate for the budget."""
    held = estimate_queries.estimate_held_by(request.actor, case_id)
    if held is None:
        raise Http404
    try:
        estimating.confirm(estimate=held, by=request.actor, at=clock.now())
    except CaseChanged:
        messages.warning(request, gettext("もう確かめてあります。"))
    else:
        messages.success(request, gettext("確かめました。予算が決まったら、結果を記録してください。"))
    return redirect("procurement:estimate", case_id, held.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COMMIT)
def budget(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body records what it got in its budget."""
    member = queries.buying_member(request.actor, Permission.COMMIT, case_id)
    if member is None:
        raise Http404
    known = estimate_queries.budgets_seen_by(request.actor, case_id, of=member.organisation_id)
    form = BudgetForm(request.POST or None, known=known)
    if form.is_valid() and attempt(
        form,
        lambda: estimating.record_budget(
            member=member, draft=form.draft(), revision=form.revision(), by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("予算の結果を記録しました。"))
        return redirect("procurement:case", case_id)
    content = {"form": form, "case": member.case, "body": member.organisation.name}
    return render(request, "procurement/budget.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def enter(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """A coordinator records what a body said that it got."""
    for_body = entry.acting_for(request, organisation_id)
    member = queries.buying_member(for_body, Permission.COMMIT, case_id)
    if member is None:
        raise Http404
    known = estimate_queries.budgets_seen_by(request.actor, case_id, of=organisation_id)
    form = entry.form_of(BudgetByProxy, request, known=known)
    if form.is_valid() and attempt(
        form,
        lambda: estimating.record_budget_by_proxy(
            member=member, draft=form.draft(), revision=form.revision(), **entry.told(form, for_body)
        ),
    ):
        entry.say_entered(request, for_body)
        return redirect("procurement:estimates", case_id)
    content = {"form": form, "case": member.case, "body": member.organisation.name, "is_proxy": True}
    return render(request, "procurement/budget.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def hand_out(request: ActorRequest, case_id: int) -> HttpResponse:
    """Give each body its estimate, after the 節 of each item was looked at."""
    held = run_by(request, case_id, states=estimating.GIVEN_IN)
    items, last = items_of(case_id), estimate_queries.last_classes(case_id)
    form = HandOutForm(request.POST if request.method == "POST" else None, items=items, kind=held.kind, last=last)
    if form.is_valid():
        done = attempt(
            form,
            lambda: estimating.hand_out(case=held, classes=form.classes(), by=request.actor, at=clock.now()),
        )
        if done:
            told = ngettext("%(n)d団体に見積を渡しました。", "%(n)d団体に見積を渡しました。", len(done.made))
            messages.success(request, told % {"n": len(done.made)})
            return redirect("procurement:estimates", case_id)
    content = {"form": form, "case": held}
    return render(request, "procurement/hand_out.html", content, status=status_of(form))


def _versions(request: ActorRequest, case_id: int, organisation_id: int) -> tuple[queries.CaseRow, list[EstimateRow]]:
    case = queries.head(case_id, actor=request.actor)
    found = estimate_queries.versions(request.actor, case_id, organisation_id) if case else []
    if case is None or not found:
        raise Http404
    return case, found


def _chosen(request: ActorRequest, found: list[EstimateRow]) -> EstimateRow:
    wanted = request.GET.get("version", "")
    return next((row for row in found if str(row.number) == wanted), found[0])


def _tax_change(case: queries.CaseRow, row: EstimateRow) -> pages.TaxChange | None:
    then = estimate_queries.tax_percents([row.organisation_id], case.starts_on)
    return pages.tax_change(row, then.get(row.organisation_id), case.starts_on)


def _paper(case: queries.CaseRow, row: EstimateRow) -> pages.EstimatePaper:
    change = _tax_change(case, row)
    return pages.paper(row, title=case.title, starts_on=case.starts_on, months=case.months, change=change)


def _basis(line: Any) -> str:
    if line.cost.basis is EstimateBasis.SPREAD:
        told = ngettext("企業%(n)d社の回答", "企業%(n)d社の回答", line.cost.answers)
        return told % {"n": line.cost.answers}
    return gettext(BASIS_WORDS[line.cost.basis])


def _in_list(row: estimate_queries.BodyEstimate) -> dict[str, Any]:
    likely = row.estimate.total.first_year.likely if row.estimate else 0
    return {
        "row": row,
        "total": row.estimate.total if row.estimate else None,
        "budgets": [(one, gettext(BUDGET_WORDS[one.kind])) for one in row.budgets],
        "percent": share(row.got, likely) if row.got is not None else None,
    }

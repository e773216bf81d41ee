"""The survey: a body answers, in part or in whole; everybody in the case sees how far it is; coordinators ask."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, attempt_lines, status_of
from kyodo.core.lists.answer import page_or_file
from kyodo.core.proxy import entry
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.sheets.sending import send_each, send_out
from kyodo.core.ui.lines import TableForm
from kyodo.core.whole_numbers import whole_number
from kyodo.modules.procurement.actions import by_proxy, surveying
from kyodo.modules.procurement.forms.survey import (
    AskForm,
    QuestionLines,
    StageByProxy,
    StageForm,
    question_lines,
)
from kyodo.modules.procurement.lists.lines import LINES
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases as queries
from kyodo.modules.procurement.queries import lines as line_queries
from kyodo.modules.procurement.queries import survey as survey_queries
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules import survey as rules
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.sheets import survey as sheets
from kyodo.modules.procurement.story import survey as pages
from kyodo.modules.procurement.story import survey_rows as drawn
from kyodo.modules.procurement.views.held import run_by


@require_safe
@requires(Permission.READ)
def survey(request: ActorRequest, case_id: int) -> HttpResponse:
    """How far the survey is and what comes out of it; the page asks for the first part again while it is open."""
    actor = request.actor
    case = queries.head(case_id, actor=actor)
    if case is None or not survey_queries.survey_seen_by(actor, case_id):
        raise Http404
    sees_bodies, is_open = queries.sees_all(actor), case.state is CaseState.SURVEY
    far = pages.how_far(case_id, may_see_bodies=sees_bodies)
    content: dict[str, Any] = {
        "case": case,
        "far": far,
        "progress": drawn.progress_rows(far, case_id, may_enter=is_open and actor.may(ProxyPermission.ENTER)),
        "is_open": is_open,
        "now": clock.now(),
    }
    if "HX-Request" in request.headers:
        part = render(request, "procurement/survey.html#far", {**content, "is_part": True})
        part.headers["Vary"] = "HX-Request"
        return part
    page = pages.tell(case, items_of(case_id), may_see_bodies=sees_bodies)
    content |= {
        "page": page,
        "rows": {"demands": drawn.demand_rows(page), "entries": drawn.entry_rows(page)},
        "may_run": actor.may(Permission.RUN),
        "may_answer": survey_queries.response_held_by(actor, case_id) is not None,
        "may_sheet": is_open and actor.may(Permission.SHEET),
        "may_see_lines": sees_bodies,
    }
    return render(request, "procurement/survey.html", content)


@require_safe
@requires(Permission.READ)
def lines(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """Every line of every body: for coordinators and auditors."""
    case = queries.head(case_id, actor=request.actor)
    if case is None or not queries.sees_all(request.actor):
        raise Http404
    found = line_queries.lines_seen_by(request.actor, case_id)
    page = page_or_file(
        LINES, found, fields=line_queries.FIELDS, make=line_queries.rows, request=request, may_add=False
    )
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, "procurement/survey_lines.html", {"case": case, "page": page})


@require_safe
@requires(Permission.READ)
def response(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """Everything that one body answered: for itself, coordinators and auditors."""
    case = queries.head(case_id, actor=request.actor)
    row = survey_queries.response_seen_by(request.actor, case_id, organisation_id)
    if case is None or row is None:
        raise Http404
    return render(request, "procurement/response.html", {"case": case, "row": row, "page": pages.tell_response(row)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANSWER)
def answer(request: ActorRequest, case_id: int) -> HttpResponse:
    """My body answers a stage; `?stage=` another one than that which waits."""
    held = survey_queries.response_held_by(request.actor, case_id)
    case = queries.head(case_id, actor=request.actor)
    if held is None or case is None:
        raise Http404
    row = survey_queries.response_seen_by(request.actor, case_id, held.organisation_id)
    assert row is not None, "who answers sees what they answered"
    stage = _stage(request, row)
    last = survey_queries.last_answers(case_id, held.organisation_id)
    form = StageForm(request.POST or None, response=row, stage=stage, last=last)
    if form.is_valid():
        is_final = request.POST.get("do") == "final"
        done = attempt(
            form,
            lambda: surveying.answer(
                response=held,
                sitting=form.sitting(is_final=is_final),
                revision=form.cleaned_data["revision"],
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            return _answered(request, case_id, row, stage=stage, reached=done.made, is_final=is_final)
    return render(request, "procurement/answer.html", _content(form, case, row, stage), status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(ProxyPermission.ENTER)
def enter(request: ActorRequest, case_id: int, organisation_id: int) -> HttpResponse:
    """A coordinator enters what a body told."""
    for_body = entry.acting_for(request, organisation_id)
    case = queries.head(case_id, actor=request.actor)
    held = survey_queries.response_held_by(for_body, case_id)
    if case is None or held is None:
        raise Http404
    row = survey_queries.response_seen_by(request.actor, case_id, organisation_id)
    assert row is not None, "who enters for bodies sees what they answered"
    stage = _stage(request, row)
    last = survey_queries.last_answers(case_id, organisation_id)
    form = entry.form_of(StageByProxy, request, response=row, stage=stage, last=last)
    if form.is_valid() and attempt(
        form,
        lambda: by_proxy.answer_by_proxy(
            response=held,
            sitting=form.sitting(is_final=request.POST.get("do") == "final"),
            revision=form.cleaned_data["revision"],
            **entry.told(form, for_body),
        ),
    ):
        entry.say_entered(request, for_body)
        return redirect("procurement:survey", case_id)
    content = {**_content(form, case, row, stage), "is_proxy": True}
    return render(request, "procurement/answer.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def ask(request: ActorRequest, case_id: int) -> HttpResponse:
    """Ask further of those who stay."""
    held = run_by(request, case_id, states=(CaseState.SURVEY,))
    stage = survey_queries.survey_stage(case_id) or 1
    form = AskForm(request.POST or None, initial={"stage": min(stage + 1, rules.STAGES[-1])})
    if form.is_valid() and attempt(
        form,
        lambda: surveying.ask_stage(case=held, stage=form.cleaned_data["stage"], by=request.actor, at=clock.now()),
    ):
        messages.success(request, gettext("次の段階を、まだ答えていない団体に知らせました。"))
        return redirect("procurement:survey", case_id)
    content = {"form": form, "case": held, "progress": survey_queries.progress(case_id), "stage": stage}
    return render(request, "procurement/ask.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def questions(request: ActorRequest, case_id: int) -> HttpResponse:
    """Ask own questions, each with the reason why."""
    held = run_by(request, case_id, states=(CaseState.SURVEY,))
    if request.method != "POST":
        lines = question_lines(survey_queries.questions_of(case_id))
        form = TableForm(initial={"revision": held.revision})
        return render(request, "procurement/questions.html", {"lines": lines, "case": held, "form": form})
    lines, form = QuestionLines(request.POST, prefix="questions"), TableForm(request.POST)
    if attempt_lines(
        form,
        lines,
        lambda given: surveying.set_questions(
            case=held, questions=given, revision=form.cleaned_data["revision"], by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("質問を決めました。"))
        return redirect("procurement:survey", case_id)
    return render(request, "procurement/questions.html", {"lines": lines, "case": held, "form": form}, status=422)


@require_POST
@requires(Permission.SHEET)
def sheet(request: ActorRequest, case_id: int) -> HttpResponse:
    """The survey as a workbook: of my body; for coordinators of `body`, of all in one, or one `each`, or who `owes`."""
    actor = request.actor
    case = queries.head(case_id, actor=actor)
    if case is None:
        raise Http404
    wanted, runs = request.POST.get("body", ""), actor.may(Permission.RUN)
    if runs and wanted in {"each", "owing"}:
        parcels = sheets.parcels(actor, case_id=case_id, owing=wanted == "owing")
        if parcels:
            return send_each(sheets.SHEET, parcels, by=actor, at=clock.now(), due_on=case.due_on)
    elif rows := sheets.outgoing(actor, case_id=case_id, organisation_id=(body := whole_number(wanted))):
        names = {str(row.values["body"]) for row in rows}
        addressee = names.pop() if len(names) == 1 else gettext("全団体")
        one = actor.organisation_id if body is None and not runs else body
        return send_out(sheets.SHEET, rows, by=actor, at=clock.now(), body=(one, addressee), due_on=case.due_on)
    messages.warning(request, gettext("様式に入れる行がありません。"))
    return redirect("procurement:survey", case_id)


def _stage(request: ActorRequest, row: survey_queries.ResponseRow) -> int:
    """The stage that is shown: the one asked for, as far as the survey asks; else the one that waits."""
    wanted = whole_number(request.GET.get("stage", ""))
    if wanted in rules.STAGES and wanted <= row.asked:
        return wanted
    return row.wants or row.asked


def _content(form: StageForm, case: Any, row: survey_queries.ResponseRow, stage: int) -> dict[str, Any]:
    measured = survey_queries.measured_seconds(case.id, stage)
    return {
        "form": form,
        "case": case,
        "row": row,
        "stage": stage,
        "stages": pages.stage_links(row, stage),
        "minutes": rules.expected_minutes(stage, len(form.lines), measured),
        "is_measured": len(measured) >= 3,
    }


def _answered(
    request: ActorRequest,
    case_id: int,
    row: survey_queries.ResponseRow,
    *,
    stage: int,
    reached: int,
    is_final: bool,
) -> HttpResponse:
    if not is_final:
        messages.success(request, gettext("途中まで保存しました。続きは、いつでも書けます。"))
        response = redirect("procurement:answer", case_id)
        response["Location"] += f"?stage={stage}"
        return response
    if reached < row.asked:
        messages.success(request, gettext("この段階の回答を受け取りました。続けて、次の段階もお答えください。"))
        return redirect("procurement:answer", case_id)
    messages.success(request, gettext("回答を受け取りました。ありがとうございました。期限までは直せます。"))
    return redirect("procurement:survey", case_id)

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
from kyodo.core.access.roles import Reach
from kyodo.core.attempts import attempt, status_of
from kyodo.core.lists.answer import page_or_file
from kyodo.core.proxy import acting
from kyodo.core.proxy.permissions import Permission as ProxyPermission
from kyodo.core.sheets.sending import send_out
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
from kyodo.modules.procurement.views.held import read_revision, run_by


@require_safe
@requires(Permission.READ)
def survey(request: ActorRequest, case_id: int) -> HttpResponse:
    """How far the survey is and what comes out of it."""
    actor = request.actor
    case = queries.head(case_id, actor=actor)
    if case is None or not survey_queries.survey_seen_by(actor, case_id):
        raise Http404
    page = pages.tell(case, items_of(case_id), may_see_bodies=actor.reach(Permission.READ) is Reach.REGION)
    may_enter = actor.may(ProxyPermission.ENTER) and case.state is CaseState.SURVEY
    content = {
        "case": case,
        "page": page,
        "rows": {
            "demands": drawn.demand_rows(page),
            "entries": drawn.entry_rows(page),
            "progress": drawn.progress_rows(page, case_id, may_enter=may_enter),
        },
        "may_run": actor.may(Permission.RUN),
        "may_answer": survey_queries.response_held_by(actor, case_id) is not None,
        "may_sheet": actor.may(Permission.SHEET) and case.state is CaseState.SURVEY,
        "may_see_lines": actor.reach(Permission.READ) is Reach.REGION,
    }
    return render(request, "procurement/survey.html", content)


@require_safe
@requires(Permission.READ)
def lines(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """Every line of every body: for coordinators and auditors."""
    case = queries.head(case_id, actor=request.actor)
    if case is None or request.actor.reach(Permission.READ) is not Reach.REGION:
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
    for_body = acting.acting_for(request.actor, organisation_id)
    case = queries.head(case_id, actor=request.actor)
    held = survey_queries.response_held_by(for_body, case_id) if for_body else None
    if for_body is None or case is None or held is None:
        raise Http404
    row = survey_queries.response_seen_by(request.actor, case_id, organisation_id)
    assert row is not None, "who enters for bodies sees what they answered"
    stage = _stage(request, row)
    last = survey_queries.last_answers(case_id, organisation_id)
    is_sent = request.method == "POST"
    given: dict[str, Any] = {"response": row, "stage": stage, "last": last}
    form = StageByProxy(request.POST, request.FILES, **given) if is_sent else StageByProxy(**given)
    if is_sent and form.is_valid():
        done = attempt(
            form,
            lambda: by_proxy.answer_by_proxy(
                response=held,
                sitting=form.sitting(is_final=request.POST.get("do") == "final"),
                revision=form.cleaned_data["revision"],
                source=form.source(),
                files=form.proofs(),
                by=for_body,
                at=clock.now(),
            ),
        )
        if done:
            told = gettext("{body}に代わって入力しました。団体に、確かめるよう知らせました。")
            messages.success(request, told.format(body=for_body.organisation_name))
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
    form = AskForm({"stage": 1})  # carries what the action refuses
    if request.method != "POST":
        lines = question_lines(survey_queries.questions_of(case_id))
        return render(request, "procurement/questions.html", {"lines": lines, "case": held, "form": None})
    lines = QuestionLines(request.POST, prefix="questions")
    if lines.is_valid() and form.is_valid():
        given = [line for one in lines if (line := one.line()) is not None]
        if attempt(
            form,
            lambda: surveying.set_questions(
                case=held, questions=given, revision=read_revision(request), by=request.actor, at=clock.now()
            ),
        ):
            messages.success(request, gettext("質問を決めました。"))
            return redirect("procurement:survey", case_id)
    return render(request, "procurement/questions.html", {"lines": lines, "case": held, "form": form}, status=422)


@require_POST
@requires(Permission.SHEET)
def sheet(request: ActorRequest, case_id: int) -> HttpResponse:
    """The survey as a workbook: of my body; for coordinators of `body`, or of all bodies at once."""
    actor = request.actor
    case = queries.head(case_id, actor=actor)
    if case is None:
        raise Http404
    wanted = request.POST.get("body", "")
    body = int(wanted) if wanted.isdecimal() and len(wanted) < 18 else None
    rows = sheets.outgoing(actor, case_id=case_id, organisation_id=body)
    if not rows:
        messages.warning(request, gettext("様式に入れる行がありません。"))
        return redirect("procurement:survey", case_id)
    names = {str(row.values["body"]) for row in rows}
    addressee = names.pop() if len(names) == 1 else gettext("全団体")
    one = actor.organisation_id if body is None and not actor.may(Permission.RUN) else body
    return send_out(sheets.SHEET, rows, by=actor, at=clock.now(), body=(one, addressee), due_on=case.due_on)


def _stage(request: ActorRequest, row: survey_queries.ResponseRow) -> int:
    """The stage that is shown: the one asked for, as far as the survey asks; else the one that waits."""
    wanted = request.GET.get("stage", "")
    if wanted.isdecimal() and int(wanted) in rules.STAGES and int(wanted) <= row.asked:
        return int(wanted)
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
        "due": None,
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

"""What companies answered, side by side; coordinators write the request, publish it, invite, and answer questions."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import NoForm, attempt, status_of
from kyodo.core.lists.export import file_of
from kyodo.modules.procurement.actions import market_asking
from kyodo.modules.procurement.forms.market import (
    QuestionAnswerForm,
    QuestionForm,
    RequestForm,
    SupplierForm,
    initial_of_request,
)
from kyodo.modules.procurement.lists.market import COMPARISON, compared
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases as queries
from kyodo.modules.procurement.queries import market as market_queries
from kyodo.modules.procurement.queries import talk as talk_queries
from kyodo.modules.procurement.rules.case import OPEN
from kyodo.modules.procurement.rules.market import RfiState
from kyodo.modules.procurement.story import market as pages
from kyodo.modules.procurement.views.held import run_by


@require_safe
@requires(Permission.READ)
def market(request: ActorRequest, case_id: int) -> HttpResponseBase:
    """The comparison; for coordinators and auditors also as a file (`?format=xlsx`)."""
    actor = request.actor
    case = queries.head(case_id, actor=actor)
    if case is None or not market_queries.market_seen_by(actor, case_id):
        raise Http404
    row, sees_all = market_queries.request_of(case_id, actor=actor), queries.sees_all(actor)
    answers = market_queries.answers_of(row.id, actor=actor) if row else []
    if (
        row
        and sees_all
        and (file := file_of(COMPARISON, compared(row.items, answers), form=request.GET.get("format", "")))
    ):
        return file
    talk = talk_queries.talk_of(row.id) if row and sees_all else []
    content = {
        "case": case,
        "rfi": row,
        "page": pages.tell(row, answers, may_open=sees_all) if row else None,
        "sees_all": sees_all,
        "may_run": actor.may(Permission.RUN) and case.state in OPEN,
        "is_open": row is not None and row.state is RfiState.OPEN,
        "suppliers": market_queries.suppliers_of(row.id) if row and sees_all else [],
        "talk": [(one, pages.talk_words(one)) for one in talk],
    }
    return render(request, "procurement/market.html", content)


@require_safe
@requires(Permission.READ)
def answer(request: ActorRequest, case_id: int, supplier_id: int) -> HttpResponse:
    """All that one company said: for coordinators and auditors."""
    actor = request.actor
    case, row = queries.head(case_id, actor=actor), market_queries.request_of(case_id, actor=actor)
    if case is None or row is None or not queries.sees_all(actor):
        raise Http404
    supplier = next((one for one in market_queries.suppliers_of(row.id) if one.id == supplier_id), None)
    if supplier is None:
        raise Http404
    answers = [one for one in market_queries.answers_of(row.id, actor=actor) if one.supplier_id == supplier_id]
    talk = talk_queries.talk_of(row.id, supplier_id=supplier_id)
    content = {
        "case": case,
        "rfi": row,
        "supplier": supplier,
        "page": pages.tell(row, answers, may_open=False),
        "answer": answers[0] if answers else None,
        "may_run": actor.may(Permission.RUN),
        "talk": [(one, pages.talk_words(one)) for one in talk],
    }
    return render(request, "procurement/market_answer.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def write(request: ActorRequest, case_id: int) -> HttpResponse:
    """Write the request, or change it."""
    held = run_by(request, case_id)
    row = market_queries.request_of(case_id, actor=request.actor)
    form = RequestForm(request.POST or None, initial=initial_of_request(row, title=held.title))
    if form.is_valid() and attempt(
        form,
        lambda: market_asking.write_request(
            case=held,
            draft=form.draft(),
            revision=form.cleaned_data["revision"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("情報提供依頼を保存しました。"))
        return redirect("procurement:market", case_id)
    return render(request, "procurement/market_write.html", {"form": form, "case": held}, status=status_of(form))


@require_POST
@requires(Permission.RUN)
def publish(request: ActorRequest, case_id: int) -> HttpResponse:
    """Publish the request, or (`do=withdraw`) take it back."""
    held = market_queries.request_held_by(request.actor, case_id)
    if held is None:
        raise Http404
    form, at = NoForm(request.POST), clock.now()
    form.full_clean()
    act = market_asking.withdraw_request if request.POST.get("do") == "withdraw" else market_asking.publish_request
    if attempt(form, lambda: act(rfi=held, by=request.actor, at=at)):
        is_back = act is market_asking.withdraw_request
        messages.success(
            request, gettext("取り下げました。") if is_back else gettext("公開しました。企業を招いてください。")
        )
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("procurement:market", case_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def invite(request: ActorRequest, case_id: int) -> HttpResponse:
    """Mail a company its link."""
    held = market_queries.request_held_by(request.actor, case_id)
    if held is None:
        raise Http404
    form = SupplierForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: market_asking.invite(rfi=held, draft=form.draft(), by=request.actor, at=clock.now())
    ):
        told = gettext("{name}に、回答用のリンクを送りました。")
        messages.success(request, told.format(name=form.cleaned_data["name"]))
        return redirect("procurement:market", case_id)
    content = {"form": form, "case": held.case, "rfi": held}
    return render(request, "procurement/market_invite.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def question(request: ActorRequest, case_id: int, question_id: int) -> HttpResponse:
    """Answer a company's question: to it alone, or to all."""
    held = talk_queries.question_held_by(request.actor, case_id, question_id)
    if held is None:
        raise Http404
    form = QuestionAnswerForm(request.POST or None, initial={"to": "all", "public_text": held.text})
    if held.answered_at is None and form.is_valid():
        data = form.cleaned_data
        done = attempt(
            form,
            lambda: market_asking.answer_question(
                question=held,
                answer=data["answer"],
                is_public=data["to"] == "all",
                public_text=data["public_text"],
                by=request.actor,
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, gettext("回答を送りました。"))
            return redirect("procurement:market", case_id)
    content = {"form": form, "case": held.rfi.case, "question": held}
    return render(request, "procurement/market_question.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def ask(request: ActorRequest, case_id: int, supplier_id: int) -> HttpResponse:
    """Ask a company something."""
    held = market_queries.request_held_by(request.actor, case_id)
    supplier = market_queries.supplier_held_by(request.actor, case_id, supplier_id)
    if held is None or supplier is None:
        raise Http404
    form = QuestionForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: market_asking.ask_back(
            rfi=held, supplier=supplier, text=form.cleaned_data["text"], by=request.actor, at=clock.now()
        ),
    ):
        messages.success(request, gettext("質問を送りました。"))
        return redirect("procurement:market_answer", case_id, supplier_id)
    content = {"form": form, "case": held.case, "supplier": supplier}
    return render(request, "procurement/market_ask.html", content, status=status_of(form))

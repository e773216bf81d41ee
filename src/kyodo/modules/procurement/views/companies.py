"""What companies see: the open requests, the registration, their own answer. Without an account, at any entrance."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import NoForm, attempt, status_of
from kyodo.modules.procurement.actions import market_answering as answering
from kyodo.modules.procurement.forms.market import AnswerForm, QuestionForm, ReplyForm, SupplierForm
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import market as queries
from kyodo.modules.procurement.queries.talk import talk_of
from kyodo.modules.procurement.rules.market import RfiState
from kyodo.modules.procurement.story import market as pages


@require_safe
@requires(Permission.MARKET_READ)
def public(request: ActorRequest) -> HttpResponse:
    """The requests that take answers today."""
    return render(request, "procurement/public_list.html", {"rows": queries.open_requests()})


@require_safe
@requires(Permission.MARKET_READ)
def public_request(request: ActorRequest, rfi_id: int) -> HttpResponse:
    """One request, as anybody may read it."""
    row = queries.public_request(rfi_id)
    if row is None:
        raise Http404
    return render(request, "procurement/public_request.html", _public(row))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MARKET_ANSWER)
def register(request: ActorRequest, rfi_id: int) -> HttpResponse:
    """A company asks for its link; it is told the same whether it was known or not."""
    row = queries.public_request(rfi_id)
    if row is None or row.state is not RfiState.OPEN:
        raise Http404
    held = queries.public_requests().select_related("case").get(pk=rfi_id)
    form = SupplierForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: answering.register(rfi=held, draft=form.draft(), by=request.actor, at=clock.now())
    ):
        told = gettext("回答用のリンクをメールで送りました。登録済みの法人番号のときは、登録されている宛先に届きます。")
        messages.success(request, told)
        return redirect("procurement:public_request", rfi_id)
    return render(request, "procurement/public_register.html", {"form": form, "rfi": row}, status=status_of(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MARKET_ANSWER)
def company(request: ActorRequest, key: str) -> HttpResponse:
    """A company's own answer: to be written until the closing day, to be read afterwards."""
    guest = queries.guest_by(key)
    if guest is None or guest.request.state is RfiState.WITHDRAWN:
        return _apart(render(request, "procurement/company_gone.html", status=404))
    given: dict[str, Any] = {"request": guest.request, "answer": guest.answer}
    is_sent = request.method == "POST"
    form = AnswerForm(request.POST, request.FILES, **given) if is_sent else AnswerForm(**given)
    if is_sent and form.is_valid():
        done = attempt(
            form,
            lambda: answering.save_answer(
                guest=guest,
                draft=form.draft(),
                revision=form.cleaned_data["revision"],
                documents=form.uploads(),
                are_documents_confidential=form.cleaned_data["hide_documents"],
                dropped=form.dropped(),
                by=answering.company(guest.supplier, request.actor),
                at=clock.now(),
            ),
        )
        if done:
            messages.success(request, gettext("回答を受け取りました。締切までは、いつでも書き直せます。"))
            return _apart(redirect("procurement:company", key))
    content = _company(guest, key, form)
    return _apart(render(request, "procurement/company.html", content, status=status_of(form)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MARKET_ANSWER)
def ask(request: ActorRequest, key: str) -> HttpResponse:
    """A company asks something."""
    guest = queries.guest_by(key)
    if guest is None or guest.request.state is not RfiState.OPEN:
        return _apart(render(request, "procurement/company_gone.html", status=404))
    form = QuestionForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: answering.ask(
            guest=guest,
            text=form.cleaned_data["text"],
            by=answering.company(guest.supplier, request.actor),
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("質問を送りました。回答はメールでお知らせします。"))
        return _apart(redirect("procurement:company", key))
    content = {"form": form, "rfi": guest.request, "key": key}
    return _apart(render(request, "procurement/company_ask.html", content, status=status_of(form)))


@never_cache
@require_POST
@requires(Permission.MARKET_ANSWER)
def reply(request: ActorRequest, key: str, question_id: int) -> HttpResponse:
    """A company answers what it was asked."""
    guest = queries.guest_by(key)
    if guest is None or guest.request.state is RfiState.WITHDRAWN:
        return _apart(render(request, "procurement/company_gone.html", status=404))
    form = ReplyForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: answering.reply(
            guest=guest,
            question_id=question_id,
            text=form.cleaned_data["text"],
            by=answering.company(guest.supplier, request.actor),
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("返事を送りました。"))
        return _apart(redirect("procurement:company", key))
    shown = NoForm(request.POST)
    shown.full_clean()
    for errors in form.errors.values():
        for error in errors:
            shown.add_error(None, error)
    answer = AnswerForm(request=guest.request, answer=guest.answer)
    content = {**_company(guest, key, answer), "refused": shown}
    return _apart(render(request, "procurement/company.html", content, status=422))


def _public(row: queries.RfiRow) -> dict[str, Any]:
    return {
        "rfi": row,
        "state": pages.state_word(row),
        "tone": pages.TONES[row.state],
        "is_open": row.state is RfiState.OPEN,
        "items": [(item, pages.quantity_words(item)) for item in row.items],
    }


def _company(guest: queries.Guest, key: str, form: AnswerForm) -> dict[str, Any]:
    answers = [guest.answer] if guest.answer else []
    talk = talk_of(guest.rfi.pk, supplier_id=guest.supplier.pk)
    return {
        **_public(guest.request),
        "form": form,
        "key": key,
        "supplier": guest.supplier,
        "answer": guest.answer,
        "page": pages.tell(guest.request, answers, may_open=False),
        "talk": [(one, pages.talk_words(one)) for one in talk],
        "reply": ReplyForm(),
    }


def _apart(response: HttpResponse) -> HttpResponse:
    """A page whose address is a secret is in no search."""
    response["X-Robots-Tag"] = "noindex"
    return response

"""The page of the second factor while somebody signs in: the sheet's next number, a code by mail, or whom to ask."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStage, LoginStageController
from allauth.core import ratelimit
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.stages import AuthenticateStage
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.accounts import actors
from kyodo.core.accounts.permissions import Permission
from kyodo.core.factors import actions, letters, queries
from kyodo.core.factors.actions import Outcome
from kyodo.core.factors.forms import CodeForm
from kyodo.core.factors.rules import Factor
from kyodo.core.factors.stages import PolicyStage

NUMBER_OF_FORMS = ("sheet", "mail")


def stage_of(request: HttpRequest) -> LoginStage | None:
    """The step at which somebody stands who may answer here: ours, or django-allauth's own second step."""
    for key in (PolicyStage.key, AuthenticateStage.key):
        if stage := LoginStageController.enter(request, key):
            return stage
    return None


def offers(request: HttpRequest, user: Any) -> frozenset[Factor]:
    """What the person could show here and the policy accepts."""
    host = request.get_host().partition(":")[0]
    return queries.usable(user.pk, host=host) & queries.policy_of(user.pk).accepted


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SIGN_IN)
def second_factor(request: ActorRequest) -> HttpResponse:
    """Show a second factor, and be in."""
    if request.user.is_authenticated:
        return redirect("home")
    stage = stage_of(request)
    if stage is None:
        return redirect("account_login")
    user, offered = stage.login.user, offers(request, stage.login.user)
    way = request.POST.get("way", "")
    if request.method == "POST" and way == "send" and Factor.MAIL in offered:
        return _send(request, user)
    if request.method != "POST" or way not in NUMBER_OF_FORMS or Factor(way) not in offered:
        return _page(request, stage, offered)
    form = CodeForm(request.POST, label="")
    fault = _fault(request, user, Factor(way), form)
    if fault:
        return _page(request, stage, offered, faulty=way, fault=fault)
    record_authentication(request, user, method="mfa", type=way)
    answer: HttpResponse = stage.exit()
    if way == Factor.SHEET and request.user.is_authenticated and isinstance(answer, HttpResponseRedirect):
        return redirect(f"{reverse('own_sheet')}?{urlencode({'next': answer.url})}")
    return answer


def _fault(request: HttpRequest, user: Any, way: Factor, form: CodeForm) -> str:
    """What is wrong with a code; empty if it was right, and is used up by that."""
    if not form.is_valid():
        return gettext("コードを入力してください。")
    try:
        clear = check_rate_limit(user)
    except forms.ValidationError as limit:
        return str(limit.messages[0])
    answer = actions.answer_from_sheet if way is Factor.SHEET else actions.answer_from_mail
    outcome = answer(user=user, text=form.cleaned_data["code"], by=actors.actor_of(request, user=user), at=clock.now())
    if outcome is Outcome.RIGHT:
        clear()
        return ""
    if outcome is Outcome.REUSED:
        letters.tell_of_reuse(user)
    return {
        Outcome.WRONG: gettext("コードが違います。番号を確かめて、もう一度入力してください。"),
        Outcome.REUSED: gettext("そのコードは使用済みです。記録し、本人と団体の管理者に知らせます。"),
        Outcome.OVER: gettext("このコードはもう使えません。新しいコードを送ってください。"),
    }[outcome]


def _send(request: HttpRequest, user: Any) -> HttpResponse:
    if not ratelimit.consume(request, action="mail_code", key=f"mail-code-{user.pk}"):
        messages.error(request, gettext("続けては送れません。届いたコードを使うか、しばらく待ってください。"))
        return redirect("second_factor")
    code = actions.make_mail_code(user=user, by=actors.actor_of(request, user=user), at=clock.now())
    if letters.send_code(user, code):
        request.session["mail_code_sent"] = True
        messages.success(request, gettext("コードを送りました。10分以内に入力してください。"))
    else:
        messages.error(request, gettext("メールを送れませんでした。ほかの方法を使うか、管理者に頼んでください。"))
    return redirect("second_factor")


def _page(
    request: HttpRequest, stage: LoginStage, offered: frozenset[Factor], *, faulty: str = "", fault: str = ""
) -> HttpResponse:
    user = stage.login.user
    sheet = queries.sheet_of(user.pk)
    accepts_sheet = Factor.SHEET in queries.policy_of(user.pk).accepted
    content: dict[str, Any] = {
        "sheet": sheet if accepts_sheet else None,
        "caretakers": queries.caretakers(user.pk),
        "offers_mail": Factor.MAIL in offered,
        "was_sent": request.session.get("mail_code_sent", False) or faulty == "mail",
        "offers_keys": bool({Factor.APP, Factor.PASSKEY} & offered),
        "is_stuck": not offered,
    }
    if sheet is not None and sheet.asked is not None and Factor.SHEET in offered:
        label = gettext("{number}番のコード").format(number=sheet.asked)
        content["sheet_form"] = _form("sheet", label, faulty=faulty, fault=fault, data=request.POST)
    if content["offers_mail"]:
        label = gettext("メールで届いた6桁のコード")
        content["mail_form"] = _form("mail", label, faulty=faulty, fault=fault, data=request.POST)
    return render(request, "factors/second_factor.html", content, status=422 if fault else 200)


def _form(name: str, label: str, *, faulty: str, fault: str, data: Any) -> CodeForm:
    """A form with its fault; what was typed is not shown again."""
    if faulty != name:
        return CodeForm(label=label, auto_id=f"{name}_%s")
    form = CodeForm({"code": data.get("code", "")}, label=label, auto_id=f"{name}_%s")
    form.full_clean()
    form.errors.clear()
    form.add_error("code", fault)
    return form

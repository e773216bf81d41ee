"""Pages of the first day."""

from __future__ import annotations

from smtplib import SMTPException

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.mail import get_connection, send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.permissions import Permission as Everybody
from kyodo.core.accounts.actions import AccountRefused
from kyodo.core.first_day import actions, keys, queries, steps
from kyodo.core.first_day.forms import BeginForm, BodiesForm, told
from kyodo.core.first_day.permissions import Permission

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PAGE)
@requires(Everybody.LOOK)
def begin(request: HttpRequest) -> HttpResponse:
    """The own body and its first person, for whoever holds the key; afterwards there is no such page."""
    key = request.POST.get("key") or request.GET.get("key", "")
    if steps.has_begun() or not keys.fits(key):
        raise Http404
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.begin(**form.cleaned_data, by=command(), at=clock.now())
        except AccountRefused as refusal:
            told(form, refusal.reasons)
        except actions.BegunAlready:
            raise Http404 from None
        else:
            keys.forget()
            login(request, user, backend=BACKEND)
            return redirect("first_day:steps")
    status = 422 if request.method == "POST" else 200
    return render(request, "first_day/begin.html", {"form": form, "key": key}, status=status)


@require_safe
@requires(Permission.LEAD)
def overview(request: ActorRequest) -> HttpResponse:
    """The five steps as they stand, with what is to be done in each."""
    return render(request, "first_day/steps.html", _content(request, BodiesForm()))


@require_http_methods(PAGE)
@requires(Permission.LEAD)
def bodies(request: ActorRequest) -> HttpResponse:
    """Register the bodies of the region, in the background."""
    form = BodiesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        uuid = actions.ask_for_bodies(codes=form.cleaned_data["codes"], by=request.actor, at=clock.now())
        return redirect("jobs:job", uuid)
    status = 422 if request.method == "POST" else 200
    return render(request, "first_day/steps.html", _content(request, form), status=status)


@require_POST
@requires(Permission.LEAD)
def test_mail(request: ActorRequest) -> HttpResponse:
    """A mail to oneself."""
    address = queries.address_of(request.actor)
    if not address:
        told_so = gettext("あなたのメールアドレスが登録されていません。先に利用者のページで登録してください。")
        messages.warning(request, told_so)
        return redirect("first_day:steps")
    try:
        send_mail(
            gettext("【Kyodo】試しのメール"),
            gettext(
                "このメールが読めれば、メールの設定はできています。「はじめの準備」のページで「届いた」を押してください。"
            ),
            None,
            [address],
            connection=get_connection(settings.MAIL_TRANSPORT),  # past the queue: what the server says is told at once
        )
    except (OSError, SMTPException):
        messages.error(request, gettext("送れませんでした。KYODO_MAIL_URL の設定を確かめてください。"))
    else:
        sent = gettext("{address} に送りました。届いたら「届いた」を押してください。")
        messages.success(request, sent.format(address=address))
    return redirect("first_day:steps")


@require_POST
@requires(Permission.LEAD)
def finish(request: ActorRequest, step: str) -> HttpResponse:
    """Call a step done."""
    if step not in {steps.REACH, steps.TEMPLATES}:
        raise Http404
    actions.finish(step=step, by=request.actor, at=clock.now())
    return redirect("first_day:steps")


def _content(request: ActorRequest, form: BodiesForm) -> dict[str, object]:
    found = steps.steps()
    return {
        "steps": found,
        "goals": steps.goals(),
        "form": form,
        "address": queries.address_of(request.actor),
        "is_done": all(step.is_done for step in found),
    }

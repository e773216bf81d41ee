"""Pages of mails: what went out, what waits, which addresses need looking after."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.lists.answer import page_or_file
from kyodo.core.mail import actions, lists, queries
from kyodo.core.mail.permissions import Permission


@require_safe
@requires(Permission.SEE)
def mails(request: ActorRequest) -> HttpResponseBase:
    """All mails of the last months, the newest first."""
    make = partial(queries.rows, actor=request.actor)
    page = page_or_file(
        lists.MAILS, queries.visible_to(request.actor), fields=queries.FIELDS, make=make, request=request
    )
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, "mail/list.html", {"page": page, "tally": queries.tally()})


@require_safe
@requires(Permission.SEE)
def mail(request: ActorRequest, mail_id: int) -> HttpResponse:
    """What became of one mail."""
    row = queries.mail_row(mail_id, actor=request.actor)
    if row is None:
        raise Http404
    return render(request, "mail/mail.html", {"mail": row})


@require_POST
@requires(Permission.CHANGE)
def resend(request: ActorRequest, mail_id: int) -> HttpResponse:
    """Send a mail again."""
    found = get_object_or_404(queries.held_by(request.actor, Permission.CHANGE), pk=mail_id)
    try:
        actions.resend(mail=found, by=request.actor, at=clock.now())
    except actions.ResendRefused as refusal:
        messages.error(request, gettext(refusal.sentence))
    except (workflow.MoveRefused, workflow.Overtaken):
        messages.info(request, gettext("このメールの状態は、その間に変わっていました。"))
    else:
        messages.success(request, gettext("もう一度、送信待ちに入れました。"))
    return redirect("mail:mail", mail_id)


@require_POST
@requires(Permission.CHANGE)
def cancel(request: ActorRequest, mail_id: int) -> HttpResponse:
    """Never send a mail that waits."""
    found = get_object_or_404(queries.held_by(request.actor, Permission.CHANGE), pk=mail_id)
    try:
        actions.cancel(mail=found, by=request.actor, at=clock.now())
    except (workflow.MoveRefused, workflow.Overtaken):
        messages.info(request, gettext("このメールの状態は、その間に変わっていました。"))
    else:
        messages.success(request, gettext("取り消しました。このメールは送りません。"))
    return redirect("mail:mail", mail_id)


@require_safe
@requires(Permission.SEE)
def addresses(request: ActorRequest) -> HttpResponse:
    """The addresses at which nothing arrives."""
    return render(request, "mail/addresses.html", {"rows": queries.address_rows(request.actor)})


@require_POST
@requires(Permission.CHANGE)
def clear(request: ActorRequest, trouble_id: int) -> HttpResponse:
    """Send to an address again."""
    found = get_object_or_404(queries.troubles_held_by(request.actor, Permission.CHANGE), pk=trouble_id)
    actions.clear_address(trouble=found, by=request.actor, at=clock.now())
    messages.success(request, gettext("このアドレスへ、またメールを送ります。"))
    return redirect("mail:addresses")

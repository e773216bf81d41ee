"""Pages of transfers: write a list, see what it will do, plan it; and the hand-over sheet of who goes and who comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.lists.answer import page_or_file
from kyodo.core.sheets.sending import send_out
from kyodo.core.transfers import actions, lists, queries, sheets
from kyodo.core.transfers.forms import TransferForm
from kyodo.core.transfers.permissions import Permission
from kyodo.core.transfers.rules import WAYS, State
from kyodo.core.whole_numbers import whole_number

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@requires(Permission.PLAN)
def all_of_mine(request: ActorRequest) -> HttpResponseBase:
    """The lists of the bodies in my care."""
    found = queries.counted(queries.visible_to(request.actor))
    page = page_or_file(lists.TRANSFERS, found, fields=lists.FIELDS, make=lists.rows, request=request)
    if isinstance(page, HttpResponseBase):
        return page
    bodies = queries.bodies_of(request.actor)
    return render(request, "transfers/list.html", {"page": page, "bodies": bodies})


@require_http_methods(PAGE)
@requires(Permission.PLAN)
def new(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Write a list for a body."""
    body = _body(request, organisation_id)
    form = _form(request, body)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft(
                organisation=body,
                day=form.cleaned_data["day"],
                remark=form.cleaned_data["remark"],
                lines=form.lines(),
                by=request.actor,
                at=clock.now(),
            )
        except actions.TransferRefused as refusal:
            form.tell(refusal.faults)
        else:
            return redirect("transfers:transfer", made)
    return _page_of_form(request, form, body)


@require_http_methods(PAGE)
@requires(Permission.PLAN)
def edit(request: ActorRequest, transfer_id: int) -> HttpResponse:
    """Change a draft."""
    transfer = _transfer(request, transfer_id)
    if transfer.state != State.DRAFT:
        raise Http404
    form = _form(request, transfer.organisation, transfer)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rewrite(
                transfer=transfer,
                revision=form.cleaned_data["revision"] or 0,
                day=form.cleaned_data["day"],
                remark=form.cleaned_data["remark"],
                lines=form.lines(),
                by=request.actor,
                at=clock.now(),
            )
        except actions.TransferRefused as refusal:
            form.tell(refusal.faults)
        except workflow.Overtaken:
            told = gettext("ほかの管理者が先に直しました。ページを開き直して、いまの内容を確かめてください。")
            form.add_error(None, told)
        else:
            return redirect("transfers:transfer", transfer_id)
    return _page_of_form(request, form, transfer.organisation, transfer)


@require_safe
@requires(Permission.PLAN)
def transfer(request: ActorRequest, transfer_id: int) -> HttpResponse:
    """What a list will do, before it does it; and what it did."""
    found = get_object_or_404(queries.visible_to(request.actor).select_related("organisation"), pk=transfer_id)
    state = State(found.state)
    content = {
        "transfer": found,
        "state": lists.shown_state(state),
        "steps": queries.steps_of(found),
        "may_plan": State.PLANNED in WAYS[state],
        "may_reopen": State.DRAFT in WAYS[state],
        "may_cancel": State.CANCELLED in WAYS[state],
    }
    return render(request, "transfers/transfer.html", content)


@require_POST
@requires(Permission.PLAN)
def move(request: ActorRequest, transfer_id: int, to: str) -> HttpResponse:
    """Plan a list, open it again, give it up."""
    found = _transfer(request, transfer_id)
    planning = partial(actions.plan, revision=whole_number(request.POST.get("revision", "")) or 0)
    acts: dict[str, tuple[Callable[..., None], str]] = {
        "plan": (planning, gettext("予約しました。発令日の0時に実施します。")),
        "reopen": (actions.reopen, gettext("予約を解いて、下書きに戻しました。")),
        "cancel": (actions.cancel, gettext("取りやめました。何も変わりません。")),
    }
    act, done = acts[to]
    try:
        act(transfer=found, by=request.actor, at=clock.now())
    except actions.TransferRefused as refusal:
        for fault in refusal.faults:
            messages.error(request, gettext(fault.sentence).format(**fault.facts))
    except (workflow.MoveRefused, workflow.Overtaken):
        messages.warning(request, gettext("先にほかの人が動かしたか、もう実施されました。状態を確かめてください。"))
    else:
        messages.success(request, done)
    return redirect("transfers:transfer", transfer_id)


@require_POST
@requires(Permission.PLAN)
def sheet(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """The people of the body as a workbook, to be filled in and handed back."""
    body = _body(request, organisation_id)
    rows = sheets.outgoing(body.pk)
    return send_out(sheets.SHEET, rows, by=request.actor, at=clock.now(), body=(body.pk, body.name))


@require_http_methods(PAGE)
@requires(Permission.OWN_HAND_OVER)
def hand_over(request: ActorRequest, line_id: int) -> HttpResponse:
    """The hand-over sheet, for who goes and who comes; the one who comes says that they looked at it."""
    line = get_object_or_404(queries.hand_over_lines(request.actor), pk=line_id)
    sheet = queries.hand_over(request.actor, line)
    if request.method == "POST" and sheet.may_confirm:
        actions.see(line=line, by=request.actor, at=clock.now())
        messages.success(request, gettext("引き継ぎを確かめたことを記録しました。"))
        return redirect("home")
    return render(request, "transfers/hand_over.html", {"sheet": sheet})


def _body(request: ActorRequest, organisation_id: int) -> Any:
    body = queries.body_held_by(request.actor, organisation_id)
    if body is None:
        raise Http404
    return body


def _transfer(request: ActorRequest, transfer_id: int) -> Any:
    return get_object_or_404(queries.held_by(request.actor, Permission.PLAN), pk=transfer_id)


def _form(request: ActorRequest, body: Any, transfer: Any = None) -> TransferForm:
    initial = (
        {"day": transfer.day, "remark": transfer.remark, "revision": transfer.revision} if transfer is not None else {}
    )
    return TransferForm(
        request.POST or None,
        initial=initial,
        people=list(queries.colleagues(body.pk, eve=clock.today()).values()),
        duties=queries.duty_names(body.pk),
        lines=queries.lines_of(transfer.pk) if transfer is not None else (),
    )


def _page_of_form(request: ActorRequest, form: TransferForm, body: Any, transfer: Any = None) -> HttpResponse:
    content = {"form": form, "body": body, "transfer": transfer}
    return render(request, "transfers/form.html", content, status=422 if request.method == "POST" else 200)

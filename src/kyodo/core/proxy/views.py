"""Pages of entries by proxy: the list, one entry, the body's answer, the sheet that goes out by fax."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urljoin

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock, workflow
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.files import attachments
from kyodo.core.lists.answer import page_or_file
from kyodo.core.proxy import actions, corrections, lists, queries
from kyodo.core.proxy.forms import DisputeForm, PaperAnswerForm
from kyodo.core.proxy.marks import TONES
from kyodo.core.proxy.permissions import Permission
from kyodo.core.proxy.queries import EntryRow
from kyodo.core.proxy.rules import KIND, SOURCE_WORDS, STATE_WORDS, State
from kyodo.engines.words import _

ANSWERED = _("この代行入力には、すでに返事が記録されています。")


@require_safe
@requires(Permission.READ)
def entries(request: ActorRequest) -> HttpResponseBase:
    """What was entered for my body, or for all of them."""
    found = queries.visible_to(request.actor)
    page = page_or_file(lists.ENTRIES, found, fields=queries.FIELDS, make=queries.rows, request=request)
    if isinstance(page, HttpResponseBase):
        return page
    return render(request, "proxy/list.html", {"page": page})


@require_safe
@requires(Permission.READ)
def entry(request: ActorRequest, entry_id: int) -> HttpResponse:
    """One entry: what it says, where it comes from, what the body says of it."""
    row = _found(request, entry_id)
    answers = row.is_open and request.actor.may(Permission.ANSWER)
    content = {
        **_told(row),
        "files": attachments.of(KIND, [row.id]).get(row.id, []),
        "may_answer": answers,
        "may_dispute": answers and row.state is State.WAITING,
        "may_note": row.is_open and request.actor.may(Permission.ENTER),
    }
    return render(request, "proxy/entry.html", content)


@require_POST
@requires(Permission.ANSWER)
def confirm(request: ActorRequest, entry_id: int) -> HttpResponse:
    """What was entered for my body is right."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.ANSWER), pk=entry_id)
    try:
        actions.confirm(entry=held, by=request.actor, at=clock.now())
    except actions.ProxyRefused as refusal:
        for fault in refusal.faults:
            messages.error(request, gettext(fault.sentence))
    except (workflow.Overtaken, workflow.MoveRefused):
        messages.info(request, gettext(ANSWERED))
    else:
        messages.success(request, gettext("確認しました。ありがとうございました。"))
    return redirect("proxy:entry", entry_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANSWER)
def dispute(request: ActorRequest, entry_id: int) -> HttpResponse:
    """What was entered for my body is wrong, and what."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.ANSWER), pk=entry_id, state=State.WAITING)
    form = DisputeForm(request.POST or None)
    if form.is_valid():
        answer = partial(actions.dispute, entry=held, by=request.actor, at=clock.now())
        if attempt(form, partial(answer, **form.cleaned_data), overtaken=ANSWERED):
            messages.success(request, gettext("入力した調整担当に伝えました。"))
            return redirect("proxy:entry", entry_id)
    content = {**_told(_found(request, entry_id)), "form": form}
    return render(request, "proxy/dispute.html", content, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ENTER)
def note_answer(request: ActorRequest, entry_id: int) -> HttpResponse:
    """Note what a body answered by telephone, fax or on paper."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.ENTER), pk=entry_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PaperAnswerForm(*sent, state=State(held.state))
    if form.is_valid():
        told = form.cleaned_data
        answer = partial(
            actions.note_answer,
            entry=held,
            to=State(told["to"]),
            who=told["who"],
            remark=told["remark"],
            files=told["uploads"] or (),
            by=request.actor,
            at=clock.now(),
        )
        if attempt(form, answer, overtaken=ANSWERED):
            messages.success(request, gettext("団体の返事を記録しました。"))
            return redirect("proxy:entry", entry_id)
    content = {**_told(_found(request, entry_id)), "form": form}
    return render(request, "proxy/note_answer.html", content, status=status_of(form))


@require_safe
@requires(Permission.READ)
def sheet(request: ActorRequest, entry_id: int) -> HttpResponse:
    """確認書: one page that goes to the body by fax, and comes back with a tick and a name."""
    return render(request, "proxy/sheet.html", {**_told(_found(request, entry_id)), "today": clock.today()})


def _found(request: ActorRequest, entry_id: int) -> EntryRow:
    row = queries.entry(entry_id, actor=request.actor)
    if row is None:
        raise Http404
    return row


def _told(row: EntryRow) -> dict[str, Any]:
    kind = corrections.find(row.kind)
    return {
        "row": row,
        "kind": kind,
        "correction": urljoin(row.address, kind.path),
        "state": gettext(STATE_WORDS[row.state]),
        "tone": TONES[row.state],
        "source": gettext(SOURCE_WORDS[row.source]),
    }

"""Pages of the record."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.audit.proof import export_lines
from kyodo.core.audit.record import head
from kyodo.core.ledger import actions, lists, queries, words
from kyodo.core.ledger.permissions import Permission
from kyodo.core.lists.answer import page_or_file


@require_safe
@requires(Permission.READ)
def ledger(request: ActorRequest) -> HttpResponseBase:
    """The record, a sentence an entry, the newest first."""
    entries = queries.visible_to(request.actor)
    page = page_or_file(lists.LEDGER, entries, fields=queries.FIELDS, make=queries.rows, request=request)
    if isinstance(page, HttpResponseBase):
        return page
    count, digest = head()
    may_export = request.actor.may(Permission.EXPORT)
    return render(request, "ledger/list.html", {"page": page, "count": count, "head": digest, "may_export": may_export})


@require_safe
@requires(Permission.READ)
def entry(request: ActorRequest, sequence: int) -> HttpResponse:
    """One entry, with what it changed."""
    told = queries.story(sequence, actor=request.actor)
    if told is None:
        raise Http404
    changes = [(words.word_of(change.field), change) for change in told.changes]
    sentence = lists.sentence(told.row)
    return render(request, "ledger/entry.html", {"story": told, "changes": changes, "sentence": sentence})


@require_POST
@requires(Permission.EXPORT)
def prove(request: ActorRequest) -> HttpResponse:
    """Prove the record, and show how far the proof is."""
    job = actions.request_proof(by=request.actor, at=clock.now())
    return redirect("jobs:job", job)


@require_safe
@requires(Permission.EXPORT)
def export(request: ActorRequest) -> StreamingHttpResponse:
    """The whole chain as JSON lines: what `kyodo audit verify FILE` proves without this installation."""
    name = f"kyodo-audit-{clock.today():%Y%m%d}.jsonl"
    return StreamingHttpResponse(
        (line.encode() for line in export_lines()),
        content_type="application/jsonl; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )

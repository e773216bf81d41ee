"""Pages of sheets: the register, handing in what came back, its preview and confirmation."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.files import attachments
from kyodo.core.sheets import actions, handing_in, intake, queries, shown, sources
from kyodo.core.sheets.forms import HandInForm
from kyodo.core.sheets.permissions import Permission
from kyodo.core.sheets.queries import ReturnRow

IN_THE_BACKGROUND = 20  # files; more than these are a job


@require_safe
@requires(Permission.USE)
def register(request: ActorRequest) -> HttpResponse:
    """What went out and what came back."""
    issues = [(row, str(sources.find(row.name).sheet.title)) for row in queries.issue_rows(request.actor)]
    return render(request, "sheets/register.html", {"issues": issues, "returns": queries.return_rows(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USE)
def hand_in(request: ActorRequest) -> HttpResponse:
    """Hand in what came back: one file leads to its preview, several to one table, many to a job."""
    if request.method != "POST":
        return render(request, "sheets/hand_in.html", {"form": HandInForm()})
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "sheets/hand_in.html", {"form": form}, status=422)
    handed, batch, actor, at = form.handed(), uuid4(), request.actor, clock.now()
    if len(handed) > IN_THE_BACKGROUND:
        return redirect("jobs:job", handing_in.start_batch(handed=handed, batch=batch, by=actor, at=at))
    looked: list[intake.Taken] = []
    for one in handed:
        looked.append(intake.take(one, actor=actor, today=clock.today(), before=looked))
    made = actions.receive(taken=looked, batch=batch, by=actor, at=at)
    return redirect("sheets:returned", made[0]) if len(made) == 1 else redirect("sheets:batch", batch)


@require_safe
@requires(Permission.USE)
def batch(request: ActorRequest, batch: UUID) -> HttpResponse:
    """All files that were handed in at once: accepted, or which cells."""
    rows = queries.return_rows(request.actor, batch=batch)
    if not rows:
        raise Http404
    lines = [(row, shown.preview(row, actor=request.actor).faults[:3]) for row in rows]
    return render(request, "sheets/batch.html", {"lines": lines, "refused": sum(row.is_refused for row in rows)})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.USE)
def returned(request: ActorRequest, returned_id: int) -> HttpResponse:
    """What a return will change; confirmed, it is applied exactly so."""
    row = _row(request, returned_id)
    if request.method != "POST":
        files = attachments.of(queries.FILES, [row.id]).get(row.id, [])
        content = {"row": row, "preview": shown.preview(row, actor=request.actor), "files": files}
        return render(request, "sheets/returned.html", {**content, "earlier": queries.earlier(row)})
    every = request.POST.get("conflicts", "each")
    taken = {
        (conflict[0], conflict[2])
        for conflict in row.outcome["conflicts"]
        if every == "sheet" or (every == "each" and request.POST.get(f"{conflict[0]}.{conflict[2]}") == "sheet")
    }
    try:
        made = actions.apply(returned_id=row.id, taken=taken, by=request.actor, at=clock.now())
    except actions.NotReceived:
        messages.info(request, gettext("すでに反映されているため、もう一度は反映していません。"))
    except actions.NotYours:
        messages.warning(request, gettext("新しい行があるので、反映できるのは様式を受け取った団体だけです。"))
    except sources.RowsMoved:
        messages.warning(
            request, gettext("確かめている間に内容が変わったので、比べ直しました。もう一度確かめてください。")
        )
        _compare_again(request, row)
    else:
        new = gettext("新しく{count}件を登録しました。").format(count=len(made)) if made else ""
        messages.success(request, gettext("反映しました。") + new)
    return redirect("sheets:returned", row.id)


@require_POST
@requires(Permission.USE)
def again(request: ActorRequest, returned_id: int) -> HttpResponse:
    """Compare a return with what stands there now."""
    _compare_again(request, _row(request, returned_id))
    return redirect("sheets:returned", returned_id)


def _compare_again(request: ActorRequest, row: ReturnRow) -> None:
    files = attachments.of(queries.FILES, [row.id]).get(row.id, [])
    if row.issue_id is None or not files:
        raise Http404
    found = intake.again(row.issue_id, files[0], actor=request.actor, today=clock.today())
    try:
        actions.compare_again(returned_id=row.id, returned=found, by=request.actor, at=clock.now())
    except actions.NotReceived:
        messages.info(request, gettext("すでに反映されています。"))


def _row(request: ActorRequest, returned_id: int) -> ReturnRow:
    row = queries.return_row(request.actor, returned_id)
    if row is None:
        raise Http404
    return row

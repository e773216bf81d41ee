"""Rows of law: the list, a rule through time, what holds for a body, and the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.lists.answer import page_or_file
from kyodo.core.sheets.sending import send_out
from kyodo.core.statutes import actions, drawing, lists, pages, queries, sheets
from kyodo.core.statutes.forms import EndForm, RowForm, initial_of
from kyodo.core.statutes.permissions import Permission
from kyodo.core.statutes.preview import effects_of
from kyodo.core.statutes.rules import RULES


@require_safe
@requires(Permission.READ)
def rows(request: ActorRequest) -> HttpResponseBase:
    """All standing rows, narrowed as the address says."""
    standing = queries.in_order(queries.visible_to(request.actor).standing())
    page = page_or_file(lists.ROWS, standing, fields=queries.LISTED, make=queries.listed, request=request)
    if isinstance(page, HttpResponseBase):
        return page
    may = {"may_share": request.actor.may(Permission.SHARE), "may_keep": request.actor.may(Permission.KEEP)}
    bodies = queries.bodies()
    own = next((one.id for one in bodies if one.id == request.actor.organisation_id), None)
    return render(request, "statutes/list.html", {"page": page, "own": own, "bodies": bodies, **may})


@require_safe
@requires(Permission.READ)
def rule(request: ActorRequest, rule: str) -> HttpResponse:
    """A rule: its rows through all time, as a picture and a table."""
    if rule not in RULES:
        raise Http404
    found = queries.rows_of_rule(rule, actor=request.actor)
    held = set(queries.held_by(request.actor).filter(rule=rule).order_by().values_list("pk", flat=True))
    content = {
        "rule": gettext(RULES[rule].name),
        "picture": drawing.timeline(found, today=clock.today()),
        "rows": [pages.told(one, may_change=one.id in held) for one in found],
    }
    return render(request, "statutes/rule.html", content)


@require_safe
@requires(Permission.READ)
def row(request: ActorRequest, row_id: int) -> HttpResponse:
    """A row's own address leads to its place on its rule's page."""
    found = queries.visible_to(request.actor).filter(pk=row_id).values_list("rule", flat=True).first()
    if found is None:
        raise Http404
    answer = redirect("statutes:rule", found)
    answer["Location"] += f"#row-{row_id}"
    return answer


@require_safe
@requires(Permission.READ)
def body(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """What holds for a body on a day (`?on=2026-04-01`), and its own rows."""
    found = queries.body(organisation_id)
    if found is None:
        raise Http404
    on = _day(request)
    book = queries.books_of([organisation_id])[organisation_id]
    may_keep = queries.kept_bodies(request.actor).filter(pk=organisation_id).exists()
    content = {
        "body": found,
        "on": on,
        "mark": pages.mark_words(book.mark(on)),
        "held": pages.what_holds(book, on),
        "own": pages.own_rows(book),
        "may_keep": may_keep,
    }
    return render(request, "statutes/body.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def body_new(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """A new row of a body's own ordinance."""
    held = get_object_or_404(queries.kept_bodies(request.actor), pk=organisation_id)
    form = RowForm(request.POST or None, is_own=True, initial={"what": request.GET.get("what", "")[:80]})
    content = {"body": held, "title": gettext("団体の条例・規則の行を加える"), "cancel": f"/statutes/bodies/{held.pk}/"}
    ask = partial(actions.ask_new, organisation=held)
    write = partial(actions.add_row, organisation=held, by=request.actor)
    return _written(request, form, ask=ask, write=write, organisation_id=held.pk, content=content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SHARE)
def new(request: ActorRequest) -> HttpResponse:
    """A new row that holds for many bodies."""
    form = RowForm(request.POST or None, is_own=False)
    content = {"title": gettext("国・区分の行を加える"), "cancel": "/statutes/"}
    ask = partial(actions.ask_new, organisation=None)
    write = partial(actions.add_row, organisation=None, by=request.actor)
    return _written(request, form, ask=ask, write=write, organisation_id=None, content=content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def correct(request: ActorRequest, row_id: int) -> HttpResponse:
    """Let a row be followed by one that says it rightly."""
    held = get_object_or_404(queries.held_by(request.actor), pk=row_id)
    before = actions.draft_of(held)
    is_own = held.organisation_id is not None
    form = RowForm(request.POST or None, is_own=is_own, of=before, initial=initial_of(before))
    content = {
        "body": held.organisation,
        "title": gettext("行を訂正する"),
        "cancel": f"/statutes/rows/{held.pk}/",
        "row": pages.told_of(queries.row_of(getattr(held, name) for name in queries.FIELDS)),
    }
    ask = partial(actions.ask_correction, row=held)
    write = partial(actions.correct_row, row=held, by=request.actor)
    return _written(
        request, form, ask=ask, write=write, organisation_id=held.organisation_id, content=content, instead_of=held.pk
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def end(request: ActorRequest, row_id: int) -> HttpResponse:
    """Say on which day a row holds for the last time."""
    held = get_object_or_404(queries.held_by(request.actor), pk=row_id)
    form = EndForm(request.POST or None)
    if form.is_valid():
        end_row = partial(actions.end_row, row=held, by=request.actor, at=clock.now())
        if attempt(form, partial(end_row, **form.cleaned_data)):
            messages.success(request, gettext("行の終わりの日を書きました。"))
            return redirect("statutes:rule", held.rule)
    content = {
        "form": form,
        "body": held.organisation,
        "cancel": f"/statutes/rows/{held.pk}/",
        "row": pages.told_of(queries.row_of(getattr(held, name) for name in queries.FIELDS)),
    }
    return render(request, "statutes/end.html", content, status=status_of(form))


@require_POST
@requires(Permission.KEEP)
def sheet(request: ActorRequest) -> HttpResponse:
    """The rows of the bodies that I keep, as a sheet to which new ones are added."""
    return send_out(sheets.SHEET, sheets.outgoing(request.actor), by=request.actor, at=clock.now())


def _written(
    request: ActorRequest,
    form: RowForm,
    *,
    ask: Callable[..., None],
    write: Callable[..., int],
    organisation_id: int | None,
    content: Mapping[str, object],
    instead_of: int | None = None,
) -> HttpResponse:
    """Show what a row changes, and write it when exactly that was confirmed."""
    status = status_of(form)
    if form.is_valid():
        draft, reason = form.draft(), form.why()
        if form.was_shown():
            if attempt(form, partial(write, draft=draft, reason=reason, at=clock.now())):
                messages.success(request, gettext("表に書きました。"))
                return redirect("statutes:rule", draft.rule)
        elif attempt(form, partial(ask, draft, reason=reason)):
            row = draft.row(organisation_id=organisation_id)
            on, effects = effects_of(row, today=clock.today(), instead_of=instead_of)
            content = {**content, "on": on, "effects": pages.effects(effects), "is_preview": True}
            form.data = {**form.data.dict(), "previewed": form.print_of()}  # type: ignore[attr-defined]
            status = 200
    return render(request, "statutes/row_form.html", {"form": form, **content}, status=status)


def _day(request: HttpRequest) -> date:
    try:
        return parse_date(request.GET.get("on", "")) or clock.today()
    except ValueError:
        return clock.today()

"""The list of cases, a case's page, and what coordinators do with a case as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.deadlines.entry import warn_of_closure
from kyodo.core.ledger import permissions as ledger_permissions
from kyodo.core.ledger import queries as ledger
from kyodo.core.lists.answer import page_or_file
from kyodo.core.organisations.queries import municipalities
from kyodo.core.threads import queries as threads
from kyodo.core.threads.forms import PostForm
from kyodo.modules.needs import facade as needs
from kyodo.modules.procurement.actions import moving, opening
from kyodo.modules.procurement.actions.refusals import AlreadyOpened
from kyodo.modules.procurement.forms.case import CaseForm, DaysForm, ItemLines, MoveForm, item_lines
from kyodo.modules.procurement.lists.cases import CASES
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import alignment
from kyodo.modules.procurement.queries import cases as queries
from kyodo.modules.procurement.queries.story import story
from kyodo.modules.procurement.queries.thread import thread_subject
from kyodo.modules.procurement.rules.case import FREE_STEPS, KIND, CaseState
from kyodo.modules.procurement.rules.kinds import kinds
from kyodo.modules.procurement.story import calendar as calendars
from kyodo.modules.procurement.story import case as pages
from kyodo.modules.procurement.story.parts import cards
from kyodo.modules.procurement.views.held import read_revision, run_by

MOST_NEEDS = 50


@require_safe
@requires(Permission.READ)
def listing(request: ActorRequest) -> HttpResponseBase:
    """All cases that I may see."""
    may_run = request.actor.may(Permission.RUN)
    found = queries.listed(queries.visible_to(request.actor))
    page = page_or_file(CASES, found, fields=queries.ROW_FIELDS, make=queries.rows, request=request, may_add=may_run)
    if isinstance(page, HttpResponseBase):
        return page
    content = {"page": page, "may_run": may_run, "sees_contracts": request.actor.may(Permission.CONTRACTS)}
    return render(request, "procurement/list.html", content)


@require_safe
@requires(Permission.READ)
def case(request: ActorRequest, case_id: int) -> HttpResponse:
    """A case: what it is, where it stands, what is due from whom by when, what I can do, the record."""
    actor = request.actor
    told = story(case_id, actor=actor)
    subject = thread_subject(actor, case_id)
    if told is None or subject is None:
        raise Http404
    may_see_record = actor.may(ledger_permissions.Permission.READ)
    content = {
        "story": told,
        "page": pages.tell(told, cards(told, actor=actor), threads.posts(subject, actor=actor), today=clock.today()),
        "subject": subject,
        "form": PostForm(sees_notes=subject.sees_notes) if subject.may_write else None,
        "record_count": ledger.count_for(KIND, case_id) if may_see_record else 0,
    }
    return render(request, "procurement/case.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def new(request: ActorRequest) -> HttpResponse:
    """Open a case; `?need=` (once or more) begins it from needs, `?kind=` from a template, `?body=` with bodies."""
    need_ids = _needs(request)
    bodies = [(body.id, body.name) for body in municipalities()]
    found = [one for one in (needs.get_need(key, actor=request.actor) for key in need_ids) if one is not None]
    content: dict[str, Any] = {"needs": found}
    if request.method != "POST":
        chosen = {body for one in found for body in (*one.body_ids, one.organisation_id or 0)}
        chosen |= set(_numbers(request.GET.getlist("body")))
        kind = request.GET.get("kind", "")
        form = CaseForm.empty(
            bodies=bodies,
            chosen=chosen,
            title=f"{found[0].title}（共同調達）"[:80] if found else "",
            purpose="\n".join(f"・{one.title}" for one in found),
            kind=kind if kind in kinds() else "",
        )
        return render(request, "procurement/new.html", {**content, "form": form})
    form = CaseForm(request.POST, bodies=bodies)
    if form.is_valid():
        try:
            done = attempt(
                form,
                lambda: opening.open_case(
                    draft=form.draft(),
                    need_ids=[one.id for one in found],
                    bodies=form.cleaned_data["bodies"],
                    submission=form.cleaned_data["submission"],
                    by=request.actor,
                    at=clock.now(),
                ),
            )
        except AlreadyOpened as again:
            messages.info(request, gettext("この案件はすでにできています。二重にはつくっていません。"))
            return redirect("procurement:case", again.case_id)
        if done:
            messages.success(request, gettext("案件をつくりました。品目と日程を確かめて、意向調査に進んでください。"))
            return redirect("procurement:case", done.made)
    return render(request, "procurement/new.html", {**content, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def edit(request: ActorRequest, case_id: int) -> HttpResponse:
    """Rewrite what a case says."""
    held = run_by(request, case_id)
    if request.method != "POST":
        form = CaseForm.of(opening.draft_of(held), revision=held.revision)
        return render(request, "procurement/edit.html", {"form": form, "case": held})
    form = CaseForm(request.POST)
    if form.is_valid() and attempt(
        form,
        lambda: opening.edit_case(
            case=held,
            draft=form.draft(),
            revision=form.cleaned_data["revision"] or 0,
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("書き直しました。"))
        return redirect("procurement:case", case_id)
    return render(request, "procurement/edit.html", {"form": form, "case": held}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def items(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say what is asked for."""
    held = run_by(request, case_id)
    told = story(case_id, actor=request.actor)
    assert told is not None, "who runs cases sees all of them"
    form = MoveForm(request.POST or None, moves=())  # carries what the action refuses, as a list of faults
    if request.method != "POST":
        lines = item_lines(told.items, form=kinds()[told.case.kind].form)
        return render(request, "procurement/items.html", {"lines": lines, "case": held, "form": None})
    lines = ItemLines(request.POST, prefix="items")
    if lines.is_valid():
        given = [line for one in lines if (line := one.line()) is not None]
        if attempt(
            form,
            lambda: opening.set_items(
                case=held, items=given, revision=read_revision(request), by=request.actor, at=clock.now()
            ),
        ):
            messages.success(request, gettext("品目を決めました。"))
            return redirect("procurement:case", case_id)
    return render(request, "procurement/items.html", {"lines": lines, "case": held, "form": form}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def move(request: ActorRequest, case_id: int) -> HttpResponse:
    """Take a case to another step."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.RUN), pk=case_id)
    told = story(case_id, actor=request.actor)
    assert told is not None, "who runs cases sees all of them"
    first = next((state for state in told.moves if (told.case.state, state) in FREE_STEPS), told.moves[0])
    form = MoveForm(request.POST or None, moves=told.moves, initial={"to": first.value})
    if form.is_valid() and attempt(
        form,
        lambda: moving.move_case(
            case=held,
            to=CaseState(form.cleaned_data["to"]),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=clock.now(),
        ),
    ):
        messages.success(request, gettext("段階を変え、団体に知らせました。"))
        return redirect("procurement:case", case_id)
    return render(request, "procurement/move.html", {"form": form, "story": told}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RUN)
def days(request: ActorRequest, case_id: int) -> HttpResponse:
    """Say until when what each step asks for is due."""
    held = run_by(request, case_id)
    told = story(case_id, actor=request.actor)
    assert told is not None, "who runs cases sees all of them"
    form = DaysForm(request.POST) if request.method == "POST" else DaysForm.of(told.days)
    if form.is_valid() and attempt(
        form, lambda: moving.set_days(case=held, days=form.days(), by=request.actor, at=clock.now())
    ):
        messages.success(request, gettext("日程を決めました。期限が近づいたら、団体に知らせます。"))
        for day in form.days().values():
            warn_of_closure(request, day)
        return redirect("procurement:case", case_id)
    return render(request, "procurement/days.html", {"form": form, "story": told}, status=status_of(form))


@require_safe
@requires(Permission.READ)
def calendar(request: ActorRequest, case_id: int) -> HttpResponse:
    """The calendar backwards from the wished start: for coordinators and the bodies in the case."""
    told = story(case_id, actor=request.actor)
    if told is None or not alignment.seen_by(request.actor, case_id):
        raise Http404
    found = calendars.backwards(told, today=clock.today())
    content = {
        "story": told,
        "steps": calendars.tell(found) if found else [],
        "late": len(found.late) if found else 0,
    }
    return render(request, "procurement/calendar.html", content)


def _needs(request: ActorRequest) -> list[int]:
    return _numbers([*request.GET.getlist("need"), *request.POST.getlist("need")])[:MOST_NEEDS]


def _numbers(told: Sequence[str]) -> list[int]:
    return list(dict.fromkeys(int(one) for one in told if one.isascii() and one.isdecimal() and len(one) < 18))

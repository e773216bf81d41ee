"""The year of the region as a picture, a body's days, and calendar files."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.attempts import attempt, status_of
from kyodo.core.deadlines import queries as deadlines
from kyodo.core.deadlines.entry import warn_of_closure
from kyodo.core.entrances.queries import address_of
from kyodo.core.field_calendar import actions, drawing, lists, queries, sheets
from kyodo.core.field_calendar.calendar_file import calendar_of
from kyodo.core.field_calendar.forms import DayForm, initial_of
from kyodo.core.field_calendar.permissions import Permission
from kyodo.core.field_calendar.rules import KIND_WORDS, YEARS, DayDraft, first_day
from kyodo.core.lists.export import file_of
from kyodo.core.sheets.sending import send_out
from kyodo.engines.calendar import fiscal_year, fiscal_year_words
from kyodo.engines.words import _

CHANGED = _("あなたが直している間に、ほかの人が直しました。もう一度開いて直してください。")
AHEAD, BEHIND = timedelta(days=550), timedelta(days=90)


@require_safe
@requires(Permission.READ)
def year(request: ActorRequest) -> HttpResponseBase:
    """All bodies in a fiscal year (`?year=2026`), as a picture, a table, a file."""
    chosen, query = _year(request), request.GET.get("q", "")[:60]
    bodies = queries.year_of(chosen, query=query)
    rows = [(body, day) for body in bodies for day in body.days]
    if file := file_of(lists.DAYS, rows, form=request.GET.get("format", "")):
        return file
    content = {
        "year": chosen,
        "words": fiscal_year_words(first_day(chosen)),
        "before": chosen - 1,
        "after": chosen + 1,
        "query": query,
        "may_keep": request.actor.may(Permission.KEEP),
        "picture": drawing.strips(bodies, chosen, today=clock.today()) if bodies else "",
        "rows": [(body, day, gettext(KIND_WORDS[day.kind]), lists.name_of(day)) for body, day in rows],
    }
    return render(request, "field_calendar/year.html", content)


@require_safe
@requires(Permission.READ)
def body(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """A body's days of this fiscal year and the next."""
    this = fiscal_year(clock.today())
    found = [(one, queries.year_of(one, only=organisation_id)) for one in (this, this + 1)]
    if not found[0][1]:
        raise Http404
    years = [
        (
            one,
            fiscal_year_words(first_day(one)),
            [(day, gettext(KIND_WORDS[day.kind]), lists.name_of(day)) for day in bodies[0].days],
        )
        for one, bodies in found
    ]
    content = {
        "body": found[0][1][0],
        "years": years,
        "may_keep": queries.kept_bodies(request.actor).filter(pk=organisation_id).exists(),
        "has_calendar": queries.has_calendar(organisation_id),
    }
    return render(request, "field_calendar/body.html", content)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def add(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """A new day of a body."""
    held = get_object_or_404(queries.kept_bodies(request.actor), pk=organisation_id)
    form = DayForm(request.POST or None)
    if form.is_valid():
        add_day = partial(actions.add_day, organisation=held, by=request.actor, at=clock.now())
        if attempt(form, partial(add_day, draft=form.draft())):
            messages.success(request, gettext("予定を加えました。"))
            warn_of_closure(request, form.draft().first)
            return redirect("field_calendar:body", organisation_id)
    return render(request, "field_calendar/day.html", {"form": form, "body": held}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP)
def change(request: ActorRequest, day_id: int) -> HttpResponse:
    """Change a day."""
    held = get_object_or_404(queries.held_by(request.actor), pk=day_id)
    draft = DayDraft(**{name: getattr(held, name) for name in DayDraft.__dataclass_fields__})
    form = DayForm(request.POST or None, initial=initial_of(draft, revision=held.revision))
    if form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        change_day = partial(actions.change_day, day=held, by=request.actor, at=clock.now())
        if attempt(form, partial(change_day, draft=form.draft(), revision=revision), overtaken=CHANGED):
            messages.success(request, gettext("直しました。"))
            warn_of_closure(request, form.draft().first)
            return redirect("field_calendar:body", held.organisation_id)
    content = {"form": form, "body": held.organisation, "day": held}
    return render(request, "field_calendar/day.html", content, status=status_of(form))


@require_POST
@requires(Permission.KEEP)
def remove(request: ActorRequest, day_id: int) -> HttpResponse:
    """Take a day away."""
    held = get_object_or_404(queries.held_by(request.actor), pk=day_id)
    try:
        actions.remove_day(day=held, by=request.actor, at=clock.now())
    except actions.DayChanged:
        messages.info(request, gettext("すでに消されています。"))
    else:
        messages.success(request, gettext("予定を消しました。"))
    return redirect("field_calendar:body", held.organisation_id)


@require_POST
@requires(Permission.KEEP)
def open_calendar(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """Make the secret address of a body's calendar and show it once."""
    held = get_object_or_404(queries.kept_bodies(request.actor), pk=organisation_id)
    key = actions.open_calendar(organisation=held, by=request.actor, at=clock.now())
    address = request.build_absolute_uri(reverse("field_calendar:file", args=[key]))
    return render(request, "field_calendar/address.html", {"address": address, "body": held})


@require_POST
@requires(Permission.KEEP)
def close_calendar(request: ActorRequest, organisation_id: int) -> HttpResponse:
    """The secret address is no longer good."""
    held = get_object_or_404(queries.kept_bodies(request.actor), pk=organisation_id)
    actions.close_calendar(organisation=held, by=request.actor, at=clock.now())
    messages.success(request, gettext("カレンダー用のアドレスを無効にしました。"))
    return redirect("field_calendar:body", organisation_id)


@require_safe
@requires(Permission.FETCH)
def file(request: HttpRequest, key: str) -> HttpResponse:
    """A body's days and what is due for it: calendar programs can't sign in."""
    own = queries.body_of_calendar(key)
    if own is None:
        raise Http404
    today = clock.today()
    days = queries.of_body(own.pk, since=today - BEHIND, until=today + AHEAD)
    with override("ja"):
        content = calendar_of(
            own.name, days, deadlines.of_body(own.pk), site=address_of(own.home_entrance), at=clock.now()
        )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_POST
@requires(Permission.KEEP)
def sheet(request: ActorRequest) -> HttpResponse:
    """The days that I keep, of this fiscal year and later, as a sheet to be corrected and added to."""
    rows = sheets.outgoing(request.actor, since=first_day(fiscal_year(clock.today())))
    return send_out(sheets.SHEET, rows, by=request.actor, at=clock.now())


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    is_year = text.isascii() and text.isdigit() and len(text) == 4 and YEARS[0] <= int(text) < YEARS[1] - 1
    return int(text) if is_year else fiscal_year(clock.today())

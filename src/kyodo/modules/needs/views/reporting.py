"""The monthly report, for a body or the region."""

from __future__ import annotations

import csv
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.roles import Reach
from kyodo.core.organisations.queries import municipalities
from kyodo.modules.needs import queries, reports
from kyodo.modules.needs.permissions import Permission


@require_safe
@requires(Permission.REPORT)
def report(request: ActorRequest) -> HttpResponse:
    """Figures of a month (the last whole one, if none is named) and the year before it; `?format=csv` as a file."""
    month = reports.month_of(request.GET.get("month", ""), today=clock.today())
    sees_all = request.actor.reach(Permission.REPORT) is Reach.REGION
    bodies = municipalities() if sees_all else []
    body = next((one for one in bodies if str(one.id) == request.GET.get("body", "")), None)
    if sees_all:
        organisation, name = (body.id, body.name) if body else (None, "")
    else:
        organisation, name = request.actor.organisation_id, request.actor.organisation_name
    told = queries.report(month=month, organisation_id=organisation)
    if request.GET.get("format") == "csv":
        return _csv(told, month)
    content = {
        "page": reports.draw(told),
        "report": told,
        "name": name,
        "bodies": bodies,
        "chosen": body.id if body else None,
        "months": reports.months_before(clock.today()),
        "month": month,
    }
    return render(request, "needs/report.html", content)


def _csv(told: queries.Report, month: date) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="kyodo-report-{month:%Y-%m}.csv"'
    csv.writer(response).writerows(reports.lines(told))
    return response

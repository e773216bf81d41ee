"""The page that makes a sheet of the needs in a filtered list."""

from __future__ import annotations

import secrets

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.lists.export import XLSX_TYPE
from kyodo.core.lists.page import narrowed
from kyodo.core.sheets import actions
from kyodo.core.sheets import rules as sheet_rules
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.needs import lists, queries, sheets
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN


class SendForm(forms.Form):
    """Until when a sheet is to come back."""

    due_on = forms.DateField(label=gettext_lazy("返送の期限"), required=False, widget=DateInput)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SHEET)
def sheet(request: ActorRequest) -> HttpResponse:
    """Make a sheet of what the list's filter leaves: the open needs that I may complete."""
    held = queries.held_by(request.actor, Permission.SHEET).filter(state__in=OPEN, merged_into=None)
    found = narrowed(lists.NEEDS, held, request).rows
    form = SendForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        content = {"form": form, "count": found.count(), "most": sheets.MOST_ROWS}
        return render(request, "needs/sheet.html", content, status=status)
    rows = sheets.outgoing(found)
    if len(rows) > sheets.MOST_ROWS:
        messages.warning(request, gettext("5,000件を超える様式は作れません。一覧で絞り込んでください。"))
        return redirect("needs:list")
    bodies = set(found.order_by().values_list("organisation_id", "organisation__name").distinct()[:2])
    one_body = bodies.pop() if len(bodies) == 1 else (None, "")
    if not rows and not request.actor.may(Permission.POST):
        messages.warning(request, gettext("様式に入れる相談がありません。絞り込みを変えてください。"))
        return redirect("needs:list")
    if request.actor.may(Permission.POST):
        one_body = (request.actor.organisation_id, request.actor.organisation_name)
    from kyodo.core.sheets import writing  # loads openpyxl, which most web workers never need

    number, due_on = sheet_rules.new_number(secrets.choice), form.cleaned_data["due_on"]
    book = writing.workbook(
        sheets.SHEET,
        rows,
        number=number,
        addressee=one_body[1] or gettext("全団体"),
        due_on=due_on,
        takes_new=request.actor.may(Permission.POST),
    )
    actions.issue(
        name=sheets.SHEET.name,
        number=number,
        rows=rows,
        organisation=one_body[0],
        narrowed=request.GET.urlencode(),
        due_on=due_on,
        by=request.actor,
        at=clock.now(),
    )
    name = writing.file_name(sheets.SHEET, number)
    return HttpResponse(
        book,
        content_type=XLSX_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )

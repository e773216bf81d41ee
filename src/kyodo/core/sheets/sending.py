"""Sends a sheet out for the own office: entered into the register, and handed to whoever asked for it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kyodo.core.access.actor import Actor
from kyodo.core.lists.export import XLSX_TYPE
from kyodo.core.sheets import actions, rules
from kyodo.core.sheets.declaration import Sheet
from kyodo.core.sheets.sources import OutRow


def send_out(
    sheet: Sheet,
    rows: Sequence[OutRow],
    *,
    by: Actor,
    at: datetime,
    body: tuple[int | None, str] | None = None,
    due_on: date | None = None,
) -> HttpResponse:
    """The sheet for the actor's own office, or for another `body` (number and name), which may add new rows to it.

    A `body` without a number is the name for several: then nobody adds rows.
    """
    from kyodo.core.sheets import writing  # loads openpyxl, which most web workers never need

    organisation, addressee = body or (by.organisation_id, by.organisation_name)
    number, takes_new = rules.new_number(secrets.choice), sheet.takes_new and organisation is not None
    book = writing.workbook(sheet, rows, number=number, addressee=addressee, due_on=due_on, takes_new=takes_new)
    actions.issue(
        name=sheet.name,
        number=number,
        rows=rows,
        organisation=organisation,
        narrowed="",
        due_on=due_on,
        by=by,
        at=at,
    )
    name = content_disposition_header(True, writing.file_name(sheet, number)) or ""
    return HttpResponse(book, content_type=XLSX_TYPE, headers={"Content-Disposition": name})

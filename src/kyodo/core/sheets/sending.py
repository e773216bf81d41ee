"""Sends a sheet out for the own office: entered into the register, and handed to whoever asked for it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kyodo.core.access.actor import Actor
from kyodo.core.lists.export import XLSX_TYPE
from kyodo.core.sheets import actions, rules
from kyodo.core.sheets.declaration import Sheet
from kyodo.core.sheets.sources import OutRow


def send_out(
    sheet: Sheet, rows: Sequence[OutRow], *, by: Actor, at: datetime, body: tuple[int, str] | None = None
) -> HttpResponse:
    """The sheet for the actor's own office, or for another `body` (number and name), which may add new rows to it."""
    from kyodo.core.sheets import writing  # loads openpyxl, which most web workers never need

    organisation, addressee = body or (by.organisation_id, by.organisation_name)
    number = rules.new_number(secrets.choice)
    book = writing.workbook(sheet, rows, number=number, addressee=addressee, due_on=None, takes_new=True)
    actions.issue(
        name=sheet.name,
        number=number,
        rows=rows,
        organisation=organisation,
        narrowed="",
        due_on=None,
        by=by,
        at=at,
    )
    name = content_disposition_header(True, writing.file_name(sheet, number)) or ""
    return HttpResponse(book, content_type=XLSX_TYPE, headers={"Content-Disposition": name})

"""Sends sheets out: entered into the register, and handed to whoever asked, alone or one a body in an archive."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from kyodo.core.access.actor import Actor
from kyodo.core.files import names
from kyodo.core.lists.export import XLSX_TYPE
from kyodo.core.sheets import actions, rules
from kyodo.core.sheets.declaration import Sheet
from kyodo.core.sheets.sources import OutRow


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one body is sent: its number and name, and its rows."""

    organisation: int
    addressee: str
    rows: Sequence[OutRow]


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
    organisation, addressee = body or (by.organisation_id, by.organisation_name)
    name, book = _issued(sheet, rows, organisation, addressee, due_on=due_on, by=by, at=at)
    return _download(book, name, XLSX_TYPE)


def send_each(
    sheet: Sheet, parcels: Sequence[Parcel], *, by: Actor, at: datetime, due_on: date | None = None
) -> HttpResponse:
    """A sheet for each body, each with a number of its own, in one ZIP; the bodies' names stand in the files' names."""
    out = io.BytesIO()
    # A workbook is compressed already.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for one in parcels:
            name, book = _issued(sheet, one.rows, one.organisation, one.addressee, due_on=due_on, by=by, at=at)
            archive.writestr(names.tidy(f"{one.addressee}_{name}"), book)
    return _download(out.getvalue(), names.tidy(f"{sheet.title}_{at:%Y%m%d}.zip"), "application/zip")


def _issued(
    sheet: Sheet,
    rows: Sequence[OutRow],
    organisation: int | None,
    addressee: str,
    *,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> tuple[str, bytes]:
    """The name and content of a workbook that stands in the register."""
    from kyodo.core.sheets import writing  # loads openpyxl, which most web workers never need

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
    return writing.file_name(sheet, number), book


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)

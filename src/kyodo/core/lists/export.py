"""A list as a file: exactly what is filtered, safe to open in Excel, with nothing in it that Excel would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from kyodo.core import clock
from kyodo.core.lists.declaration import Listing, Row, Value
from kyodo.core.lists.page import MakeRows, narrowed

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook is made in memory while somebody waits; above this CSV, which flows, is the better file.
MOST_IN_WORKBOOK = 20_000


class TooManyRows(Exception):
    """More rows than a workbook takes."""


def harmless(text: str) -> str:
    """Text that a spreadsheet shows and never calculates (formula injection)."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def local(value: Value) -> Value:
    """A moment as a spreadsheet knows it: local, without a zone."""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value


def download(
    listing: Listing[Row], rows: QuerySet[Any], *, fields: tuple[Any, ...], make: MakeRows[Row], request: HttpRequest
) -> HttpResponseBase | None:
    """The file that the address asks for with `format=csv` or `format=xlsx`; None if it asks for the page."""
    form = request.GET.get("format")
    if form not in {"csv", "xlsx"}:
        return None
    found = narrowed(listing, rows, request).rows.values_list(*fields)
    name = f"{listing.title}_{clock.today():%Y%m%d}.{form}"
    if form == "csv":
        return StreamingHttpResponse(
            _csv_lines(listing, _in_chunks(found, make)),
            content_type=CSV_TYPE,
            headers={"Content-Disposition": content_disposition_header(True, name) or ""},
        )
    taken = list(found[: MOST_IN_WORKBOOK + 1])
    if len(taken) > MOST_IN_WORKBOOK:
        raise TooManyRows
    from kyodo.core.lists.workbook import workbook  # a library of 20 MB, which most web workers never need

    return HttpResponse(
        workbook(listing, make(taken)),
        content_type=XLSX_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name) or ""},
    )


def file_of(listing: Listing[Row], rows: Iterable[Row], *, form: str) -> HttpResponseBase | None:
    """The file ("csv" or "xlsx") of rows that are there already and few; None for another form."""
    name = f"{listing.title}_{clock.today():%Y%m%d}.{form}"
    headers = {"Content-Disposition": content_disposition_header(True, name) or ""}
    if form == "csv":
        return HttpResponse(b"".join(_csv_lines(listing, rows)), content_type=CSV_TYPE, headers=headers)
    if form == "xlsx":
        from kyodo.core.lists.workbook import workbook  # a library of 20 MB, which most web workers never need

        return HttpResponse(workbook(listing, rows), content_type=XLSX_TYPE, headers=headers)
    return None


def _in_chunks(found: QuerySet[Any], make: MakeRows[Row]) -> Iterator[Row]:
    chunk: list[Any] = []
    for values in found.iterator(chunk_size=1000):
        chunk.append(values)
        if len(chunk) == 1000:
            yield from make(chunk)
            chunk = []
    yield from make(chunk)


def _csv_lines(listing: Listing[Row], rows: Iterable[Row]) -> Iterator[bytes]:
    """UTF-8 with BOM, as Excel opens it rightly with a double click."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def flushed() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode("utf-8")

    writer.writerow([str(column.label) for column in listing.columns])
    yield b"\xef\xbb\xbf" + flushed()
    for number, row in enumerate(rows, start=1):
        writer.writerow([_for_csv(column.value(row)) for column in listing.columns])
        if number % 200 == 0:
            yield flushed()
    yield flushed()


def _for_csv(value: Value) -> str:
    value = local(value)
    if isinstance(value, datetime):
        return f"{value:%Y/%m/%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    if isinstance(value, int):
        return str(value)
    return harmless(value) if value else ""

"""What a view of a list answers: the page, or the file that the address asks for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from kyodo.core.lists.declaration import Listing, Row
from kyodo.core.lists.export import TooManyRows, download
from kyodo.core.lists.page import ListPage, MakeRows, list_page


def page_or_file(
    listing: Listing[Row],
    rows: QuerySet[Any],
    *,
    fields: tuple[Any, ...],
    make: MakeRows[Row],
    request: HttpRequest,
    may_add: bool = True,
) -> ListPage[Row] | HttpResponseBase:
    """The page of a list for its template; or a response, where the address asks for CSV or XLSX."""
    try:
        file = download(listing, rows, fields=fields, make=make, request=request)
    except TooManyRows:
        messages.warning(request, gettext("2万件を超える一覧はExcelにできません。絞り込むか、CSVを使ってください。"))
        return redirect(request.path)
    return file or list_page(listing, rows, fields=fields, make=make, request=request, may_add=may_add)

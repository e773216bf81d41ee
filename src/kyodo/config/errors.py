"""What is said when an address leads nowhere or something broke: a page for people, problem details for programs."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from kyodo.core import problems
from kyodo.core.ui import views

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    if request.path.startswith(API):
        return problems.answer(HTTPStatus.NOT_FOUND)
    return views.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Nothing may be asked of the database here."""
    if request.path.startswith(API):
        return problems.answer(HTTPStatus.INTERNAL_SERVER_ERROR)
    return views.server_error(request)

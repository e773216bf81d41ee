"""`/healthz`: 200 when the database answers. Asked by `kyodo run`, by a balancer, by monitoring, every few seconds.

It answers before all other middleware: no session, no actor, no check of the host name, since a balancer knocks at an
address; and it still says 503, not 500, when the database is away.
"""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.db import Error, connection
from django.http import HttpRequest, HttpResponseBase, JsonResponse

PATH = "/healthz"


class HealthMiddleware:
    """Stands first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer for the one address, pass on all others."""
        return health() if request.path_info == PATH else self.get_response(request)


def health() -> JsonResponse:
    """Whether the database is there and has its tables."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            cursor.fetchone()
    except Error:
        return JsonResponse({"status": "no database"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})

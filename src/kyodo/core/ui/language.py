"""Which language a page speaks: what the person chose, then what this browser chose, then Japanese.

`Accept-Language` is deliberately not asked: a municipality's shared machine is often set up in English, and the page
that a colleague links to must look the same to whoever opens it.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

CODES = ("ja", "en")
DEFAULT = "ja"

Remember = Callable[[HttpRequest, str], None]
_rememberers: list[Remember] = []


def remember_with(remember: Remember) -> None:
    """Register what keeps the choice of a person who is signed in, so that it follows them to another machine."""
    if remember not in _rememberers:
        _rememberers.append(remember)


def remember(request: HttpRequest, code: str) -> None:
    """Tell whoever keeps people's choices."""
    for keep in _rememberers:
        keep(request, code)


def of_browser(request: HttpRequest) -> str:
    """The language chosen in this browser, without asking the database."""
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in CODES else DEFAULT


def of(request: HttpRequest) -> str:
    """The language for this request."""
    # Without a session cookie nobody can be signed in: then the session isn't opened at all.
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        code = getattr(getattr(request, "user", None), "language", "")
        if code in CODES:
            return str(code)
    return of_browser(request)


class LanguageMiddleware:
    """Activates the language of each request. Stands after the middleware that knows who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language and say which it is."""
        code = of(request)
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        patch_vary_headers(response, ["Cookie"])
        return response

"""The gate: gives each request its actor and asks the door of what it wants; the API's operations ask one each.

What is behind which door is said where it is written (`access/doors.py`); who knocks is told by `accounts/actors.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from ninja.errors import HttpError
from ninja.security.base import AuthBase

from kyodo.core import clock
from kyodo.core.access.actor import Actor, Scope, resident
from kyodo.core.access.doors import permission_of
from kyodo.core.accounts import actors
from kyodo.core.switches import modules
from kyodo.engines.words import _

# The largest number that a row has in either database; a larger one in an address leads nowhere.
LARGEST = 2**63 - 1


class DoorMiddleware:
    """Gives each request its `actor`, and refuses every view that has no door or whose door stays shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        somebody = request.user
        request.user = SimpleLazyObject(lambda: actors.user_here(request, somebody))  # type: ignore[assignment]
        # Lazy, for what has no view: an address that leads nowhere still gets a page with a frame.
        request.actor = SimpleLazyObject(lambda: actors.actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Ask the door before the view runs."""
        if modules.is_closed(request.path):
            raise Http404
        match = request.resolver_match
        if match is not None and "ninja" in match.app_names:
            return None  # an operation of the API: its own Door asks
        if leads_nowhere(kwargs):
            raise Http404
        permission = permission_of(view, match.view_name if match else None)
        if permission is None:
            raise PermissionDenied("this page has no door")
        request.actor = actor = actors.actor_of(request)  # type: ignore[attr-defined]
        if actor.may(permission):
            return None
        if not actor.is_signed_in:
            return redirect_to_login(request.get_full_path())
        if elsewhere := actors.opened_elsewhere(actor, permission, at=clock.now()):
            content = {"entrances": elsewhere, "path": request.get_full_path()}
            return render(request, "access/other_entrance.html", content, status=HTTPStatus.FORBIDDEN)
        if not actor.has_role:
            return render(request, "access/no_role.html", status=HTTPStatus.FORBIDDEN)
        raise PermissionDenied


class Door(AuthBase):
    """Guards one operation of the API: a bearer token, or nobody's where residents hold the permission.

    401 without a valid token, 403 with one that may not; the token's scope is asked too.
    """

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_name = "token"

    def __init__(self, permission: StrEnum) -> None:
        super().__init__()
        self.permission = permission

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The actor if the door opens; None (401) if we don't know who knocks."""
        entrance = actors.entrance_of(request)
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind:
            known = actors.bearer(secret.strip(), entrance=entrance, at=clock.now())
            if known is None or kind.lower() != "bearer":
                return None
            actor = known
        else:
            actor = resident(entrance=entrance.slug, is_outside=entrance.is_outside)
        if not actor.may(self.permission):
            if not actor.is_signed_in:
                return None
            raise HttpError(HTTPStatus.FORBIDDEN, _("この操作は、この利用者には許されていません。"))
        if request.method not in {"GET", "HEAD"} and actor.scopes is not None and Scope.WRITE not in actor.scopes:
            raise HttpError(HTTPStatus.FORBIDDEN, _("このトークンは読み取り専用です。"))
        if request.resolver_match is not None and leads_nowhere(request.resolver_match.kwargs):
            raise Http404
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def leads_nowhere(given: dict[str, Any]) -> bool:
    """True for an address with a number that no database would take, let alone find."""
    return any(isinstance(value, int) and value > LARGEST for value in given.values())


def shut(request: HttpRequest) -> None:
    """The API's default: an operation without a door answers nobody."""
    raise HttpError(HTTPStatus.FORBIDDEN, "this operation has no door")

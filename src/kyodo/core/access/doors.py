"""The doors. A page is marked with `@requires`, an operation of the API with `auth=Door(…)`; what has no mark is shut.

Django's views that others wrote can't be marked in their files; they are listed by name, each with its permission.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from http import HTTPStatus
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from ninja.errors import HttpError
from ninja.security.base import AuthBase

from kyodo.core import clock
from kyodo.core.access import queries
from kyodo.core.access.actor import Actor, Scope, resident
from kyodo.core.entrances.queries import slug_of_host
from kyodo.engines.words import _

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class ActorRequest(HttpRequest):
    """A request after the doors: somebody acts."""

    actor: Actor


def acting(request: HttpRequest) -> Actor:
    """Who acts in a request that has passed the doors."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


ORGANISATION_KEY = "organisation"
ENTRANCE_KEY = "entrance"

_others: dict[str, StrEnum] = {}


def requires(permission: StrEnum) -> Callable[[View], View]:
    """Mark a view with the permission that opens it; the middleware asks for it."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def open_others(doors: dict[str, StrEnum]) -> None:
    """Say which permission opens views that were written elsewhere, by the names of their addresses."""
    _others.update(doors)


def permission_of(view: Callable[..., Any], address: str | None) -> StrEnum | None:
    """What opens a view: its own mark, or the list by the name of its address; None for a view without a door."""
    own: StrEnum | None = getattr(view, "permission", None)
    return own or _others.get(address or "")


def entrance_of(request: HttpRequest) -> str:
    """The entrance that a request came through."""
    return slug_of_host(request.get_host().partition(":")[0])


def actor_of(request: HttpRequest, *, user: Any = None) -> Actor:
    """The actor of a page's request: the person of the session (or `user`, just signing in or out), or a resident."""
    entrance = entrance_of(request)
    person: Any = user or request.user
    if not person.is_authenticated:
        return resident(entrance=entrance)
    at, chosen = clock.now(), request.session.get(ORGANISATION_KEY)
    actor = queries.person(
        user_id=person.pk, name=person.display_name, entrance=entrance, at=at, organisation_id=chosen
    )
    if chosen is None or actor.organisation_id is not None:
        return actor
    # The role in the chosen organisation is over: act for another, where there is one.
    return queries.person(user_id=person.pk, name=person.display_name, entrance=entrance, at=at)


class DoorMiddleware:
    """Gives each request its `actor`, and refuses every view that has no door or whose door stays shut."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        # Lazy, for what has no view: an address that leads nowhere still gets a page with a frame.
        request.actor = SimpleLazyObject(lambda: actor_of(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Ask the door before the view runs."""
        match = request.resolver_match
        if match is not None and "ninja" in match.app_names:
            return None  # an operation of the API: its own Door asks
        permission = permission_of(view, match.view_name if match else None)
        if permission is None:
            raise PermissionDenied("this page has no door")
        request.actor = actor = actor_of(request)  # type: ignore[attr-defined]
        if actor.may(permission):
            return None
        if not actor.is_signed_in:
            return redirect_to_login(request.get_full_path())
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
        entrance = entrance_of(request)
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind:
            known = queries.bearer(secret.strip(), entrance=entrance, at=clock.now())
            if known is None or kind.lower() != "bearer":
                return None
            actor = known
        else:
            actor = resident(entrance=entrance)
        if not actor.may(self.permission):
            if not actor.is_signed_in:
                return None
            raise HttpError(HTTPStatus.FORBIDDEN, _("この操作は、この利用者には許されていません。"))
        if request.method not in {"GET", "HEAD"} and actor.scopes is not None and Scope.WRITE not in actor.scopes:
            raise HttpError(HTTPStatus.FORBIDDEN, _("このトークンは読み取り専用です。"))
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def shut(request: HttpRequest) -> None:
    """The API's default: an operation without a door answers nobody."""
    raise HttpError(HTTPStatus.FORBIDDEN, "this operation has no door")

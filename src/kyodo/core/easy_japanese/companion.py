"""The link from a public page to its easy version."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from kyodo.core.access import grants
from kyodo.core.access.doors import acting, permission_of
from kyodo.core.access.roles import Role
from kyodo.core.easy_japanese import queries
from kyodo.core.ui.parts import Link

VISITOR = frozenset({Role.RESIDENT})


def of_page(request: HttpRequest) -> Link | None:
    """The link, on pages that visitors may open; the front of the site is another page for who is signed in."""
    match = request.resolver_match
    if match is None or (request.path == "/" and acting(request).is_signed_in):
        return None
    permission = permission_of(match.func, match.view_name)
    if permission is None or grants.reach(VISITOR, permission) is None:
        return None
    number = queries.number_of(request.path)
    return Link("やさしい日本語", reverse("easy_japanese:page", args=[number]), "ja") if number is not None else None

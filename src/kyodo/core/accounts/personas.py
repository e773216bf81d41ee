"""Demonstration only: the page of personas, one click each. Elsewhere these addresses do not exist."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.access.roles import ROLES, Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.accounts.permissions import Permission

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to enter as."""

    user_id: int
    label: str
    role: str
    does: str


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


def _told() -> list[dict[str, str]]:
    """Who is worth being, and what to try as them, from the readable file of the demonstration."""
    return list(tomllib.loads(settings.DEMO_PERSONAS_FILE.read_text(encoding="utf-8"))["persona"])


def _everybody() -> Any:
    """All people of the demonstration: those without a password, so that nobody real is ever among them."""
    return (
        Membership.objects.on(clock.today())
        .filter(user__is_active=True, user__password__startswith="!")
        .order_by("organisation__code", "user_id")
        .values("user_id", "user__display_name", "organisation__code", "organisation__name", "role")
    )


@require_safe
@requires(Permission.SIGN_IN)
def personas(request: ActorRequest) -> HttpResponse:
    """Who one can be."""
    _demo_only()
    people = list(_everybody())
    words = "ja" if get_language() == "ja" else "en"
    featured = [
        Persona(row["user_id"], f"{row['organisation__name']} {row['user__display_name']}", row["role"], told[words])
        for told in _told()
        for row in people
        if (row["user__display_name"], row["role"]) == (told["section"], told["role"])
        and told["code"] in (row["organisation__code"], "dx", "audit")
    ]
    others = [
        Persona(row["user_id"], f"{row['organisation__name']} {row['user__display_name']}", row["role"], "")
        for row in people
        if row["role"] == Role.OFFICER
    ]
    roles = {role.value: card.name for role, card in ROLES.items()}
    return render(request, "accounts/personas.html", {"featured": featured, "others": others, "roles": roles})


@require_POST
@requires(Permission.SIGN_IN)
def enter(request: ActorRequest, user_id: int) -> HttpResponse:
    """Become somebody."""
    _demo_only()
    user = User.objects.filter(pk=user_id, is_active=True, password__startswith="!").first()
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    return redirect("home")

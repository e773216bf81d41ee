"""What the pages of sign-in show of things that are meant for machines."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import get_adapter
from django import template

from kyodo.core.accounts import header, passkeys, ways
from kyodo.core.accounts.actors import entrance_of
from kyodo.core.accounts.rules import device_of

register = template.Library()

register.filter("device", device_of)


@register.simple_tag(takes_context=True)
def ways_here(context: dict[str, Any]) -> frozenset[str]:
    """The ways of signing in that this entrance has."""
    return frozenset(way.value for way in entrance_of(context["request"]).ways)


@register.simple_tag(takes_context=True)
def providers_here(context: dict[str, Any]) -> list[Any]:
    """The single sign-ons that this entrance has."""
    request = context["request"]
    return [one for one in get_adapter().list_providers(request) if ways.speaks_here(request, one.app.settings)]


@register.simple_tag(takes_context=True)
def header_here(context: dict[str, Any]) -> bool:
    """True where the town's proxy can say who it is."""
    return header.is_offered(context["request"])


@register.filter
def works_at(passkey: Authenticator) -> str:
    """At which entrance a passkey works."""
    return passkeys.place_of(passkey.data)


@register.filter
def in_fours(secret: str) -> str:
    """A long secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))

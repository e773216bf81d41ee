"""Which ways of signing in the entrance lets in, and which way somebody came."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest

from kyodo.core.accounts.actors import entrance_of
from kyodo.core.entrances.rules import Way

METHODS = {
    "password": Way.PASSWORD,
    "socialaccount": Way.SINGLE_SIGN_ON,
    "header": Way.HEADER,
}


def way_of(request: HttpRequest, user: Any) -> Way | None:
    """The way by which somebody who is just signing in said who they are: what this session noted first for them."""
    for record in get_authentication_records(request, user):
        if record.get("method") == "mfa" and record.get("passwordless"):
            return Way.PASSKEY
        if record.get("method") in METHODS:
            return METHODS[record["method"]]
    return None


def is_open(request: HttpRequest, way: Way) -> bool:
    """True if the entrance of this request lets people in that way."""
    return way in entrance_of(request).ways


def speaks_here(request: HttpRequest, app_settings: dict[str, Any]) -> bool:
    """True for a provider of single sign-on that is of every entrance, or of this one (`entrance`, its host name)."""
    bound = str(app_settings.get("entrance", ""))
    return is_open(request, Way.SINGLE_SIGN_ON) and bound in ("", entrance_of(request).host)

"""Sign-in, sign-out and changes of the second factor happen inside django-allauth; here they reach the record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from kyodo.core import clock
from kyodo.core.accounts import actors
from kyodo.core.accounts.actions import SIGN_IN_NOTES

EVENTS = {
    "signed_in": user_logged_in,
    "signed_out": user_logged_out,
    "password_changed": account.password_changed,
    "password_reset": account.password_reset,
    "factor_added": mfa.authenticator_added,
    "factor_removed": mfa.authenticator_removed,
    "recovery_codes_renewed": mfa.authenticator_reset,
    "identity_connected": social.social_account_added,
    "identity_removed": social.social_account_removed,
}

_kept: list[Callable[..., None]] = []


def connect() -> None:
    """Connect each event with the action that records it."""
    for event, signal in EVENTS.items():
        receiver = _receiver(event)
        _kept.append(receiver)  # Django keeps weak references only
        signal.connect(receiver, dispatch_uid=f"kyodo:{event}")


def _receiver(event: str) -> Callable[..., None]:
    def receive(sender: Any, request: HttpRequest | None = None, user: Any = None, **facts: Any) -> None:
        # What comes from a single sign-on names the person inside of the identity.
        identity = facts.get("sociallogin") or facts.get("socialaccount")
        user = user or getattr(identity, "user", None)
        if request is None or user is None:
            return
        if event == "signed_in":
            request.session[actors.ENTRANCE_KEY] = actors.entrance_of(request).slug
        SIGN_IN_NOTES[event](by=actors.actor_of(request, user=user), at=clock.now())

    return receive

"""The step of signing in at which the region's policy is asked: django-allauth's own second step stands before it."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from django.http import HttpRequest

from kyodo.core.accounts.ways import way_of
from kyodo.core.entrances.rules import Way
from kyodo.core.factors import queries
from kyodo.core.factors.rules import Factor

# A recovery code stands in for the app or the passkey with which it was made.
STAND_INS = {"recovery_codes": frozenset({Factor.APP, Factor.PASSKEY})}


def given(request: HttpRequest, user: Any) -> frozenset[Factor]:
    """The second factors that somebody who is signing in has shown."""
    shown: set[Factor] = set()
    for one in get_authentication_records(request, user):
        if one.get("method") == "mfa":
            kind = str(one.get("type"))
            shown |= STAND_INS.get(kind) or {Factor(kind)}
    if way_of(request, user) in (Way.SINGLE_SIGN_ON, Way.HEADER):
        shown.add(Factor.SIGN_ON)
    return frozenset(shown)


class PolicyStage(LoginStage):  # type: ignore[misc]
    """Asks for a second factor where the policy does, or where the person was given a sheet."""

    key = "kyodo_factors"
    urlname = "second_factor"

    def handle(self) -> tuple[Any, bool]:
        """Go on where enough was shown; else to the page of the second factor."""
        user = self.login.user
        if user is None:
            return None, True
        policy = queries.policy_of(user.pk)
        is_asked = policy.is_required or (Factor.SHEET in policy.accepted and queries.in_use(user.pk).exists())
        if not is_asked or given(self.request, user) & policy.accepted:
            return None, True
        return headed_redirect_response("second_factor"), True

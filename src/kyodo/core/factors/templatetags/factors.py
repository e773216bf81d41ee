"""What the pages of sign-in show of second factors."""

from __future__ import annotations

from typing import Any

from django import template

from kyodo.core.factors import challenge
from kyodo.core.factors.rules import Factor

register = template.Library()


@register.simple_tag(takes_context=True)
def other_factors(context: dict[str, Any]) -> bool:
    """True if whoever is signing in could show a sheet's code or one by mail instead."""
    stage = challenge.stage_of(context["request"])
    if stage is None or stage.login.user is None:
        return False
    return bool({Factor.SHEET, Factor.MAIL} & challenge.offers(context["request"], stage.login.user))

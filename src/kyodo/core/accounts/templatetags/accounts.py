"""What the pages of sign-in show of things that are meant for machines."""

from __future__ import annotations

from django import template

from kyodo.core.accounts.rules import device_of

register = template.Library()

register.filter("device", device_of)


@register.filter
def in_fours(secret: str) -> str:
    """A long secret in groups of four, to be typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))

"""How needs are shown outside of their own lists."""

from __future__ import annotations

from django import template

from kyodo.modules.needs import lists
from kyodo.modules.needs.rules import State

register = template.Library()


@register.filter
def state_tag(state: State) -> str:
    """The state as a mark."""
    return lists.tag(state)

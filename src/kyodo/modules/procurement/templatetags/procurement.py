"""How cases are shown outside of their own lists."""

from __future__ import annotations

from django import template

from kyodo.modules.procurement.lists import cases
from kyodo.modules.procurement.rules.case import CaseState

register = template.Library()


@register.filter
def case_state(state: CaseState) -> str:
    """The step as a mark."""
    return cases.tag(state)

"""How cases are shown outside of their own lists."""

from __future__ import annotations

from django import template
from django.forms.boundfield import BoundField

from kyodo.modules.procurement.forms.survey import LABELS
from kyodo.modules.procurement.lists import cases
from kyodo.modules.procurement.rules.case import CaseState

register = template.Library()


@register.filter
def field_word(field: BoundField) -> str:
    """What a field of a survey's line is called, without the line."""
    return str(LABELS[field.name.partition("-")[0]])


@register.filter
def case_state(state: CaseState) -> str:
    """The step as a mark."""
    return cases.tag(state)

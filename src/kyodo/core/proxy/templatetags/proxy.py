"""The mark 「代行」 in templates: `{% load proxy %}` and `{{ row.by_proxy|proxy_mark }}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from kyodo.core.proxy import marks

register = template.Library()


@register.filter
def proxy_mark(state: str | None) -> SafeString:
    """The mark of a state; nothing for what the body entered itself."""
    return marks.tag(state)

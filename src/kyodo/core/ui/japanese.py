"""Marks what people wrote, and names, as Japanese: on English pages too they are read aloud as what they are."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def japanese(text: str | None) -> SafeString:
    """The text in an element of its language."""
    return format_html('<span lang="ja">{}</span>', text or "")

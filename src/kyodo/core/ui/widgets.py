"""Form widgets with the browser's own help: a date picker, a number pad. Nothing of it needs a script."""

from __future__ import annotations

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """A date, as the browser offers it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class WholeNumberInput(forms.TextInput):
    """A whole number: text with a number pad, since a spinner changes the figure when somebody scrolls over it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"inputmode": "numeric", "autocomplete": "off"} | (attrs or {}))

"""What forms share: tidied texts, choices in the reader's language, faults put where they belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext

from kyodo.core import plain_text
from kyodo.core.faults import Fault
from kyodo.core.ui.japanese import japanese


class TidyText(forms.CharField):
    """A text with its line breaks and ends tidied before anything is said about it."""

    def to_python(self, value: Any) -> str:
        """The tidied text; what can't be printed is refused in words by `rules.py`."""
        return plain_text.tidy(str(value)) if value is not None else ""

    def run_validators(self, value: Any) -> None:
        """Nothing here: `rules.py` says everything at once."""


class SelectOfNames(forms.Select):
    """A select of people or bodies: their names stay Japanese on every page, and are marked so."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option; the empty one is ours and translated."""
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"]["lang"] = "ja"
        return option


def tell(form: forms.Form, faults: Iterable[Fault]) -> None:
    """Put the faults that the rules found where the reader looks for them."""
    for fault in faults:
        form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.sentence))


def choices(words: Mapping[Any, str], *, only: Iterable[StrEnum] | None = None) -> list[tuple[str, str]]:
    """Choices in the language of whoever asks; with `only`, those of them."""
    return [(str(key), gettext(words[key])) for key in (words if only is None else only)]


def in_japanese(names: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Choices that are names or what people wrote: Japanese on every page, and marked so."""
    return [(key, japanese(name)) for key, name in names]

"""Filters that lists share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.utils.translation import gettext


class WordsFilter(django_filters.ChoiceFilter):  # type: ignore[misc]
    """Narrows to one of `words` (the value in the address: the word, to be translated); 「すべて」 comes first."""

    def __init__(self, *args: Any, words: Mapping[Any, str], **kwargs: Any) -> None:
        def choices() -> list[tuple[str, str]]:
            return [("", gettext("すべて")), *((str(key), gettext(word)) for key, word in words.items())]

        super().__init__(*args, choices=choices, empty_label=None, **kwargs)

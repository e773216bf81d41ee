"""Why a file is not taken."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext


class FileRefused(Exception):
    """The file can't be taken: `text` (a message id, filled in with `facts`) says why and what to do."""

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.text = text
        self.facts = facts

    def sentence(self) -> str:
        """The reason in the reader's language."""
        return gettext(self.text).format(**self.facts)

"""What an easy version may be. Pure."""

from __future__ import annotations

from kyodo.core import plain_text

LONGEST_TITLE = 100
LONGEST_TEXT = 10_000
LONGEST_PATH = 200
KIND = "easy_japanese.page"


def faults(*, title: str, text: str) -> dict[str, str]:
    """What can't be taken: the field's name → a sentence to translate."""
    found = {
        "title": plain_text.fault_of(title, longest=LONGEST_TITLE, shortest=2, one_line=True),
        "text": plain_text.fault_of(text, longest=LONGEST_TEXT, shortest=10),
    }
    return {field: fault for field, fault in found.items() if fault is not None}

"""Sentences as data: a Japanese template that is the message id, and the facts that fill it, in either language.

Without a compiled catalogue the Japanese is said: an explanation in the other language is better than none.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

CATALOGUE = Path(__file__).parent / "locale"

Fact = str | int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template marked with `_` of `kyodo.engines.words`, and its facts."""

    template: str
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def said(self, language: str = "ja") -> str:
        """The whole sentence; numbers with thousands separators."""
        template = self.template if language == "ja" else _catalogue(language).gettext(self.template)
        return template.format(**{name: _shown(fact) for name, fact in self.facts.items()})


def _shown(fact: Fact) -> str:
    return f"{fact:,}" if isinstance(fact, int) else fact


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", localedir=CATALOGUE, languages=[language], fallback=True)

"""Values that components take: what a view or a query hands to a template instead of loose dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise

Text = str | Promise


class Tone(StrEnum):
    """What a colour says. The words beside it say the same."""

    PLAIN = "plain"
    GO = "go"
    DONE = "done"
    WARN = "warn"
    ERROR = "error"


class StepState(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of `<c-steps>`: its name and one line (a date, what was promised)."""

    label: Text
    state: StepState
    note: Text = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A label with an address; `<c-crumbs>` shows the one without an address as the page itself."""

    label: Text
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of `<c-facts>`. `lang` marks what people wrote, so that an English page reads it aloud in Japanese."""

    term: Text
    detail: Text
    url: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of `<c-timeline>`: who, when (`at` for machines, `when` for people), what."""

    who: Text
    when: Text
    what: Text
    at: str = ""
    tag: Text = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a reader is in a list. With `is_capped` the count stops there (「10,000件以上」) and `pages` is unknown."""

    count: int
    number: int
    pages: int | None = None
    is_capped: bool = False
    first: int = 0
    last: int = 0
    previous_url: str = ""
    next_url: str = ""

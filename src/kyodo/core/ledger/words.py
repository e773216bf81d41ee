"""How subjects and fields of the record are called and where they are found; each part says so for its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kyodo.engines.words import _

_addresses: dict[str, Callable[[int], str]] = {}
_kinds: dict[str, str] = {}
_fields: dict[str, str] = {
    "who": _("だれが"),
    "subject": _("なにを"),
    "reason": _("理由"),
    "query": _("絞り込みの条件"),  # of core/lists, on which this package stands
}


def register_address(kind: str, address: Callable[[int], str]) -> None:
    """Say where subjects of a kind have their page."""
    _addresses[kind] = address


def register_kind(kind: str, word: str, address: Callable[[int], str]) -> None:
    """Say what subjects of a kind are called (marked for translation), so that the record can be asked about one."""
    _kinds[kind] = word
    register_address(kind, address)


def kinds() -> dict[str, str]:
    """The kinds that one can ask about, with their words."""
    return dict(_kinds)


def register_fields(words: Mapping[str, str]) -> None:
    """Say how fields are called, in texts marked for translation."""
    _fields.update(words)


def address_of(kind: str, subject: int | None) -> str:
    """The page of a subject; empty where it has none."""
    return _addresses[kind](subject) if subject is not None and kind in _addresses else ""


def word_of(field: str) -> str:
    """How a field is called; its own name where nobody said."""
    return _fields.get(field, field)

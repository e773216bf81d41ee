"""The arithmetic of the record, pure: canonical text, digests, the chain, and the proof that nothing was changed.

An entry's text is canonical JSON (keys sorted, no spaces, UTF-8 as it is). It names the digest of the entry before it,
and its own digest is the SHA-256 of the text; so whoever changes one text breaks every digest after it. The text holds
ids, field names and salted digests only. Old and new values lie beside it, each with its salt, and can be erased
without touching the chain: the digest stays, the value is gone.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

START: Final = "0" * 64

# Made once: json.dumps would make one for each of the values of each entry.
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))

Values = Mapping[str, Mapping[str, Any]]


def canonical(content: Any) -> str:
    """The one text of a JSON value."""
    return _encoder.encode(content)


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sealed(old: Any, new: Any) -> dict[str, Any]:
    """A value pair with a salt of its own (128 random bits), so that its digest betrays nothing once it is erased."""
    return {"salt": secrets.token_hex(16), "old": old, "new": new}


def digest_of_value(value: Mapping[str, Any]) -> str:
    """The digest that the entry keeps of a sealed value pair."""
    return digest(f"{value['salt']}{canonical([value['old'], value['new']])}")


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as it is stored; `columns` are what the table repeats from the text for filters and sorting."""

    sequence: int
    digest: str
    text: str
    columns: Mapping[str, Any] | None = None
    values: Values | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """The first entry that does not hold, and what about it. `code` is one of FAULTS."""

    sequence: int
    code: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found: how many entries hold, the digest of the last of them, and the first fault, if any."""

    entries: int
    head: str
    fault: Fault | None

    @property
    def holds(self) -> bool:
        """True when nothing was changed."""
        return self.fault is None


def fault_of(link: Link, *, expected: int, previous: str) -> str | None:
    """The code of what is wrong with one entry, given its place and the digest before it; None if it holds."""
    if link.sequence != expected:
        return "missing"
    if hashlib.sha256(link.text.encode("utf-8", "surrogatepass")).hexdigest() != link.digest:
        return "text"
    try:
        content = json.loads(link.text)
        if content["sequence"] != expected or content["previous"] != previous:
            return "chain"
        if link.columns is not None and any(content_of(content, name) != value for name, value in link.columns.items()):
            return "columns"
        if link.values:
            fields = content["fields"]
            for name, value in link.values.items():
                if digest_of_value(value) != fields.get(name):
                    return "value"
    except (KeyError, TypeError, ValueError, AttributeError):
        return "form"
    return None


def content_of(content: Mapping[str, Any], column: str) -> Any:
    """What the text says for a column of the table."""
    match column:
        case "subject_kind":
            return content["subject"]["kind"]
        case "subject_id":
            return content["subject"]["id"]
        case "actor_id":
            return content["actor"]["user"]
        case "organisation_id":
            return content["for"]
        case _:
            return content[column]


def verify(links: Iterable[Link]) -> Verdict:
    """Go through the record from its first entry and stop at the first that does not hold."""
    previous, count = START, 0
    for link in links:
        code = fault_of(link, expected=count + 1, previous=previous)
        if code:
            return Verdict(entries=count, head=previous, fault=Fault(sequence=count + 1, code=code))
        previous, count = link.digest, count + 1
    return Verdict(entries=count, head=previous, fault=None)

"""What modules let people find. Each registers its kinds in `apps.py`; the search knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.ui.parts import Text


@dataclass(frozen=True, slots=True)
class Found:
    """A subject, handed over to be found.

    `readers` are keys of the module's own choice (letters and digits); whoever holds one of them finds the document.
    `organisation` is the name that every one of these readers may see: empty where one of them may not.
    """

    subject_id: int
    title: str
    body: str
    organisation: str
    at: datetime
    readers: frozenset[str]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A kind of subject: its documents (of some numbers or all, the oldest first), who holds which keys, its pages."""

    kind: str
    label: Text
    documents: Callable[[Sequence[int] | None], Iterable[Found]]
    keys: Callable[[Actor], frozenset[str]]
    address: Callable[[int, Actor], str]

    def readers(self, keys: Iterable[str]) -> list[str]:
        """The keys as the index holds them: those of two kinds never meet."""
        own = "".join(sign for sign in self.kind if sign.isalnum())
        return sorted(f"{own}{key}" for key in keys)


_sources: dict[str, SearchSource] = {}


def register(source: SearchSource) -> None:
    """Let people find a kind of subject."""
    _sources[source.kind] = source


def sources() -> tuple[SearchSource, ...]:
    """All kinds, by name."""
    return tuple(_sources[kind] for kind in sorted(_sources))


def source(kind: str) -> SearchSource:
    """The source of a kind."""
    return _sources[kind]

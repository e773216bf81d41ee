"""Which public pages there are. A module registers where its own are found; nothing else is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Final

MOST: Final = 50_000  # what the sitemap protocol allows in one file


@dataclass(frozen=True, slots=True)
class PublicPage:
    """An address that needs no account, and when what it shows last changed."""

    path: str
    changed: datetime | None = None


_sources: list[Callable[[], Iterable[PublicPage]]] = []


def register(source: Callable[[], Iterable[PublicPage]]) -> None:
    """Let `source` name public pages, the most recent first."""
    _sources.append(source)


def public_pages() -> list[PublicPage]:
    """All of them, at most as many as fit."""
    return list(islice(chain([PublicPage("/")], *(source() for source in _sources)), MOST))

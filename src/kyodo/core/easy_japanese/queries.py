"""Reads of easy versions. None is shown of a page that is no longer public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.crawlers.pages import public_pages
from kyodo.core.easy_japanese.models import EasyPage
from kyodo.core.easy_japanese.permissions import Permission
from kyodo.core.easy_japanese.rules import KIND
from kyodo.core.publication import queries as publication


@dataclass(frozen=True, slots=True)
class EasyRow:
    """An easy version as pages show it."""

    id: int
    path: str
    title: str
    text: str
    number: int
    since: datetime


def shown() -> list[EasyRow]:
    """All easy versions of pages that are public today, by path."""
    found = dict(EasyPage.objects.filter(is_shown=True).values_list("path", "id"))
    if not found:
        return []
    public = {page.path for page in public_pages()}
    rows = [_row(number, path) for path, number in sorted(found.items()) if path in public]
    return [row for row in rows if row is not None]


def page(number: int) -> EasyRow | None:
    """One easy version; None where there is none (any more), or its page is not public (any more)."""
    path = EasyPage.objects.filter(pk=number, is_shown=True).values_list("path", flat=True).first()
    return _row(number, path) if path is not None and is_public(path) else None


def number_of(path: str) -> int | None:
    """The number of a page's easy version, without asking whether the page is public."""
    return EasyPage.objects.filter(path=path, is_shown=True).values_list("id", flat=True).first()


def of_path(path: str) -> EasyRow | None:
    """The present easy version of a page, for whoever writes the next."""
    number = number_of(path)
    return _row(number, path) if number is not None else None


def is_public(path: str) -> bool:
    """True if everybody may see the page at `path`."""
    return any(page.path == path for page in public_pages())


def without() -> list[str]:
    """The latest public pages that have no easy version yet."""
    written = set(EasyPage.objects.filter(is_shown=True).values_list("path", flat=True))
    return [page.path for page in public_pages() if page.path not in written][:20]


def held_by(actor: Actor) -> QuerySet[EasyPage]:
    """The easy versions that an actor may take back."""
    rows = EasyPage.objects.filter(is_shown=True)
    return rows if actor.may(Permission.WRITE) else rows.none()


def _row(number: int, path: str) -> EasyRow | None:
    version = publication.current(KIND, number)
    if version is None:
        return None
    told = version.content
    return EasyRow(number, path, told["title"], told["text"], version.number, version.published_at)

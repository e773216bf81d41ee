"""Reads of what is or was public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kyodo.core.publication.models import Publication


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: its content, and since and until when it was the public one."""

    number: int
    content: dict[str, Any]
    published_at: datetime
    replaced_at: datetime | None


def current(kind: str, subject: int) -> Version | None:
    """What is public now."""
    return _one(_versions(kind, subject).filter(replaced_at=None))


def numbered(kind: str, subject: int, number: int) -> Version | None:
    """A version by its number: what a lasting link leads to."""
    return _one(_versions(kind, subject).filter(number=number))


def as_of(kind: str, subject: int, moment: datetime) -> Version | None:
    """What was public at a moment."""
    then = Q(replaced_at=None) | Q(replaced_at__gt=moment)
    return _one(_versions(kind, subject).filter(then, published_at__lte=moment).order_by("-number"))


def versions(kind: str, subject: int) -> list[tuple[int, datetime, datetime | None]]:
    """Number, since and until of all versions that can be read."""
    return list(_versions(kind, subject).values_list("number", "published_at", "replaced_at"))


def _versions(kind: str, subject: int) -> QuerySet[Publication]:
    return Publication.objects.filter(kind=kind, subject_id=subject, is_withdrawn=False)


def _one(found: QuerySet[Publication]) -> Version | None:
    values = found.values_list("number", "content", "published_at", "replaced_at").first()
    return Version(*values) if values else None

"""Publishes and takes back, in the transaction of the act that makes something public: called inside an action."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kyodo.core.publication.models import Publication


def publish(*, kind: str, subject: int, content: Mapping[str, Any], at: datetime) -> int:
    """Make `content` (JSON values) the public version and return its number; nothing new leaves the old one."""
    versions = Publication.objects.filter(kind=kind, subject_id=subject)
    last = versions.order_by("-number").first()
    if last is not None and last.replaced_at is None:
        if last.content == content:
            return last.number
        versions.filter(pk=last.pk).update(replaced_at=at)
    number = last.number + 1 if last else 1
    Publication.objects.create(kind=kind, subject_id=subject, number=number, content=dict(content), published_at=at)
    return number


def withdraw(*, kind: str, subject: int, at: datetime) -> None:
    """Take all versions back: none is public any more, nor can an old one be read under its link."""
    versions = Publication.objects.filter(kind=kind, subject_id=subject, is_withdrawn=False)
    versions.filter(replaced_at=None).update(replaced_at=at)
    versions.update(is_withdrawn=True)

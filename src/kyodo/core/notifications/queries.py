"""Reads of one's own notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.notifications.models import MailChoice, Notice
from kyodo.core.notifications.permissions import Permission
from kyodo.core.notifications.rules import Mail

SHOWN = 200


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as its page shows it."""

    id: int
    text: SafeString
    at: datetime
    is_read: bool


def visible_to(actor: Actor) -> QuerySet[Notice]:
    """The person's own notices; of internal matters only inside."""
    own = Notice.objects.filter(user_id=actor.user_id or 0)
    return own if actor.may(Permission.INTERNAL) else own.filter(is_internal=False)


def of(actor: Actor) -> list[NoticeRow]:
    """The latest notices of the person, the newest first."""
    found = visible_to(actor).values_list("id", "sentence", "facts", "words", "at", "read_at")
    return [
        NoticeRow(number, as_html(sentence, facts, words), at, read_at is not None)
        for number, sentence, facts, words, at, read_at in found[:SHOWN]
    ]


def unread_count(actor: Actor) -> int:
    """How many notices wait to be read."""
    return visible_to(actor).filter(read_at=None).count()


def mail_choice(user_id: int | None) -> Mail:
    """How the person wants mail."""
    chosen = MailChoice.objects.filter(user_id=user_id or 0).values_list("mail", flat=True).first()
    return Mail(chosen) if chosen else Mail.DAILY


def as_html(sentence: str, facts: Mapping[str, Any], words: Mapping[str, str]) -> SafeString:
    """The sentence in the reader's language; what people wrote or are called stays Japanese, and is marked so."""
    marked = {name: format_html('<span lang="ja">{}</span>', value) for name, value in facts.items()}
    return format_html(gettext(sentence), **marked, **_translated(words))


def as_text(sentence: str, facts: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """The sentence for a mail."""
    return gettext(sentence).format(**facts, **_translated(words))


def _translated(words: Mapping[str, str]) -> dict[str, str]:
    return {name: gettext(text) for name, text in words.items()}

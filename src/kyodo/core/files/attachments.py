"""Binds kept files to what they belong to, inside the transaction of an action; and tells what is attached."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.files import owners, store
from kyodo.core.files.models import Attachment
from kyodo.core.files.store import Kept


class FileGone(Exception):
    """The content is not there any more: it was handed in more than a week before, and has to be again."""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """An attachment as pages list it; `url` gives it out."""

    id: int
    name: str
    size: int
    media_type: str
    digest: str
    attached_at: datetime

    @property
    def url(self) -> str:
        """Its address, which ends with its name."""
        from django.urls import reverse

        return reverse("files:file", args=[self.id, self.name])


ROW_FIELDS = tuple(AttachmentRow.__dataclass_fields__)


def attach(kept: Kept, *, kind: str, subject: int, organisation: int | None, by: Actor, at: datetime) -> AttachmentRow:
    """Attach a kept file to `subject` of a registered `kind`. Call it inside an action, whose entry names it."""
    if not owners.is_known(kind):
        raise LookupError(f"nobody says who may read files of {kind}")
    if not store.path_of(kept.digest).is_file():
        raise FileGone(kept.name)
    row = Attachment.objects.create(
        digest=kept.digest,
        size=kept.size,
        media_type=kept.media_type,
        name=kept.name,
        kind=kind,
        subject=subject,
        organisation_id=organisation,
        attached_by_id=by.user_id,
        attached_at=at,
    )
    return AttachmentRow(row.pk, row.name, row.size, row.media_type, row.digest, row.attached_at)


def recorded(kept: Iterable[Kept]) -> list[dict[str, Any]]:
    """Kept files as JSON values for the entry of the action that attaches them."""
    return [{"name": one.name, "digest": one.digest, "size": one.size} for one in kept]


def of(kind: str, subjects: Iterable[int]) -> dict[int, list[AttachmentRow]]:
    """The attachments of many things in one query; a thing without any is not in it."""
    found: dict[int, list[AttachmentRow]] = defaultdict(list)
    rows = Attachment.objects.filter(kind=kind, subject__in=list(subjects)).values_list("subject", *ROW_FIELDS)
    for subject, *values in rows:
        found[subject].append(AttachmentRow(*values))
    return dict(found)


def readable(attachment_id: int, *, actor: Actor) -> AttachmentRow | None:
    """An attachment whose owner lets the actor read it; None also where there is no such attachment."""
    row = Attachment.objects.filter(pk=attachment_id).values_list("kind", "subject", *ROW_FIELDS).first()
    if row is None:
        return None
    kind, subject, *values = row
    return AttachmentRow(*values) if owners.may_read(actor, kind=kind, subject=subject) else None

"""Reads of threads, as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.files import attachments
from kyodo.core.files.attachments import AttachmentRow
from kyodo.core.threads.models import Post, PostVersion
from kyodo.core.threads.subjects import Subject, find

FILES = "threads.post"
ROW = ("id", "organisation_id", "user_id", "who", "at", "text", "is_internal", "edited_at", "withdrawn_at")


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as pages show it. `who` is empty where the body asked not to be named; a withdrawn post has no text."""

    id: int
    organisation_id: int | None
    who: str
    at: datetime
    text: str
    is_internal: bool
    edited_at: datetime | None
    is_withdrawn: bool
    may_change: bool
    files: tuple[AttachmentRow, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """What a post said until a moment."""

    text: str
    until: datetime


def visible_in(subject: Subject) -> QuerySet[Post]:
    """The posts about a subject that the one who found it may read."""
    posts = Post.objects.filter(kind=subject.kind, subject_id=subject.id)
    return posts if subject.sees_notes else posts.filter(is_internal=False)


def held_by(actor: Actor) -> QuerySet[Post]:
    """The posts that an actor wrote and did not withdraw: the only ones that they may change."""
    return Post.objects.filter(
        user_id=actor.user_id or 0, organisation_id=actor.organisation_id or 0, withdrawn_at=None
    )


def posts(subject: Subject, *, actor: Actor) -> list[PostRow]:
    """All posts about a subject, the oldest first, in two queries."""
    found = list(visible_in(subject).values_list(*ROW))
    files = attachments.of(FILES, [row[0] for row in found]) if found else {}
    made = []
    for number, organisation, user, who, at, text, is_internal, edited_at, withdrawn_at in found:
        is_masked = organisation == subject.unnamed
        is_own = user is not None and user == actor.user_id and organisation == actor.organisation_id
        made.append(
            PostRow(
                id=number,
                organisation_id=None if is_masked else organisation,
                who="" if is_masked else who,
                at=at,
                text="" if withdrawn_at else text,
                is_internal=is_internal,
                edited_at=edited_at,
                is_withdrawn=withdrawn_at is not None,
                may_change=is_own and withdrawn_at is None and subject.may_write,
                files=() if withdrawn_at else tuple(files.get(number, ())),
            )
        )
    return made


def subject_of(post_id: int, *, actor: Actor) -> Subject | None:
    """What a post is about, where the actor may read the post."""
    told = Post.objects.filter(pk=post_id).values_list("kind", "subject_id").first()
    subject = find(told[0], told[1], actor=actor) if told else None
    if subject is None or not visible_in(subject).filter(pk=post_id).exists():
        return None
    return subject


def may_read_files(actor: Actor, post_id: int) -> bool:
    """True if the files of a post are there for the actor: as the post is, unless it was withdrawn."""
    return subject_of(post_id, actor=actor) is not None and Post.objects.filter(pk=post_id, withdrawn_at=None).exists()


def history(post_id: int) -> list[VersionRow]:
    """What a post said before, the oldest first; nothing of one that was withdrawn: that is why it was."""
    versions = PostVersion.objects.filter(post_id=post_id, post__withdrawn_at=None)
    return [VersionRow(*values) for values in versions.values_list("text", "until")]

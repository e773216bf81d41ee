"""Writes in threads: post, change, withdraw. What a post said before is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.files import attachments
from kyodo.core.files.store import Kept
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.core.organisations.queries import names
from kyodo.core.threads import rules
from kyodo.core.threads.models import Post, PostVersion
from kyodo.core.threads.queries import FILES
from kyodo.core.threads.subjects import Subject
from kyodo.engines.words import _


class PostRefused(Exception):
    """A post can't be taken; `sentence` says why, to be translated."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class PostChanged(Exception):
    """The post was changed or withdrawn since it was read."""


@action("threads.posted", _("{who}が {subject} に書き込みました。"))
def write_post(
    *, subject: Subject, text: str, is_internal: bool, files: Sequence[Kept] = (), by: Actor, at: datetime
) -> int:
    """Write about a subject; those who follow it, and bodies that the text mentions, are told."""
    assert subject.may_write, "the view asks first"
    assert by.organisation_id is not None, "only members of a body write"
    assert not is_internal or subject.sees_notes, "the form offers it to those only who read it"
    _check(text)
    post = Post.objects.create(
        kind=subject.kind,
        subject_id=subject.id,
        organisation_id=by.organisation_id,
        user_id=by.user_id,
        who=by.label,
        at=at,
        text=text,
        is_internal=is_internal,
    )
    for file in files:
        attachments.attach(file, kind=FILES, subject=post.pk, organisation=by.organisation_id, by=by, at=at)
    _tell(subject, post, by=by, at=at)
    _sign(subject, by, changed={"text": (None, text), "files": (None, attachments.recorded(files))})
    return post.pk


@action("threads.post_changed", _("{who}が {subject} への書き込みを直しました。"))
def change_post(*, subject: Subject, post: Post, before: str, text: str, by: Actor, at: datetime) -> None:
    """Change what a post says from `before`, which its writer has seen; that stays in its history."""
    _check(text)
    same = Post.objects.filter(pk=post.pk, text=before, withdrawn_at=None)
    if not same.update(text=text, edited_at=at):
        raise PostChanged
    PostVersion.objects.create(post=post, text=before, until=at)
    _sign(subject, by, changed={"text": (before, text)})


@action("threads.post_withdrawn", _("{who}が {subject} への書き込みを取り消しました。"))
def withdraw_post(*, subject: Subject, post: Post, by: Actor, at: datetime) -> None:
    """Take a post back: nobody reads it any more, that there was one stays to be seen."""
    if not Post.objects.filter(pk=post.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise PostChanged
    _sign(subject, by, changed={"text": (post.text, None)})


def _check(text: str) -> None:
    fault = rules.fault_of_text(text)
    if fault:
        raise PostRefused(fault)


def _tell(subject: Subject, post: Post, *, by: Actor, at: datetime) -> None:
    address = f"{subject.address}#post-{post.pk}"
    named = {name: number for number, name in names().items()} if any(mark in post.text for mark in rules.AT) else {}
    called = subject.members(rules.mentioned(post.text, named)) if not post.is_internal else set()
    facts = {"who": by.label, "subject": subject.label}
    if subject.is_unnamed:
        called_words, words = (
            _("相談した団体（団体名は非公開）が、{subject} であなたの団体に呼びかけました。"),
            _("相談した団体（団体名は非公開）が、{subject} に書き込みました。"),
        )
        del facts["who"]
    else:
        called_words = _("{who}が、{subject} であなたの団体に呼びかけました。")
        words = _("{who}が、{subject} に書き込みました。")
    about = About(subject.kind, subject.id, post.is_internal)
    others = subject.followers(post.is_internal) - called
    for people, sentence in ((called, called_words), (others, words)):
        tell(people, about=about, sentence=sentence, facts=facts, address=address, by=by, at=at)


def _sign(subject: Subject, by: Actor, *, changed: dict[str, tuple[Any, Any]]) -> None:
    record(kind=subject.kind, subject=subject.id, label=subject.label, organisation=by.organisation_id, changed=changed)

"""Invite people by mail, by a letter with a password for once, and let them in by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.core.accounts.models import User
from kyodo.core.audit.record import action, record
from kyodo.core.directory import tasks
from kyodo.core.directory.models import Invitation
from kyodo.core.directory.rules import INVITATION_HOLDS
from kyodo.core.jobs.actions import start
from kyodo.engines.words import _

KIND = "accounts.user"


class InvitationGone(Exception):
    """The invitation was used, is too old, or was sent again."""


@action("directory.people_invited", _("{who}が {subject} に招待を送りました。"))
def invite(*, people: Mapping[int, int], by: Actor, at: datetime) -> list[int]:
    """Invite accounts (user → organisation), or invite them again; mails go out in the background.

    An invitation holds two weeks, and ends when its person signs in for the first time or is invited again.
    """
    made = []
    for user, organisation in people.items():
        row, _is_new = Invitation.objects.update_or_create(
            user_id=user,
            defaults={
                "organisation_id": organisation,
                "digest": "",
                "asked_at": at,
                "expires_at": at + INVITATION_HOLDS,
                "mailed_at": None,
                "refused": "",
                "letter_at": None,
                "opened_at": None,
                "accepted_at": None,
            },
        )
        made.append(row.pk)
    start(tasks.send_invitations, by=by, at=at, ids=made)
    bodies = set(people.values())
    record(
        kind=KIND,
        subject=next(iter(people)) if len(people) == 1 else None,
        label=gettext("{n}名").format(n=len(people)),
        organisation=bodies.pop() if len(bodies) == 1 else by.organisation_id,
        changed={"invited": (None, sorted(people))},
    )
    return made


@action("directory.letters_printed", _("{who}が {subject} の利用案内（一回だけのパスワード）を印刷しました。"))
def print_letters(*, invitations: Sequence[Invitation], hashes: Sequence[str], by: Actor, at: datetime) -> None:
    """Give each a password for once, whose hash was made before; a link that was mailed to them is void from now on."""
    for invitation, password in zip(invitations, hashes, strict=True):
        User.objects.filter(pk=invitation.user_id, last_login=None).update(password=password)
        Invitation.objects.filter(pk=invitation.pk).update(letter_at=at, digest="")
    record(
        kind=KIND,
        subject=invitations[0].user_id if len(invitations) == 1 else None,
        label=gettext("{n}名").format(n=len(invitations)),
        organisation=by.organisation_id,
        changed={"letters": (None, sorted(one.user_id for one in invitations))},
    )


@action("directory.invitation_accepted", _("{who}が招待を受けて、パスワードを決めました。"))
def accept(*, invitation: Invitation, password: str, by: Actor, at: datetime) -> None:
    """Set the first password, given as its hash, by an invitation: once."""
    waiting = Invitation.objects.filter(
        pk=invitation.pk, digest=invitation.digest, accepted_at=None, expires_at__gt=at
    ).exclude(digest="")
    if not waiting.update(accepted_at=at):
        raise InvitationGone
    if not User.objects.filter(pk=invitation.user_id, is_active=True, last_login=None).update(password=password):
        raise InvitationGone
    record(
        kind=KIND,
        subject=invitation.user_id,
        label=invitation.user.username,
        organisation=invitation.organisation_id,
    )


def note_opened(invitation: Invitation, *, at: datetime) -> None:
    """The link was opened: to have looked is no act, and leaves no entry."""
    Invitation.objects.filter(pk=invitation.pk, opened_at=None).update(opened_at=at)

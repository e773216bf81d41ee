"""What core holds about people: account, roles, duties, keys, sessions, notices, saved filters, acts in the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from kyodo.core.accounts.models import ApiToken, Membership, User
from kyodo.core.audit.models import Entry
from kyodo.core.directory.models import Invitation
from kyodo.core.duties.models import DutyHolding
from kyodo.core.factors.models import CodeSheet, MailCode, SheetCode
from kyodo.core.lists.models import SavedFilter
from kyodo.core.mail.models import OutgoingMail
from kyodo.core.notifications.models import MailChoice, Notice
from kyodo.core.personal.parts import Part


def _rows(rows: QuerySet[Any], *fields: str) -> list[dict[str, Any]]:
    return [{key: _plain(value) for key, value in row.items()} for row in rows.order_by("pk").values(*fields)]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def parts() -> Iterator[Part]:
    """Each place, once."""
    yield from kept_parts()
    yield from erasable_parts()


def kept_parts() -> Iterator[Part]:
    """What is part of a body's records; the account itself loses its name (actions.erase)."""
    yield Part(
        "account",
        lambda user: _rows(
            User.objects.filter(pk=user), "username", "display_name", "email", "language", "created_at", "last_login"
        ),
    )
    yield Part(
        "roles",
        lambda user: _rows(
            Membership.objects.filter(user_id=user), "organisation__name", "role", "valid_from", "valid_until"
        ),
    )
    yield Part(
        "duties",
        lambda user: _rows(
            DutyHolding.objects.filter(user_id=user),
            "duty__organisation__name",
            "duty__name",
            "valid_from",
            "valid_until",
        ),
    )
    yield Part(
        "tokens",
        lambda user: _rows(ApiToken.objects.filter(user_id=user), "name", "hint", "created_at", "revoked_at"),
    )
    # What somebody did for a body belongs to its records; it goes with them, when their time is over.
    yield Part(
        "acts", lambda user: _rows(Entry.objects.filter(actor_id=user), "at", "action", "subject_kind", "subject_id")
    )


def erasable_parts() -> Iterator[Part]:
    """What goes with the person."""
    yield Part(
        "second_factors",
        lambda user: _rows(Authenticator.objects.filter(user_id=user), "type", "created_at", "last_used_at"),
        lambda user: _gone(Authenticator.objects.filter(user_id=user)),
    )
    yield Part(
        "identities",
        lambda user: _rows(SocialAccount.objects.filter(user_id=user), "provider", "uid", "date_joined"),
        lambda user: _gone(SocialAccount.objects.filter(user_id=user)),
    )
    yield Part(
        "sessions",
        lambda user: _rows(UserSession.objects.filter(user_id=user), "ip", "user_agent", "created_at", "last_seen_at"),
        lambda user: _gone(UserSession.objects.filter(user_id=user)),
    )
    yield Part(
        "notices",
        lambda user: _rows(Notice.objects.filter(user_id=user), "sentence", "facts", "at", "read_at"),
        lambda user: _gone(Notice.objects.filter(user_id=user)),
    )
    yield Part(
        "mail",
        lambda user: _rows(MailChoice.objects.filter(user_id=user), "mail"),
        lambda user: _gone(MailChoice.objects.filter(user_id=user)),
    )
    yield Part(
        "outgoing_mail",
        lambda user: _rows(OutgoingMail.objects.filter(user_id=user), "address", "subject", "queued_at", "sent_at"),
        _forget_mail,
    )
    yield Part(
        "code_sheets",
        lambda user: _rows(CodeSheet.objects.filter(user_id=user), "issued_at", "ended_at"),
        _forget_codes,
    )
    yield Part(
        "invitations",
        lambda user: _rows(Invitation.objects.filter(user_id=user), "asked_at", "mailed_at", "accepted_at"),
        lambda user: _gone(Invitation.objects.filter(user_id=user)),
    )
    yield Part(
        "saved_filters",
        lambda user: _rows(SavedFilter.objects.filter(user_id=user), "listing", "name", "query"),
        lambda user: _gone(SavedFilter.objects.filter(user_id=user)),
    )


def _forget_mail(user: int) -> None:
    OutgoingMail.objects.filter(user_id=user).update(address="", subject="", text="", said="")


def _forget_codes(user: int) -> None:
    SheetCode.objects.filter(sheet__user_id=user).delete()
    CodeSheet.objects.filter(user_id=user).delete()
    MailCode.objects.filter(user_id=user).delete()


def _gone(rows: QuerySet[Any]) -> None:
    rows.delete()

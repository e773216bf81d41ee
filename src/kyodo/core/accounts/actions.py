"""What is done to accounts, each act with its entry in the record."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts.actors import digest_of
from kyodo.core.accounts.models import ApiToken, Membership, User
from kyodo.core.audit.record import action, record
from kyodo.core.duties.models import Duty, DutyHolding
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _

KIND = "accounts.user"
TOKEN_DAYS = 365


class AccountRefused(Exception):
    """The account can't be made as asked; `reasons` are texts for the person who asked."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@action("accounts.user_created", _("{who}が利用者 {subject} を登録しました。"))
def create_user(*, username: str, display_name: str, email: str, password: str | None, by: Actor, at: datetime) -> User:
    """Make an account; without a password nobody can sign in to it by password."""
    user = User(username=username.lower(), display_name=display_name, email=email, created_at=at)
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as refusal:
        raise AccountRefused(list(refusal.messages)) from refusal
    user.save()
    record(
        kind=KIND,
        subject=user.pk,
        label=username,
        organisation=None,
        changed={"username": (None, username), "display_name": (None, display_name), "email": (None, email)},
    )
    return user


@action("accounts.role_granted", _("{who}が利用者 {subject} に役割を与えました。"))
def grant_role(
    *, user: User, organisation: Organisation, role: Role, valid_from: date, by: Actor, at: datetime
) -> Membership:
    """Give a person a role in an organisation from a day on."""
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=valid_from)
    record(
        kind=KIND,
        subject=user.pk,
        label=user.username,
        organisation=organisation.pk,
        changed={"role": (None, role), "valid_from": (None, valid_from.isoformat())},
    )
    return membership


@action("accounts.role_ended", _("{who}が利用者 {subject} の役割を終わらせました。"))
def end_role(*, membership: Membership, valid_until: date, by: Actor, at: datetime) -> None:
    """End a role with a day (inclusive)."""
    membership.valid_until = valid_until
    membership.save(update_fields=["valid_until"])
    record(
        kind=KIND,
        subject=membership.user_id,
        label=membership.user.username,
        organisation=membership.organisation_id,
        changed={"role": (membership.role, membership.role), "valid_until": (None, valid_until.isoformat())},
    )


@action("accounts.duty_given", _("{who}が利用者 {subject} に担当を割り当てました。"))
def give_duty(*, user: User, duty: Duty, valid_from: date, by: Actor, at: datetime) -> DutyHolding:
    """Let a person hold a duty from a day on."""
    holding = DutyHolding.objects.create(user=user, duty=duty, valid_from=valid_from)
    record(
        kind=KIND,
        subject=user.pk,
        label=user.username,
        organisation=duty.organisation_id,
        changed={"duty": (None, duty.name), "valid_from": (None, valid_from.isoformat())},
    )
    return holding


@action("accounts.token_issued", _("{who}がAPIトークン {subject} を発行しました。"))
def issue_token(
    *, user: User, organisation: Organisation, name: str, may_write: bool, by: Actor, at: datetime
) -> tuple[ApiToken, str]:
    """Make a token for a person in an organisation; its secret is shown once and kept nowhere."""
    secret = f"kyodo_{secrets.token_urlsafe(32)}"
    token = ApiToken.objects.create(
        user=user,
        organisation=organisation,
        name=name,
        digest=digest_of(secret),
        hint=secret[:10],
        may_write=may_write,
        created_at=at,
        expires_at=at + timedelta(days=TOKEN_DAYS),
    )
    record(
        kind="accounts.token",
        subject=token.pk,
        label=name,
        organisation=organisation.pk,
        changed={"user": (None, user.username), "may_write": (None, may_write)},
    )
    return token, secret


@action("accounts.token_revoked", _("{who}がAPIトークン {subject} を無効にしました。"))
def revoke_token(*, token: ApiToken, by: Actor, at: datetime) -> None:
    """Make a token useless from now on."""
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(
        kind="accounts.token",
        subject=token.pk,
        label=token.name,
        organisation=token.organisation_id,
        changed={"revoked_at": (None, at.isoformat())},
    )


def _note(*, by: Actor, at: datetime) -> None:
    record(kind=KIND, subject=by.user_id, label=by.label, organisation=by.organisation_id)


# What a person did to the own sign-in, one action each: all of it happens inside django-allauth.
SIGN_IN_NOTES: dict[str, Callable[..., None]] = {
    event: action(f"accounts.{event}", sentence)(_note)
    for event, sentence in {
        "signed_in": _("{who}がサインインしました。"),
        "signed_out": _("{who}がサインアウトしました。"),
        "password_changed": _("{who}がパスワードを変更しました。"),
        "password_reset": _("{who}がパスワードを再設定しました。"),
        "factor_added": _("{who}が二要素認証を追加しました。"),
        "factor_removed": _("{who}が二要素認証を削除しました。"),
        "recovery_codes_renewed": _("{who}が回復コードを再発行しました。"),
    }.items()
}

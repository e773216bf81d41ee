"""What is done to accounts, each act with its entry in the record."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts.actors import digest_of
from kyodo.core.accounts.models import ApiToken, Membership, User
from kyodo.core.accounts.rules import device_of, one_time_password
from kyodo.core.audit.record import action, record
from kyodo.core.duties.actions import create_duty
from kyodo.core.duties.models import Duty, DutyHolding
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _

TAKEN = _("この利用者名は使われています。ほかの名前にしてください。")
LAST_OPERATOR = _("ほかに有効な運用管理者がいません。先に別の方を運用管理者にしてください。")

KIND = "accounts.user"
TOKEN_DAYS = 365


class AccountRefused(Exception):
    """What was asked of an account can't be done; `reasons` are texts for the person who asked, to translate."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@action("accounts.user_created", _("{who}が利用者 {subject} を登録しました。"))
def create_user(*, username: str, display_name: str, email: str, password: str | None, by: Actor, at: datetime) -> User:
    """Make an account; without a password nobody can sign in to it by password."""
    user = User(username=username.lower(), display_name=display_name, email=email, created_at=at)
    user.set_password(password)
    if User.objects.filter(username=user.username).exists():
        raise AccountRefused([TAKEN])
    try:
        user.full_clean(validate_unique=False, validate_constraints=False)
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


@action("accounts.person_added", _("{who}が{subject}を職員として登録しました。"))
def add_person(
    *,
    username: str,
    display_name: str,
    email: str,
    password: str | None,
    organisation: Organisation,
    role: Role,
    duty: str,
    valid_from: date,
    by: Actor,
    at: datetime,
) -> User:
    """Make an account together with the person's part in a body."""
    user = create_user(username=username, display_name=display_name, email=email, password=password, by=by, at=at)
    grant_role(user=user, organisation=organisation, role=role, valid_from=valid_from, duty=duty, by=by, at=at)
    record(kind=KIND, subject=user.pk, label=display_name, organisation=organisation.pk)
    return user


@action("accounts.email_changed", _("{who}が利用者 {subject} のメールアドレスを変えました。"))
def change_email(*, user: User, email: str, by: Actor, at: datetime) -> None:
    """Send mails for a person to another address from now on; empty for none."""
    before, user.email = user.email, email
    user.save(update_fields=["email"])
    record(kind=KIND, subject=user.pk, label=user.username, organisation=None, changed={"email": (before, email)})


@action("accounts.user_deactivated", _("{who}が利用者 {subject} の利用を停止しました。"))
def deactivate_user(*, user: User, by: Actor, at: datetime) -> None:
    """Let nobody in with this account from now on; what it did stays."""
    if user.pk == by.user_id:
        raise AccountRefused([_("自分のアカウントは停止できません。ほかの運用管理者に頼んでください。")])
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(kind=KIND, subject=user.pk, label=user.username, organisation=None, changed={"is_active": (True, False)})


@action("accounts.user_reactivated", _("{who}が利用者 {subject} の利用を再開しました。"))
def reactivate_user(*, user: User, by: Actor, at: datetime) -> None:
    """Let the person in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(kind=KIND, subject=user.pk, label=user.username, organisation=None, changed={"is_active": (False, True)})


@action("accounts.password_given", _("{who}が利用者 {subject} に新しいパスワードを発行しました。"))
def give_password(*, user: User, by: Actor, at: datetime) -> str:
    """A new random password, shown once; all sessions of the person end with the old one."""
    password = one_time_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    record(kind=KIND, subject=user.pk, label=user.username, organisation=None)
    return password


@action("accounts.factors_removed", _("{who}が利用者 {subject} の二要素認証をすべて外しました。"))
def remove_factors(*, user: User, by: Actor, at: datetime) -> None:
    """Take all second factors off an account whose owner lost them."""
    factors = Authenticator.objects.filter(user_id=user.pk)
    types = sorted(factors.values_list("type", flat=True))
    factors.delete()
    record(kind=KIND, subject=user.pk, label=user.username, organisation=None, changed={"factors": (types, [])})


@action("accounts.language_chosen", _("{who}が表示する言語を選びました。"))
def choose_language(*, user: User, language: str, by: Actor, at: datetime) -> None:
    """Keep the language in which a person reads, on whatever machine."""
    before, user.language = user.language, language
    user.save(update_fields=["language"])
    record(
        kind=KIND,
        subject=user.pk,
        label=user.username,
        organisation=by.organisation_id,
        changed={"language": (before, language)},
    )


@action("accounts.session_ended", _("{who}がほかの端末のサインインを終わらせました。"))
def end_session(*, session: Any, by: Actor, at: datetime) -> None:
    """Sign another browser of the same person out."""
    device = device_of(session.user_agent)
    session.end()
    record(
        kind=KIND,
        subject=session.user_id,
        label=by.label,
        organisation=by.organisation_id,
        changed={"device": (device, None)},
    )


@action("accounts.role_granted", _("{who}が利用者 {subject} に役割を与えました。"))
def grant_role(
    *,
    user: User,
    organisation: Organisation,
    role: Role,
    valid_from: date,
    duty: str = "",
    by: Actor,
    at: datetime,
) -> Membership:
    """Give a person a role in an organisation from a day on, and where it is named, the duty they hold there."""
    held = Membership.objects.filter(user=user, organisation=organisation, role=role)
    if held.exclude(valid_until__lt=valid_from).exists():
        raise AccountRefused([_("この団体でのこの役割は、その日にはすでに付いています。")])
    membership = Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=valid_from)
    record(
        kind=KIND,
        subject=user.pk,
        label=user.username,
        organisation=organisation.pk,
        changed={"role": (None, role), "valid_from": (None, valid_from.isoformat())},
    )
    if duty:
        place = Duty.objects.filter(organisation=organisation, name=duty).first()
        place = place or create_duty(organisation=organisation, name=duty, by=by, at=at)
        give_duty(user=user, duty=place, valid_from=valid_from, by=by, at=at)
    return membership


@action("accounts.role_ended", _("{who}が利用者 {subject} の役割を終わらせました。"))
def end_role(*, membership: Membership, valid_until: date, by: Actor, at: datetime) -> None:
    """End a role with a day (inclusive)."""
    if valid_until < membership.valid_from:
        raise AccountRefused([_("終わりの日は、始まりの日より前にできません。")])
    if membership.role == Role.OPERATOR and not other_operators(membership, valid_until):
        raise AccountRefused([LAST_OPERATOR])
    before, membership.valid_until = membership.valid_until, valid_until
    membership.save(update_fields=["valid_until"])
    record(
        kind=KIND,
        subject=membership.user_id,
        label=membership.user.username,
        organisation=membership.organisation_id,
        changed={
            "role": (membership.role, membership.role),
            "valid_until": (before.isoformat() if before else None, valid_until.isoformat()),
        },
    )


def other_operators(membership: Membership, valid_until: date) -> bool:
    """True if somebody else can still look after people when this role is over."""
    others = Membership.objects.on(valid_until + timedelta(days=1)).exclude(pk=membership.pk)
    return others.filter(role=Role.OPERATOR, user__is_active=True).exists()


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


@action("accounts.header_refused", _("知らない機械 {subject} が庁内の認証の名前を送り、拒まれました（{who}）。"))
def note_refused_header(*, peer: str, by: Actor, at: datetime) -> None:
    """Note that a machine that may not has said who somebody is."""
    record(kind=KIND, subject=None, label=peer, organisation=None)


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
        "identity_connected": _("{who}が団体のシングルサインオンとつながりました。"),
        "identity_removed": _("{who}が団体のシングルサインオンとのつながりを外しました。"),
    }.items()
}

"""What is done to second factors: sheets are issued, used, blocked; codes are mailed; the policy is set."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum

from django.db import IntegrityError, transaction
from django.db.models import F

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import User
from kyodo.core.audit.record import action, record
from kyodo.core.factors import digests, queries, rules
from kyodo.core.factors.models import CodeSheet, MailCode, RolePolicy, SheetCode
from kyodo.core.factors.rules import Policy
from kyodo.engines.words import _

KIND = "accounts.user"
MEANWHILE = _("ほかの人が、先にコード表を発行したか止めました。いまの状態を確かめてください。")
OWN_LOCK = _("あなた自身が使える確認の方法がないため、運用管理者に必須とすると入れなくなります。先に登録してください。")


class FactorRefused(Exception):
    """It can't be done; `sentence` says why, to be translated."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Outcome(Enum):
    """What came of a code that somebody gave."""

    RIGHT = "right"
    WRONG = "wrong"
    REUSED = "reused"  # of the sheet, used before
    OVER = "over"  # of the mail: too old, tried too often, or used


@action("factors.sheet_issued", _("{who}が {subject} のコード表を発行しました。"))
def issue_sheet(*, user: User, seen: int | None, by: Actor, at: datetime) -> list[str]:
    """A new sheet for a person, and the end of the old one; its codes in order, shown once and kept nowhere.

    `seen` is the sheet in use that its issuer saw: of two at once, the second would end what the first prints.
    """
    before = queries.in_use(user.pk).values_list("pk", flat=True).first()
    if before != seen:
        raise FactorRefused(MEANWHILE)
    if before is not None and not queries.in_use(user.pk).filter(pk=before).update(ended_at=at):
        raise FactorRefused(MEANWHILE)
    try:
        with transaction.atomic():
            sheet = CodeSheet.objects.create(user=user, issued_at=at)
    except IntegrityError as other:
        raise FactorRefused(MEANWHILE) from other
    codes = [rules.digits(rules.SHEET_DIGITS) for _number in range(rules.SHEET_SIZE)]
    SheetCode.objects.bulk_create(
        SheetCode(sheet=sheet, number=number, digest=digests.of_sheet(sheet.pk, number, code))
        for number, code in enumerate(codes, start=1)
    )
    _sign(user, by, sheet=(before, sheet.pk))
    return codes


@action("factors.sheet_blocked", _("{who}が {subject} のコード表を止めました。"))
def block_sheet(*, user: User, seen: int, by: Actor, at: datetime) -> None:
    """Let nobody in with a sheet any more."""
    if not queries.in_use(user.pk).filter(pk=seen).update(ended_at=at):
        raise FactorRefused(MEANWHILE)
    _sign(user, by, sheet=(seen, None))


def answer_from_sheet(*, user: User, text: str, by: Actor, at: datetime) -> Outcome:
    """Take the code that the sheet in use is asked for: once, whoever is quicker.

    A code that was used before leaves an entry, since whoever has it may have a copy of the sheet.
    """
    sheet = queries.in_use(user.pk).first()
    code = rules.read(text)
    if sheet is None or not code:
        return Outcome.WRONG
    fits = next((one for one in sheet.codes.all() if digests.same(one.digest, _digest(one, code))), None)
    if fits is None:
        return Outcome.WRONG
    asked = sheet.codes.filter(used_at=None).values_list("number", flat=True).first()
    if fits.used_at is None and fits.number == asked:
        try:
            use_code(code=fits, user=user, by=by, at=at)
        except FactorRefused:
            fits.used_at = at  # somebody was quicker with the same code
        else:
            return Outcome.RIGHT
    if fits.used_at is None:
        return Outcome.WRONG  # of a number that was not asked for
    note_reuse(code=fits, user=user, by=by, at=at)
    return Outcome.REUSED


@action("factors.sheet_code_used", _("{who}がコード表のコードを使いました。"))
def use_code(*, code: SheetCode, user: User, by: Actor, at: datetime) -> None:
    """Use a code up."""
    mine = SheetCode.objects.filter(pk=code.pk, used_at=None, sheet__ended_at=None)
    if not mine.update(used_at=at):
        raise FactorRefused(MEANWHILE)
    _sign(user, by, code_number=(None, code.number))


@action("factors.sheet_code_reused", _("{subject} のコード表の、使用済みのコードがもう一度送られました（{who}）。"))
def note_reuse(*, code: SheetCode, user: User, by: Actor, at: datetime) -> None:
    """Note that a used code was tried again; nobody came in by it."""
    CodeSheet.objects.filter(pk=code.sheet_id, reused_at=None).update(reused_at=at)
    _sign(user, by, code_number=(code.number, code.number))


@action("factors.mail_code_made", _("{who}のために、メールで届けるコードを作りました。"))
def make_mail_code(*, user: User, by: Actor, at: datetime) -> str:
    """A new code to be mailed; the one before is worth nothing any more."""
    code = rules.digits(rules.MAIL_DIGITS)
    fresh = {"digest": digests.of_mail(user.pk, code), "sent_at": at, "tries": 0, "used_at": None}
    MailCode.objects.update_or_create(user=user, defaults=fresh)
    _sign(user, by)
    return code


def answer_from_mail(*, user: User, text: str, by: Actor, at: datetime) -> Outcome:
    """Take the mailed code: within its time, once, after five tries at most. A wrong one counts and leaves no entry."""
    alive = MailCode.objects.filter(user=user, used_at=None, sent_at__gt=at - rules.MAIL_LIVES)
    if not alive.filter(tries__lt=rules.MAIL_TRIES).update(tries=F("tries") + 1):
        return Outcome.OVER
    digest = alive.values_list("digest", flat=True).first()
    if digest is None or not digests.same(digest, digests.of_mail(user.pk, rules.read(text))):
        return Outcome.WRONG
    try:
        use_mail_code(user=user, by=by, at=at)
    except FactorRefused:
        return Outcome.OVER
    return Outcome.RIGHT


@action("factors.mail_code_used", _("{who}がメールで届いたコードを使いました。"))
def use_mail_code(*, user: User, by: Actor, at: datetime) -> None:
    """Use the mailed code up."""
    if not MailCode.objects.filter(user=user, used_at=None).update(used_at=at):
        raise FactorRefused(MEANWHILE)
    _sign(user, by)


@action("factors.policy_set", _("{who}が二要素認証の方針を決めました。"))
def set_policy(*, policies: Mapping[Role, Policy], by: Actor, at: datetime) -> None:
    """Say which roles need a second factor, and which kinds count."""
    if by.user_id is not None:
        mine = rules.strictest(policies[role] for role in queries.roles_of(by.user_id) if role in policies)
        if mine.is_required and not queries.usable(by.user_id) & mine.accepted:
            raise FactorRefused(OWN_LOCK)
    before = {role: told(policy) for role, policy in queries.policies().items()}
    for role, policy in policies.items():
        values = {"is_required": policy.is_required, "accepted": sorted(policy.accepted)}
        RolePolicy.objects.update_or_create(role=role, defaults=values)
    after = {role: told(policy) for role, policy in policies.items()}
    changed = {f"policy_{role}": (before[role], now) for role, now in after.items() if before[role] != now}
    record(kind="factors.policy", subject=None, label="", organisation=None, changed=changed)


def told(policy: Policy) -> dict[str, object]:
    """A policy as the record keeps it."""
    return {"required": policy.is_required, "accepted": sorted(policy.accepted)}


def _digest(code: SheetCode, given: str) -> str:
    return digests.of_sheet(code.sheet_id, code.number, given)


def _sign(user: User, by: Actor, **changed: tuple[object, object]) -> None:
    record(kind=KIND, subject=user.pk, label=user.username, organisation=by.organisation_id, changed=changed)

"""Situations of people, their keys, sheets, work and mail."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actions as accounts
from kyodo.core.accounts.models import Membership
from kyodo.core.duties.models import Duty
from kyodo.core.easy_japanese import actions as easy_japanese
from kyodo.core.easy_japanese.models import EasyPage
from kyodo.core.factors import actions as factors
from kyodo.core.factors import queries as factor_queries
from kyodo.core.factors.models import SheetCode
from kyodo.core.jobs import actions as jobs
from kyodo.core.jobs.models import Job
from kyodo.core.ledger import actions as ledger
from kyodo.core.ledger.tasks import prove
from kyodo.core.mail import actions as mail
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.queue import queue
from kyodo.core.mail.rules import Purpose
from kyodo.core.mergers import actions as mergers
from kyodo.core.sheets import actions as sheets
from kyodo.core.sheets import handing_in
from kyodo.core.sheets.compare import Returned
from kyodo.core.transfers import actions as transfers
from kyodo.core.transfers.models import TransferLine
from kyodo.core.transfers.rules import Line, Move
from tests import moving, sheet_back
from tests.architecture.situations import SITUATIONS, acting, situation
from tests.region import Region


@situation("mergers.planned")
def _(region: Region) -> None:
    moving.merger(region)


@situation("mergers.cancelled")
def _(region: Region) -> None:
    mergers.cancel(merger=moving.merger(region), **acting(region.operator))


@situation("mergers.applied")
def _(region: Region) -> None:
    mergers.apply(merger=moving.merger(region, days=0), **acting(region.operator))


@situation("transfers.drafted")
def _(region: Region) -> None:
    moving.drafted(region, region.village, region.villager)


@situation("transfers.rewritten")
def _(region: Region) -> None:
    transfer = moving.drafted(region, region.village, region.villager)
    transfers.rewrite(
        transfer=transfer,
        revision=1,
        day=transfer.day,
        remark="直した",
        lines=[Line(region.villager.user.username, Move.MOVES, "税務課")],
        **acting(region.operator),
    )


@situation("transfers.planned")
def _(region: Region) -> None:
    moving.planned(region)


@situation("transfers.reopened")
def _(region: Region) -> None:
    transfers.reopen(transfer=moving.planned(region), **acting(region.operator))


@situation("transfers.cancelled")
def _(region: Region) -> None:
    transfers.cancel(transfer=moving.planned(region), **acting(region.operator))


@situation("transfers.applied")
def _(region: Region) -> None:
    transfers.apply(transfer=moving.planned(region, days=0), **acting(region.operator))


@situation("transfers.seen")
def _(region: Region) -> None:
    line = TransferLine.objects.get(transfer=moving.planned(region))
    transfers.see(line=line, **acting(region.villager))


@situation("accounts.user_created")
def _(region: Region) -> None:
    accounts.create_user(username="new", display_name="担当", email="", password=None, **acting(region.operator))


@situation("accounts.person_added")
def _(region: Region) -> None:
    accounts.add_person(
        username="new",
        display_name="担当",
        email="",
        password=None,
        organisation=region.village,
        role=Role.OFFICER,
        duty="総務課",
        valid_from=date(2026, 4, 1),
        **acting(region.operator),
    )


@situation("accounts.role_granted")
def _(region: Region) -> None:
    accounts.grant_role(
        user=region.villager.user,
        organisation=region.village,
        role=Role.APPROVER,
        valid_from=date(2026, 4, 1),
        **acting(region.operator),
    )


@situation("accounts.role_ended")
def _(region: Region) -> None:
    membership = Membership.objects.get(user=region.villager.user)
    accounts.end_role(membership=membership, valid_until=date(2027, 3, 31), **acting(region.operator))


@situation("accounts.duty_given")
def _(region: Region) -> None:
    duty = Duty.objects.create(organisation=region.village, name="係")
    accounts.give_duty(user=region.villager.user, duty=duty, valid_from=date(2026, 4, 1), **acting(region.operator))


def token(region: Region) -> Any:
    return accounts.issue_token(
        user=region.villager.user,
        organisation=region.village,
        name="t",
        may_write=True,
        **acting(region.villager),
    )[0]


@situation("accounts.token_issued")
def _(region: Region) -> None:
    token(region)


@situation("accounts.token_revoked")
def _(region: Region) -> None:
    accounts.revoke_token(token=token(region), **acting(region.villager))


@situation("accounts.user_deactivated")
def _(region: Region) -> None:
    accounts.deactivate_user(user=region.villager.user, **acting(region.operator))


@situation("accounts.user_reactivated")
def _(region: Region) -> None:
    accounts.reactivate_user(user=region.villager.user, **acting(region.operator))


@situation("accounts.password_given")
def _(region: Region) -> None:
    accounts.give_password(user=region.villager.user, **acting(region.operator))


@situation("accounts.factors_removed")
def _(region: Region) -> None:
    accounts.remove_factors(user=region.villager.user, **acting(region.operator))


@situation("accounts.language_chosen")
def _(region: Region) -> None:
    accounts.choose_language(user=region.villager.user, language="en", **acting(region.villager))


@situation("accounts.session_ended")
def _(region: Region) -> None:
    region.villager.browser().get("/")
    session = UserSession.objects.create(
        user=region.villager.user, ip="127.0.0.1", session_key="x", user_agent="Firefox"
    )
    accounts.end_session(session=session, **acting(region.villager))


for _event, _note in accounts.SIGN_IN_NOTES.items():
    SITUATIONS[f"accounts.{_event}"] = lambda region, note=_note: note(**acting(region.villager))  # type: ignore[misc]


@situation("accounts.header_refused")
def _(region: Region) -> None:
    accounts.note_refused_header(peer="10.0.0.66", **acting(region.operator))


def sheet(region: Region) -> dict[str, Any]:
    factors.issue_sheet(user=region.villager.user, seen=None, **acting(region.operator))
    return {"user": region.villager.user, **acting(region.villager)}


@situation("factors.sheet_issued")
def _(region: Region) -> None:
    sheet(region)


@situation("factors.sheet_blocked")
def _(region: Region) -> None:
    told = sheet(region)
    row = factor_queries.sheet_of(region.villager.user.pk)
    assert row is not None
    factors.block_sheet(seen=row.id, **told)


@situation("factors.sheet_code_used")
def _(region: Region) -> None:
    told = sheet(region)
    factors.use_code(code=SheetCode.objects.get(number=1), **told)


@situation("factors.sheet_code_reused")
def _(region: Region) -> None:
    told = sheet(region)
    factors.note_reuse(code=SheetCode.objects.get(number=1), **told)


@situation("factors.mail_code_made")
def _(region: Region) -> None:
    factors.make_mail_code(user=region.villager.user, **acting(region.villager))


@situation("factors.mail_code_used")
def _(region: Region) -> None:
    factors.make_mail_code(user=region.villager.user, **acting(region.villager))
    factors.use_mail_code(user=region.villager.user, **acting(region.villager))


@situation("factors.policy_set")
def _(region: Region) -> None:
    factors.set_policy(policies=factor_queries.policies(), **acting(region.operator))


@situation("ledger.proof_requested")
def _(region: Region) -> None:
    ledger.request_proof(**acting(region.auditor))


@situation("sheets.issued")
def _(region: Region) -> None:
    sheet_back.issued(region)


@situation("sheets.received")
def _(region: Region) -> None:
    sheet_back.returned(region)


@situation("sheets.applied")
def _(region: Region) -> None:
    sheets.apply(returned_id=sheet_back.returned(region).pk, taken=set(), **acting(region.villager))


@situation("sheets.compared_again")
def _(region: Region) -> None:
    returned = sheet_back.returned(region)
    sheets.compare_again(returned_id=returned.pk, returned=Returned(), **acting(region.villager))


@situation("sheets.handed_in")
def _(region: Region) -> None:
    handing_in.start_batch(handed=[], batch=uuid.uuid4(), **acting(region.villager))


@situation("jobs.cancelled")
def _(region: Region) -> None:
    jobs.cancel(uuid=jobs.start(prove, **acting(region.auditor)), **acting(region.auditor))


@situation("jobs.requeued")
def _(region: Region) -> None:
    uuid_ = jobs.start(prove, **acting(region.auditor))
    Job.objects.update(state="failed", finished_at=clock.now())
    jobs.run_again(uuid=uuid_, **acting(region.operator))


def mailed(region: Region, **change: Any) -> OutgoingMail:
    """A mail to the village's officer, in the state that is wanted."""
    user = region.villager.user.pk
    number = queue(address="a@example.jp", purpose=Purpose.OTHER, subject="x", text="x", user_id=user, at=clock.now())
    OutgoingMail.objects.filter(pk=number).update(**change)
    return OutgoingMail.objects.get(pk=number)


@situation("mail.resent")
def _(region: Region) -> None:
    mail.resend(mail=mailed(region, state="failed"), **acting(region.coordinator))


@situation("mail.cancelled")
def _(region: Region) -> None:
    mail.cancel(mail=mailed(region, state="queued"), **acting(region.coordinator))


@situation("mail.bounced")
def _(region: Region) -> None:
    mail.note_bounce(mail=mailed(region, state="sent"), said="550 no", **acting(region.operator))


@situation("mail.address_cleared")
def _(region: Region) -> None:
    trouble = AddressTrouble.objects.create(address="a@example.jp", since=clock.now(), trouble="refused")
    mail.clear_address(trouble=trouble, **acting(region.coordinator))


def easy(region: Region) -> EasyPage:
    """A public page that has an easy version."""
    text = "みんなが使（つか）うページです。"
    number = easy_japanese.write(path="/accessibility/", title="みんな", text=text, **acting(region.operator))
    return EasyPage.objects.get(pk=number)


@situation("easy_japanese.written")
def _(region: Region) -> None:
    easy(region)


@situation("easy_japanese.withdrawn")
def _(region: Region) -> None:
    easy_japanese.take_back(page=easy(region), **acting(region.operator))


@situation("accounts.email_changed")
def _(region: Region) -> None:
    accounts.change_email(user=region.villager.user, email="new@example.jp", **acting(region.operator))

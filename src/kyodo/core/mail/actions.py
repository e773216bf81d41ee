"""What people do with mails that left or wait, and what is done when one comes back; each with its entry."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from kyodo.core import workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.mail import delivery, queue, untold
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.rules import PURPOSES, WAYS, Purpose, State, Trouble
from kyodo.engines.words import _

KIND = "mail.mail"
ADDRESS = "mail.address"


class ResendRefused(Exception):
    """A mail can't be sent again; `sentence` (to translate) says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


BLOCKED = _("このアドレスには届いていません。先に「届かないアドレス」で、また送るようにしてください。")
FORGOTTEN = _("本文はもう残っていないので、送り直せません。")
RETOLD = _("通知は、次の通知メールで改めてお知らせします。送り直す必要はありません。")


@action("mail.resent", _("{who}が、{subject} 宛てのメールを送り直しました。"))
def resend(*, mail: OutgoingMail, by: Actor, at: datetime) -> None:
    """Send a mail again that failed or came back. Raises ResendRefused, and what core/workflow raises."""
    card = PURPOSES[Purpose(mail.purpose)]
    if card.is_retold:
        raise ResendRefused(RETOLD)
    if not mail.text:
        raise ResendRefused(FORGOTTEN)
    if AddressTrouble.objects.filter(address=mail.address.lower()).exists():
        raise ResendRefused(BLOCKED)
    workflow.move(mail, to=State.QUEUED, table=WAYS, at=at)
    # Another Message-ID: servers throw away what they have seen before.
    OutgoingMail.objects.filter(pk=mail.pk).update(
        token=uuid4(), attempts=0, next_try_at=at, give_up_at=at + card.patience, trouble="", said=""
    )
    queue.wake(at)
    record(kind=KIND, subject=mail.pk, label=mail.address, organisation=mail.organisation_id)


@action("mail.cancelled", _("{who}が、{subject} 宛ての送信待ちのメールを取り消しました。"))
def cancel(*, mail: OutgoingMail, by: Actor, at: datetime) -> None:
    """Never send a mail that waits. What it told stays on its reader's pages. Raises what core/workflow raises."""
    workflow.move(mail, to=State.CANCELLED, table=WAYS, at=at)
    OutgoingMail.objects.filter(pk=mail.pk).update(text="")
    record(kind=KIND, subject=mail.pk, label=mail.address, organisation=mail.organisation_id)


@action("mail.bounced", _("{subject} 宛てのメールが戻ってきたことを、{who}が記録しました。"))
def note_bounce(*, mail: OutgoingMail, said: str, by: Actor, at: datetime) -> None:
    """A mail came back, and for good: nothing more goes to its address. Raises what core/workflow raises."""
    workflow.move(mail, to=State.BOUNCED, table=WAYS, at=at)
    OutgoingMail.objects.filter(pk=mail.pk).update(trouble=Trouble.CAME_BACK, said=said[:300])
    delivery.block(mail, trouble=Trouble.CAME_BACK, said=said, at=at)
    if PURPOSES[Purpose(mail.purpose)].is_retold:
        untold.announce([mail.pk])
    record(kind=KIND, subject=mail.pk, label=mail.address, organisation=mail.organisation_id)


@action("mail.address_cleared", _("{who}が、{subject} へまたメールを送るようにしました。"))
def clear_address(*, trouble: AddressTrouble, by: Actor, at: datetime) -> None:
    """Send to an address again: its mailbox was looked after."""
    number, address = trouble.pk, trouble.address
    trouble.delete()
    record(kind=ADDRESS, subject=number, label=address, organisation=None)

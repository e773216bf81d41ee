"""What `kyodo check` looks for in mails: whether they leave, and whether they arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kyodo.core import clock
from kyodo.core.checks.registry import Finding, fault, ok, warn
from kyodo.core.mail import queries
from kyodo.engines.words import _

NAME = _("送信メール")
LATE = timedelta(hours=1)


def check() -> Iterator[Finding]:
    """How many mails wait and since when; how many addresses are in trouble."""
    tally = queries.tally()
    if tally.oldest is not None and clock.now() - tally.oldest > LATE:
        yield fault(
            _("{count}通のメールが送れずに待っています。いちばん古いものは{hours}時間前のものです。"),
            _("メールサーバーと処理係を確かめてください。/mail/ に理由が出ています。"),
            count=tally.waiting,
            hours=int((clock.now() - tally.oldest).total_seconds() // 3600),
        )
    else:
        yield ok(_("送信を待つメールは{count}通です。"), count=tally.waiting)
    if tally.addresses:
        yield warn(
            _("メールの届かないアドレスが{count}件あります。"),
            _("/mail/addresses/ で、本人に確かめて直してください。"),
            count=tally.addresses,
        )

"""A mail that comes back marks its address; what anybody else sends to the pipe does nothing."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.core.mail import bounces, delivery
from kyodo.core.mail.cli import app, bounce
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.queue import queue
from kyodo.core.mail.rules import Purpose, State

POSTFIX = """From: MAILER-DAEMON@mx.example.jp
To: kyodo@example.lg.jp
Subject: Undelivered Mail Returned to Sender
Message-ID: <20261124.1@mx.example.jp>
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.jp
Arrival-Date: Tue, 24 Nov 2026 07:30:00 +0900

Final-Recipient: rfc822; a@example.jp
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <a@example.jp>: Recipient address rejected:
    User unknown

--B
Content-Type: {kind}

From: kyodo@example.lg.jp
To: a@example.jp
Message-ID: <{token}@example.lg.jp>
Subject: =?utf-8?b?6Kmm6aiT?=

--B--
"""


def report(token: UUID, *, action: str = "failed", status: str = "5.1.1", kind: str = "message/rfc822") -> bytes:
    return POSTFIX.format(token=token, action=action, status=status, kind=kind).replace("\n", "\r\n").encode()


@pytest.fixture
def sent(db: None) -> OutgoingMail:
    number = queue(address="a@example.jp", purpose=Purpose.OTHER, subject="試験", text="本文", at=clock.now())
    assert number is not None
    delivery.deliver()
    return OutgoingMail.objects.get(pk=number)


def run(raw: bytes, tmp_path: Path) -> tuple[int, str]:
    file = tmp_path / "report.eml"
    file.write_bytes(raw)
    answer = CliRunner().invoke(app, ["bounce", str(file)])
    return answer.exit_code, answer.output


def acts() -> int:
    return Entry.objects.filter(action="mail.bounced").count()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_comes_back_is_marked_and_its_address_gets_nothing_more(sent, tmp_path, kind):
    code, said = run(report(sent.token, kind=kind), tmp_path)
    assert (code, "User unknown" in said) == (0, True)
    sent.refresh_from_db()
    assert sent.state == State.BOUNCED
    assert "User unknown" in AddressTrouble.objects.get(address="a@example.jp").said
    assert acts() == 1
    queue(address="a@example.jp", purpose=Purpose.OTHER, subject="次", text="本文", at=clock.now())
    assert delivery.deliver() == {}


def test_the_same_report_twice_is_one_act(sent, tmp_path):
    run(report(sent.token), tmp_path)
    assert run(report(sent.token), tmp_path)[0] == 0
    assert acts() == 1


def test_a_mail_that_is_only_late_changes_nothing(sent, tmp_path):
    assert run(report(sent.token, action="delayed", status="4.4.1"), tmp_path)[0] == 0
    sent.refresh_from_db()
    assert sent.state == State.SENT
    assert not AddressTrouble.objects.exists()


def test_a_report_about_a_mail_that_is_not_ours_marks_nobody(sent, tmp_path):
    code, said = run(report(uuid4()), tmp_path)
    assert code == 1
    assert "no mail of this installation" in said
    assert not AddressTrouble.objects.exists()


def test_what_is_no_report_is_said_on_one_line(sent, tmp_path):
    plain = report(sent.token).replace(b"message/delivery-status", b"text/plain")
    for raw in (b"", b"hello", b"From: a\r\n\r\nSpam", plain):
        code, said = run(raw, tmp_path)
        assert (code, said.count("\n")) == (2, 1)
    assert CliRunner().invoke(app, ["bounce", str(tmp_path / "nothing")]).exit_code == 2
    assert not AddressTrouble.objects.exists()


def test_a_pipe_hands_it_over(sent, monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report(sent.token))))
    bounce("-")
    sent.refresh_from_db()
    assert sent.state == State.BOUNCED


@given(st.binary(max_size=400), st.integers(0, 900))
def test_no_bytes_break_the_reader(noise: bytes, place: int):
    raw = report(uuid4())
    for broken in (noise, raw[:place] + noise + raw[place:]):
        try:
            found = bounces.read(broken)
        except bounces.NotAReport:
            continue
        assert found.said.isprintable()

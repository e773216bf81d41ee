"""Every mail leaves once: whatever the mail server does, whoever dies in between."""

from __future__ import annotations

from smtplib import SMTPSenderRefused
from typing import Any

import pytest
from django.db import transaction

from kyodo.core import clock
from kyodo.core.jobs.models import Job
from kyodo.core.mail import delivery, tasks
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.queue import Attached, queue
from kyodo.core.mail.rules import Purpose, State, Trouble
from kyodo.core.mail.tests.post_office import PostOffice

pytestmark = pytest.mark.django_db


def put(address: str = "a@example.jp", purpose: Purpose = Purpose.OTHER, **more: Any) -> OutgoingMail:
    told = {"subject": "試験", "text": "本文", "at": clock.now()} | more
    number = queue(address=address, purpose=purpose, **told)
    assert number is not None
    return OutgoingMail.objects.get(pk=number)


def now(mail: OutgoingMail) -> OutgoingMail:
    mail.refresh_from_db()
    return mail


def test_a_worker_is_asked_once_for_all_that_waits(office):
    put()
    put("b@example.jp")
    (job,) = Job.objects.filter(kind="mail.deliver")
    assert job.owner_id is None
    assert delivery.deliver() == {State.SENT: 2}
    assert office.to() == ["a@example.jp", "b@example.jp"]
    assert delivery.deliver() == {}


def test_what_is_rolled_back_is_not_sent(office):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)
    assert delivery.deliver() == {}
    assert not Job.objects.exists()


def test_a_server_that_is_away_for_a_day_loses_nothing_and_doubles_nothing(office, time):
    office.close()
    expected = [f"reader{number}@example.jp" for number in range(24)]
    for address in expected:
        put(address)
        for _look in range(12):
            assert delivery.deliver() == {}
            time.on(minutes=5)
    waiting = OutgoingMail.objects.first()
    assert (waiting.state, waiting.trouble) == (State.RETRYING, Trouble.UNREACHABLE)
    assert waiting.attempts >= 1
    again = PostOffice(office.port)
    assert delivery.deliver() == {State.SENT: 24}
    assert sorted(again.to()) == sorted(expected)
    time.on(days=1)
    assert delivery.deliver() == {}
    again.close()


def test_after_five_days_it_is_given_up_and_said_so(office, time):
    office.close()
    mail = put()
    time.on(days=4, hours=23)
    delivery.deliver()
    assert now(mail).state == State.RETRYING
    time.on(hours=2)
    delivery.deliver()
    assert (now(mail).state, mail.trouble) == (State.FAILED, Trouble.GAVE_UP)


def test_what_is_not_taken_for_now_is_tried_later_and_later(office, time):
    office.answers["a@example.jp"] = "452 mailbox full"
    mail = put()
    put("b@example.jp")
    pauses = []
    for _try in range(6):
        before = clock.now()
        delivery.deliver()
        pauses.append((now(mail).next_try_at - before).total_seconds() / 60)
        time.shown = mail.next_try_at
    assert pauses == [5, 15, 30, 60, 60, 60]
    assert office.to() == ["b@example.jp"]
    assert "mailbox full" in mail.said
    office.answers.clear()
    assert delivery.deliver() == {State.SENT: 1}


def test_an_address_that_is_refused_gets_nothing_more_and_does_not_stand_in_the_way(office):
    office.answers["gone@example.jp"] = "550 5.1.1 no such user"
    put("gone@example.jp")
    put("b@example.jp")
    assert delivery.deliver() == {State.FAILED: 1, State.SENT: 1}
    assert "no such user" in AddressTrouble.objects.get(address="gone@example.jp").said
    assert put("GONE@example.jp").state == State.FAILED
    assert delivery.deliver() == {}


@pytest.mark.parametrize("address", ["nobody", "a@example.jp\nBcc: b@example.jp", "あ@example.jp"])
def test_what_is_no_address_does_not_stand_in_the_way(office, address):
    put(address)
    put("b@example.jp")
    assert delivery.deliver()[State.SENT] >= 1
    assert "b@example.jp" in office.to()
    assert delivery.deliver() == {}


def test_a_sender_that_is_refused_blames_no_address(office, monkeypatch):
    def refuse(_self: Any, _messages: Any) -> int:
        raise SMTPSenderRefused(553, b"not you", "kyodo@localhost")

    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.send_messages", refuse)
    mail = put()
    delivery.deliver()
    assert now(mail).state == State.RETRYING
    assert not AddressTrouble.objects.exists()


def test_a_line_that_broke_is_repeated_under_the_same_message_id_but_never_a_notice(office, time):
    office.cuts_after = 2
    first, notice = put(), put("b@example.jp", Purpose.DAILY)
    delivery.deliver()
    assert (now(first).state, now(notice).state) == (State.RETRYING, State.UNSURE)
    time.on(minutes=6)
    assert delivery.deliver() == {State.SENT: 1}
    assert office.to() == ["a@example.jp", "b@example.jp", "a@example.jp"]
    assert office.taken[0]["Message-ID"] == office.taken[2]["Message-ID"]


def test_a_worker_that_died_while_sending_leaves_nothing_behind_for_ever(office, time):
    first, notice = put(), put("b@example.jp", Purpose.SOON)
    OutgoingMail.objects.update(state=State.SENDING, state_since=clock.now(), attempts=1)
    assert delivery.deliver() == {}
    time.on(minutes=6)
    delivery.deliver()
    assert (now(first).state, now(notice).state) == (State.RETRYING, State.UNSURE)
    time.on(minutes=6)
    assert delivery.deliver() == {State.SENT: 1}


def test_a_server_that_hangs_up_between_two_mails_is_called_again(office):
    office.closes_after = 1
    for number in range(4):
        put(f"r{number}@example.jp", Purpose.DAILY)
    assert delivery.deliver() == {State.SENT: 4}
    assert len(office.taken) == 4


def test_of_two_workers_one_sends(office):
    mail = put()
    assert delivery._claim(mail)
    assert not delivery._claim(mail)


def test_who_waits_for_a_link_goes_first(office):
    put("a@example.jp", Purpose.DAILY)
    put("b@example.jp", Purpose.SIGN_IN)
    delivery.deliver()
    assert office.to() == ["b@example.jp", "a@example.jp"]


def test_the_same_key_is_queued_once(office):
    put(key="daily/1")
    again = queue(address="a@example.jp", purpose=Purpose.DAILY, subject="", text="", at=clock.now(), key="daily/1")
    assert again is None


def test_a_secret_is_forgotten_when_it_is_out_and_other_texts_after_a_month(office, time):
    secret = put(purpose=Purpose.SIGN_IN)
    other = put("b@example.jp", attachments=[Attached("a.txt", "text/plain", b"x")])
    delivery.deliver()
    assert now(secret).text == ""
    time.on(days=29)
    assert tasks.prune(None).values == {"texts": 0, "mails": 0}
    time.on(days=2)
    assert tasks.prune(None).values == {"texts": 1, "mails": 0}
    assert not other.attachments.exists()
    time.on(days=400)
    assert tasks.prune(None).values == {"texts": 0, "mails": 2}


def test_what_waits_is_never_thrown_away(office, time):
    put()
    time.on(days=500)
    assert tasks.prune(None).values == {"texts": 0, "mails": 0}

"""One mail a working day: to whoever has something to hear, in their language, whatever the mail server does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest

from kyodo.core import clock
from kyodo.core.entrances.models import Entrance
from kyodo.core.notifications import digest, tasks
from kyodo.core.notifications.models import Mailing, Notice
from kyodo.core.notifications.rules import Mail
from kyodo.core.notifications.tests.situations import TUESDAY, gone, narrowed, told, with_mail
from tests.region import Region


def send(slot: str = "2026-11-24") -> int:
    return digest.send_all(slot=slot, mail=Mail.DAILY, day=TUESDAY)


class Server:
    """A mail server that answers each mail with the next of its faults, and takes those for which it has none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *faults: Exception | None) -> None:
        self.faults = list(faults)
        self.taken: list[str] = []
        monkeypatch.setattr(digest, "get_connection", lambda: self)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_fault: object) -> None:
        return None

    def send_messages(self, messages: list[Any]) -> int:
        if self.faults and (fault := self.faults.pop(0)):
            raise fault
        self.taken += [message.to[0] for message in messages]
        return len(messages)


@pytest.fixture
def two(region: Region) -> list[str]:
    """Two people to whom the same was told, by their addresses, in the order of their mails."""
    people = [with_mail(region.villager, "a@example.jp"), with_mail(region.townsman, "b@example.jp")]
    told(region.need(), *people, by=region.coordinator)
    return [person.user.email for person in people]


def test_it_says_what_happened_to_whom_and_where(region: Region, mailoutbox):
    need = region.need(title="窓口の待ち時間が長い")
    told(need, with_mail(region.townsman), by=region.villager)
    assert send() == 1
    (mail,) = mailoutbox
    assert mail.subject == "【Kyodo】日の出町 お知らせ 1件"
    assert "日の出町 企画財政課 様" in mail.body
    assert f"檜原村 総務課 情報担当が、#{need.pk} 窓口の待ち時間が長い に書き込みました。" in mail.body
    assert f"http://localhost:8000/needs/{need.pk}/" in mail.body
    assert mail.content_subtype == "plain"
    assert mail.attachments == []


def test_links_lead_to_the_entrance_of_the_readers_body(region: Region, mailoutbox):
    region.town.home_entrance = Entrance.objects.create(
        slug="inner", name="庁内", host="kyodo.lgwan.example.jp", nature="inner"
    )
    region.town.save()
    need = region.need()
    told(need, with_mail(region.townsman), by=region.villager)
    send()
    assert f"http://kyodo.lgwan.example.jp/needs/{need.pk}/" in mailoutbox[0].body
    assert "localhost" not in mailoutbox[0].body


def test_it_is_in_the_readers_language(region: Region, mailoutbox):
    told(region.need(), with_mail(region.townsman, language="en"), by=region.villager)
    send()
    assert "1 notice" in mailoutbox[0].subject or "Notices" in mailoutbox[0].subject
    assert "wrote" in mailoutbox[0].body
    assert "様" not in mailoutbox[0].body


def test_nobody_gets_two_of_one_day_and_the_next_day_tells_only_what_is_new(region: Region, mailoutbox):
    need = region.need()
    told(need, with_mail(region.townsman), by=region.villager)
    assert send() == 1
    told(need, region.townsman, by=region.villager)
    assert send() == 0
    assert send("2026-11-25") == 1
    assert mailoutbox[1].body.count("書き込みました") == 1


def test_what_was_read_on_the_page_is_not_mailed(region: Region):
    told(region.need(), with_mail(region.townsman), by=region.villager)
    region.townsman.browser().post("/notifications/read/")
    assert send() == 0


def test_who_may_no_longer_see_it_is_not_mailed_what_was_told_before(region: Region):
    need = region.need()
    told(need, with_mail(region.townsman), by=region.villager)
    narrowed(need)
    assert send() == 0
    type(need).objects.filter(pk=need.pk).update(audience="all")
    assert send() == 1


def test_who_left_or_was_shut_out_gets_no_mail(region: Region):
    told(region.need(), with_mail(region.townsman), by=region.villager)
    told(region.need(), with_mail(region.coordinator), by=region.villager)
    gone(region.townsman)
    region.coordinator.user.is_active = False
    region.coordinator.user.save()
    assert send() == 0


def test_it_goes_out_on_working_days_only_and_once(region: Region, monkeypatch, mailoutbox):
    told(region.need(), with_mail(region.townsman), by=region.villager)
    sent = []
    for day in range(20, 26):  # Friday to Wednesday; Monday is 勤労感謝の日
        monkeypatch.setattr(clock, "now", lambda day=day: datetime(2026, 11, day, 0, 0, tzinfo=UTC))
        Notice.objects.update(at=clock.now(), mailed_at=None)
        sent += [tasks.daily(_Quiet()).values["sent"], tasks.daily(_Quiet()).values["sent"]]
    assert sent == [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0]
    assert len(mailoutbox) == 3


class _Quiet:
    """Progress that nobody looks at."""

    def advance(self, done: int, total: int) -> None:
        return None


def test_an_address_that_is_refused_does_not_stand_in_the_way_and_is_tried_again(monkeypatch, two):
    server = Server(monkeypatch, SMTPRecipientsRefused({}))
    with pytest.raises(digest.MailRefused):
        send()
    assert server.taken == two[1:]
    assert send() == 1
    assert server.taken == [two[1], two[0]]


def test_a_server_that_can_not_be_reached_is_tried_again_for_all(monkeypatch, two):
    server = Server(monkeypatch, ConnectionRefusedError())
    with pytest.raises(ConnectionRefusedError):
        send()
    assert send() == 2
    assert server.taken == two


def test_a_line_that_broke_is_not_tried_twice_in_a_day_but_its_news_come_the_next(monkeypatch, two):
    server = Server(monkeypatch, SMTPServerDisconnected())
    with pytest.raises(SMTPServerDisconnected):
        send()
    assert send() == 1
    assert server.taken == two[1:]
    assert Mailing.objects.filter(sent_at=None).count() == 1
    assert send("2026-11-25") == 1
    assert server.taken == [two[1], two[0]]


def test_news_of_more_than_a_month_ago_are_none(region: Region):
    told(region.need(), with_mail(region.townsman), by=region.villager, at=clock.now() - timedelta(days=31))
    assert send() == 0


def test_old_notices_are_thrown_away(region: Region):
    told(region.need(), region.townsman, by=region.villager, at=clock.now() - timedelta(days=401))
    told(region.need(), region.townsman, by=region.villager)
    assert tasks.prune(_Quiet()).values["notices"] == 1

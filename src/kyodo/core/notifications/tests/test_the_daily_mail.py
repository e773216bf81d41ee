"""One mail a working day: to whoever has something to hear, in their language, whatever the mail server does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from kyodo.core import clock
from kyodo.core.entrances.models import Entrance
from kyodo.core.mail import delivery
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.rules import State
from kyodo.core.notifications import digest, tasks
from kyodo.core.notifications.letter import Line
from kyodo.core.notifications.models import Notice
from kyodo.core.notifications.rules import Mail
from kyodo.core.notifications.tests.situations import TUESDAY, gone, narrowed, told, with_mail
from tests.region import Region


def send(slot: str = "2026-11-24") -> int:
    """Queue the mails of a slot and send them; how many went out."""
    digest.queue_all(slot=slot, mail=Mail.DAILY, day=TUESDAY)
    return delivery.deliver()[State.SENT]


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
    assert f"http://kyodo.lgwan.example.jp:8000/needs/{need.pk}/" in mailoutbox[0].body
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
        sent += [tasks.daily(_Quiet()).values["queued"], tasks.daily(_Quiet()).values["queued"]]
        delivery.deliver()
    assert sent == [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0]
    assert len(mailoutbox) == 3


class _Quiet:
    """Progress that nobody looks at."""

    def advance(self, done: int, total: int) -> None:
        return None


def test_while_the_mail_server_is_away_mornings_are_gathered_into_one_mail(monkeypatch, two, region, mailoutbox):
    with monkeypatch.context() as away:
        away.setattr(delivery, "_open", _nobody_there)
        assert send() == 0
        told(region.need(title="二日目の相談"), region.townsman, by=region.coordinator)
        assert send("2026-11-25") == 0
    OutgoingMail.objects.update(next_try_at=clock.now())
    assert delivery.deliver()[State.SENT] == 2
    assert sorted(mail.to[0] for mail in mailoutbox) == two
    (of_both_days,) = [mail for mail in mailoutbox if mail.to == [two[1]]]
    assert of_both_days.body.count("書き込みました") == 2
    assert not Notice.objects.filter(mailed_at=None).exists()


def _nobody_there(_mailer: Any) -> None:
    raise ConnectionRefusedError


def test_what_nobody_knows_whether_it_arrived_is_told_in_the_next_mail(two, mailoutbox):
    digest.queue_all(slot="2026-11-24", mail=Mail.DAILY, day=TUESDAY)
    OutgoingMail.objects.filter(address=two[0]).update(
        state=State.SENDING, state_since=clock.now() - timedelta(minutes=9)
    )
    assert delivery.deliver()[State.SENT] == 1
    assert send() == 0
    assert send("2026-11-25") == 1
    assert [mail.to[0] for mail in mailoutbox] == [two[1], two[0]]


def test_at_an_address_in_trouble_news_wait_until_it_is_cleared(two, mailoutbox):
    trouble = AddressTrouble.objects.create(address=two[0], since=clock.now(), trouble="came_back")
    assert send() == 1
    trouble.delete()
    assert send("2026-11-25") == 1
    assert [mail.to[0] for mail in mailoutbox] == [two[1], two[0]]


def test_what_is_due_stands_first_the_nearest_at_the_top(region: Region, monkeypatch, mailoutbox):
    person = with_mail(region.townsman)
    told(region.need(), person, by=region.villager)

    def lines(*days: int | None) -> dict[int, list[Line]]:
        due = [TUESDAY + timedelta(days=day) if day is not None else None for day in days]
        return {person.user.pk: [Line(partial("期限 {}".format, day), "/", "窓口", day) for day in due]}

    sections = [
        digest.Section("引き受けを待つ相談", lambda day: lines(None)),
        digest.Section("期限のお知らせ", lambda day: lines(5, 1)),
    ]
    monkeypatch.setattr(digest, "_sections", sections)
    assert send() == 1
    (mail,) = mailoutbox
    assert "2026年11月25日(水)まで" in mail.subject
    places = [mail.body.index(text) for text in ("期限 2026-11-25", "期限 2026-11-29", "期限 None", "書き込みました")]
    assert places == sorted(places)


def test_news_of_more_than_a_month_ago_are_none(region: Region):
    told(region.need(), with_mail(region.townsman), by=region.villager, at=clock.now() - timedelta(days=31))
    assert send() == 0


def test_old_notices_are_thrown_away(region: Region):
    told(region.need(), region.townsman, by=region.villager, at=clock.now() - timedelta(days=401))
    told(region.need(), region.townsman, by=region.villager)
    assert tasks.prune(_Quiet()).values["notices"] == 1

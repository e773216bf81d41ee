"""Once a day, soon, or never: as each person chose."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.mail import delivery
from kyodo.core.notifications import actions, digest, queries
from kyodo.core.notifications.rules import Mail
from kyodo.core.notifications.tests.situations import TUESDAY, told, with_mail
from tests.region import Person, Region


def choose(person: Person, mail: Mail) -> None:
    actions.choose_mail(mail=mail, by=person.actor, at=clock.now())


def mailed(mail: Mail, slot: str = "one") -> int:
    number = digest.queue_all(slot=slot, mail=mail, day=TUESDAY)
    delivery.deliver()
    return number


def test_who_chose_nothing_gets_one_mail_a_day(region: Region):
    told(region.need(), with_mail(region.townsman), by=region.villager)
    assert mailed(Mail.SOON) == 0
    assert mailed(Mail.DAILY, "two") == 1


def test_the_choice_is_made_on_the_page(region: Region):
    browser = region.townsman.browser()
    assert browser.post("/notifications/mail/", {"mail": "soon"}).status_code == 302
    assert queries.mail_choice(region.townsman.user.pk) is Mail.SOON
    assert browser.post("/notifications/mail/", {"mail": "hourly"}).status_code == 422


def test_who_wants_it_soon_gets_news_soon_and_not_again_in_the_morning(region: Region):
    choose(with_mail(region.townsman), Mail.SOON)
    told(region.need(), region.townsman, by=region.villager)
    assert mailed(Mail.DAILY) == 0
    assert mailed(Mail.SOON, "two") == 1
    assert mailed(Mail.SOON, "three") == 0


def test_who_wants_none_gets_none_and_no_old_news_when_they_want_some_again(region: Region):
    choose(with_mail(region.townsman), Mail.NEVER)
    told(region.need(), region.townsman, by=region.villager)
    assert mailed(Mail.DAILY) == mailed(Mail.SOON, "two") == 0
    choose(region.townsman, Mail.DAILY)
    assert mailed(Mail.DAILY, "three") == 0
    told(region.need(), region.townsman, by=region.villager)
    assert mailed(Mail.DAILY, "four") == 1


@pytest.mark.parametrize(("mail", "number"), [(Mail.DAILY, 1), (Mail.SOON, 1), (Mail.NEVER, 0)])
def test_what_is_due_comes_once_a_day_to_all_who_want_mail(region: Region, monkeypatch, mailoutbox, mail, number):
    choose(with_mail(region.townsman), mail)
    lines = {region.townsman.user.pk: [digest.Line(lambda: "返事を書く", "/needs/1/", "窓口", TUESDAY)]}
    monkeypatch.setattr(digest, "_sections", [digest.Section("期限のお知らせ", lambda day: lines)])
    assert mailed(Mail.SOON) == 0
    assert mailed(Mail.DAILY, "two") == number
    assert len(mailoutbox) == number

"""Who looks after mails sees what became of each, never what is in it."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.mail import delivery
from kyodo.core.mail.models import AddressTrouble, OutgoingMail
from kyodo.core.mail.queue import queue
from kyodo.core.mail.rules import Purpose, State
from tests.region import Person, Region

SECRET = "https://kyodo.example.jp/accounts/password/reset/key/abc"


def put(person: Person, purpose: Purpose = Purpose.OTHER) -> OutgoingMail:
    person.user.email = f"{person.user.username}@example.jp"
    person.user.save()
    number = queue(
        address=person.user.email,
        purpose=purpose,
        subject="#12 窓口の待ち時間",
        text=SECRET,
        user_id=person.user.pk,
        at=clock.now(),
    )
    assert number is not None
    return OutgoingMail.objects.get(pk=number)


def troubled(mail: OutgoingMail) -> AddressTrouble:
    OutgoingMail.objects.filter(pk=mail.pk).update(state=State.FAILED)
    return AddressTrouble.objects.create(
        address=mail.address, since=clock.now(), trouble="no_such_address", said="550 no", mail=mail
    )


def page(person: Person, address: str) -> str:
    answer = person.browser().get(address, follow=True)
    assert answer.status_code == 200
    return (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")


@pytest.mark.parametrize("purpose", list(Purpose))
def test_nobody_reads_the_text_of_a_mail_or_a_link_in_it(region: Region, purpose: Purpose):
    mail = put(region.villager, purpose)
    for person in (region.operator, region.coordinator):
        for address in ("/mail/", f"/mail/{mail.pk}/", "/mail/?format=csv"):
            shown = page(person, address)
            assert mail.address in shown
            assert "reset/key" not in shown


def test_the_operator_does_not_learn_of_needs_from_subjects(region: Region):
    mail = put(region.villager)
    for address in (f"/mail/{mail.pk}/", "/mail/?format=csv"):
        assert "窓口の待ち時間" in page(region.coordinator, address)
        assert "窓口の待ち時間" not in page(region.operator, address)


def test_the_list_is_narrowed_by_state_body_and_address(region: Region):
    first, second = put(region.villager), put(region.townsman)
    troubled(second)
    for query, found in (
        ("state=failed", [second]),
        ("state=queued", [first]),
        (f"body={region.village.name}", [first]),
        (f"q={second.address}", [second]),
        ("purpose=sign_in", []),
    ):
        content = page(region.coordinator, f"/mail/?{query}")
        assert [mail for mail in (first, second) if f"/mail/{mail.pk}/" in content] == found


def test_what_waits_is_cancelled_and_never_sent(region: Region, mailoutbox):
    mail = put(region.villager)
    region.coordinator.browser().post(f"/mail/{mail.pk}/cancel/")
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (State.CANCELLED, "")
    assert delivery.deliver() == {}
    assert mailoutbox == []
    answer = region.coordinator.browser().post(f"/mail/{mail.pk}/cancel/", follow=True)
    assert "その間に変わっていました" in answer.content.decode()


def test_what_failed_is_sent_again_once_the_address_is_cleared(region: Region, mailoutbox):
    mail = put(region.villager)
    trouble = troubled(mail)
    before = mail.token
    browser = region.coordinator.browser()
    refused = browser.post(f"/mail/{mail.pk}/resend/", follow=True).content.decode()
    assert "先に「届かないアドレス」で" in refused
    assert mail.address in page(region.coordinator, "/mail/addresses/")
    browser.post(f"/mail/addresses/{trouble.pk}/clear/")
    browser.post(f"/mail/{mail.pk}/resend/")
    assert delivery.deliver() == {State.SENT: 1}
    mail.refresh_from_db()
    assert mail.token != before
    assert [sent.to for sent in mailoutbox] == [[mail.address]]


@pytest.mark.parametrize(
    ("purpose", "text", "said"), [(Purpose.DAILY, "x", "次の通知メールで"), (Purpose.OTHER, "", "本文はもう")]
)
def test_what_can_not_be_sent_again_says_why(region: Region, purpose: Purpose, text: str, said: str):
    mail = put(region.villager, purpose)
    OutgoingMail.objects.filter(pk=mail.pk).update(state=State.FAILED, text=text)
    answer = region.coordinator.browser().post(f"/mail/{mail.pk}/resend/", follow=True)
    assert said in answer.content.decode()
    mail.refresh_from_db()
    assert mail.state == State.FAILED


def test_an_address_in_trouble_shows_where_it_is_looked_after(region: Region):
    mail = put(region.villager)
    assert "/mail/addresses/" not in page(region.coordinator, "/")
    troubled(mail)
    assert "/mail/addresses/" in page(region.coordinator, "/")
    assert "メールが届きません" in page(region.operator, "/accounts/users/")
    assert "メールが届きません" in page(region.operator, f"/accounts/users/{region.villager.user.pk}/")
    assert "メールが届きません" in page(region.villager, "/accounts/")


def test_another_address_is_written_to_again(region: Region):
    troubled(put(region.villager))
    administrator = region.of_role(Role.ADMINISTRATOR).browser()
    address = f"/accounts/users/{region.villager.user.pk}/email/"
    assert administrator.post(address, {"email": "new@example.jp"}).status_code == 302
    region.villager.user.refresh_from_db()
    assert region.villager.user.email == "new@example.jp"
    assert "メールが届きません" not in page(region.operator, f"/accounts/users/{region.villager.user.pk}/")
    assert administrator.post(address, {"email": "new"}).status_code == 422


def test_a_page_of_many_costs_no_more_queries_than_one_of_few(region: Region, django_assert_max_num_queries):
    browser = region.coordinator.browser()
    for _number in range(30):
        put(region.villager)
    with django_assert_max_num_queries(25):
        browser.get("/mail/")

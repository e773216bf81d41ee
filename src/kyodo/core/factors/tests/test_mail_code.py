"""A code by mail: where the policy accepts it; ten minutes, five tries, once; the mail names its person."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import User
from kyodo.core.accounts.tests.people import recorded, someone
from kyodo.core.factors.models import MailCode
from kyodo.core.factors.rules import Factor
from kyodo.core.factors.tests.situations import PAGE, asked, at_second_step, give, is_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    someone(email="soumu@vill.example.jp")
    asked(Role.OFFICER, Factor.MAIL)
    return at_second_step()


def send(client) -> str:
    client.post(PAGE, {"way": "send"})
    return str(re.findall(r"\b\d{6}\b", str(mail.outbox[-1].body))[0])


def test_it_is_mailed_to_the_section_with_the_persons_name_and_opens_the_door(client):
    code = send(client)
    (letter,) = mail.outbox
    assert letter.to == ["soumu@vill.example.jp"]
    assert "檜原 hanako さん" in letter.subject
    assert "檜原 hanako さん（利用者名：hanako）" in letter.body
    assert "http" not in letter.body
    give(client, code, "mail")
    assert is_in(client)
    assert recorded()[-3:] == ["factors.mail_code_made", "factors.mail_code_used", "accounts.signed_in"]


def test_it_is_in_the_persons_language():
    someone(email="soumu@vill.example.jp")
    asked(Role.OFFICER, Factor.MAIL)
    User.objects.update(language="en")
    send(at_second_step())
    assert "Code" in mail.outbox[0].subject


def test_it_works_once(client):
    code = send(client)
    give(client, code, "mail")
    other = at_second_step()
    assert "もう使えません" in give(other, code, "mail")
    assert not is_in(other)


def test_it_works_for_ten_minutes(client):
    code = send(client)
    MailCode.objects.update(sent_at=clock.now() - timedelta(minutes=10, seconds=1))
    give(client, code, "mail")
    assert not is_in(client)


def test_the_sixth_try_is_not_even_looked_at(client):
    code = send(client)
    for _try in range(5):
        assert "コードが違います" in give(client, "000000" if code != "000000" else "111111", "mail")
    assert "もう使えません" in give(client, code, "mail")
    assert not is_in(client)


def test_only_the_newest_one_works(client):
    old = send(client)
    cache.clear()
    new = send(client)
    if old != new:
        give(client, old, "mail")
        assert not is_in(client)
    give(client, new, "mail")
    assert is_in(client)


def test_it_is_sent_once_a_minute(client):
    send(client)
    answer = client.post(PAGE, {"way": "send"}, follow=True)
    assert "続けては送れません" in answer.content.decode()
    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_down_is_told(client, monkeypatch):
    def broken(*_arguments, **_named):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    assert "メールを送れませんでした" in client.post(PAGE, {"way": "send"}, follow=True).content.decode()


def test_where_the_policy_does_not_name_it_a_mailbox_opens_nothing():
    someone(email="soumu@vill.example.jp")
    asked(Role.OFFICER, Factor.SHEET)
    client = at_second_step()
    assert "メールで届くコード" not in client.get(PAGE).content.decode()
    client.post(PAGE, {"way": "send"})
    assert mail.outbox == []

"""A forgotten password is reset by mail, and nobody learns from the page who has an account."""

from __future__ import annotations

import re
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from kyodo.core.accounts.tests.people import browser, recorded, someone

pytestmark = pytest.mark.django_db
PAGE = "/accounts/password/reset/"
NEW = "other-words-in-a-row"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def ask(address: str) -> str:
    answer = Client().post(PAGE, {"email": address}, follow=True)
    text = answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)


def test_known_and_unknown_addresses_get_the_same_page():
    someone(email="soumu@vill.example.jp")
    assert ask("soumu@vill.example.jp") == ask("nobody@vill.example.jp")
    assert len(mail.outbox) == 1


def test_the_mail_says_whose_password_it_is_and_until_when():
    someone(email="soumu@vill.example.jp")
    someone("taro", email="soumu@vill.example.jp")
    ask("soumu@vill.example.jp")
    assert [letter.subject for letter in mail.outbox] == [
        "【Kyodo】パスワードの再設定（24時間以内） / Password reset"
    ] * 2
    bodies = sorted(letter.body for letter in mail.outbox)
    assert "檜原 hanako さん（利用者名：hanako）" in bodies[0]
    assert "taro" in bodies[1]
    assert {letter.message().get_content_type() for letter in mail.outbox} == {"text/plain"}


def test_the_link_leads_to_a_new_password_once():
    someone(email="soumu@vill.example.jp")
    ask("soumu@vill.example.jp")
    (link,) = re.findall(r"http://testserver(/\S+)", str(mail.outbox[0].body))
    client = Client()
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0]
    answer = client.post(where, {"password1": NEW, "password2": NEW}, follow=True)
    assert "パスワードを変えました" in answer.content.decode()
    assert browser(password=NEW).get("/accounts/").status_code == 200
    assert "accounts.password_reset" in recorded()
    assert "このリンクは使えません" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize("trouble", [ConnectionRefusedError, SMTPException])
def test_a_broken_mail_server_betrays_nobody(trouble, monkeypatch):
    def broken(*_arguments, **_named):
        raise trouble

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", broken)
    someone(email="soumu@vill.example.jp")
    assert "メールを確かめてください" in ask("soumu@vill.example.jp")

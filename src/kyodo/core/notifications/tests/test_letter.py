"""The words of a mail: small, on the lines where they belong, and what is due first in the subject."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.mail import EmailMessage
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.core.mail.rules import faults, subject_for
from kyodo.core.notifications import letter as words
from kyodo.core.notifications.letter import Letter, Line, Told

DAY = date(2026, 11, 27)
TEXTS = st.text(max_size=2000)


def test_the_subject_names_what_is_due_first_and_counts_the_rest():
    later = Line(lambda: "", "/", "調達", DAY + timedelta(days=2))
    first = Line(lambda: "", "/", "#12 窓口の待ち時間", DAY)
    letter = Letter([Told(1, lambda: "", "/")], [("期限のお知らせ", [later, first])])
    assert words.subject(letter, organisation="檜原村") == (
        "【Kyodo】檜原村 #12 窓口の待ち時間 2026年11月27日(金)まで ほか2件"
    )


@given(TEXTS, TEXTS, TEXTS)
def test_no_name_or_title_begins_a_header_of_its_own(organisation: str, about: str, person: str):
    letter = Letter([], [("期限のお知らせ", [Line(lambda: about, "/", about, DAY)])])
    subject = words.subject(letter, organisation=organisation)
    body = words.body(letter, organisation=organisation, person=person, site="http://localhost")
    message = EmailMessage(subject, body, "kyodo@example.jp", ["a@example.jp"]).message()
    assert subject.isprintable()
    assert sorted(message.keys()) == sorted(
        ["Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID"]
    )
    assert len(body.splitlines()) == 11


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(["a", "窓", "𩸽"]), st.integers(1, 2000))
def test_however_much_there_is_to_tell_the_mail_stays_under_thirty_kilobytes(due, news, letter, length):
    text = letter * length
    line = Line(lambda: text, "/needs/1/" + "x" * 180, text, DAY)
    full = Letter([Told(1, lambda: text, "/needs/1/")] * news, [("期限のお知らせ", [line] * due)] * 3)
    subject = words.subject(full, organisation=text)
    body = words.body(full, organisation=text, person=text, site="https://" + "y" * 200)
    for coding in ("8bit", "base64"):
        message = EmailMessage(subject, body, "kyodo@example.jp", ["a@example.jp"]).message()
        if coding == "base64":
            from email.encoders import encode_base64

            del message["Content-Transfer-Encoding"]
            message.set_payload(body.encode())
            encode_base64(message)
        assert len(message.as_bytes()) < 30_000
    assert faults(subject=subject_for(subject, organisation=text), text=body, attachments=[]) == []


def test_what_has_no_room_is_counted():
    many = Letter([Told(1, lambda: "あ" * 100, "/")] * 60, [])
    body = words.body(many, organisation="檜原村", person="総務課", site="http://localhost")
    assert body.count("・あ") == 40
    assert "ほかに 20件あります。" in body

"""Plain, small, named: whoever wrote the mail, the rules are asked in one place."""

from __future__ import annotations

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core import clock
from kyodo.core.mail import delivery, rules
from kyodo.core.mail.models import OutgoingMail
from kyodo.core.mail.queue import Attached, MailRefused
from kyodo.core.mail.rules import Purpose, State
from kyodo.core.mail.tests.test_what_leaves import put
from tests.region import Region

pytestmark = pytest.mark.django_db
BACKEND = "kyodo.core.mail.backend.QueueBackend"


def test_files_go_out_with_it_up_to_two_megabytes(office):
    put(attachments=[Attached("表.csv", "text/csv", b"a,b")])
    delivery.deliver()
    _text, file = office.taken[0].get_payload()
    assert file.get_payload(decode=True) == b"a,b"
    assert file.get_filename() == "表.csv"
    with pytest.raises(MailRefused, match="attachments"):
        put(attachments=[Attached("a", "text/plain", b"x" * (2 * 1024 * 1024 + 1))])


def test_a_mail_is_small_plain_text():
    with pytest.raises(MailRefused, match="at most 30000"):
        put(text="あ" * 8000)
    html = EmailMultiAlternatives("件名", "本文", to=["a@example.jp"], connection=get_connection(BACKEND))
    html.attach_alternative("<p>本文</p>", "text/html")
    with pytest.raises(MailRefused, match="plain"):
        html.send()


@given(st.text(max_size=400), st.text(alphabet="檜原村", max_size=5))
def test_every_subject_has_the_form(subject: str, body: str):
    made = rules.subject_for(subject, organisation=body)
    assert made.startswith(f"【Kyodo】{body}")
    assert made.isprintable()
    assert len(made) <= rules.LONGEST_SUBJECT


def test_subject_and_text_name_body_and_person_where_a_mailbox_is_shared(region: Region):
    for person in (region.villager, region.of_role("approver")):
        person.user.email = "soumu@vill.example.jp"
        person.user.save()
    mail = put("soumu@vill.example.jp", user_id=region.villager.user.pk, subject="お知らせ\r\nBcc: x@example.jp")
    assert mail.subject == f"【Kyodo】{region.village.name} お知らせ Bcc: x@example.jp"
    assert mail.text.startswith(f"{region.village.name} 総務課 情報担当 様")
    assert put(user_id=region.townsman.user.pk).text == "本文"


def test_whatever_a_library_sends_goes_into_the_queue():
    message = EmailMessage("件名", "本文", to=["a@example.jp"], cc=["b@example.jp"], connection=get_connection(BACKEND))
    assert message.send() == 2
    queued = OutgoingMail.objects.order_by("address").values_list("address", "state", "purpose")
    assert list(queued) == [
        ("a@example.jp", State.QUEUED, Purpose.OTHER),
        ("b@example.jp", State.QUEUED, Purpose.OTHER),
    ]


def test_a_link_for_a_new_password_is_queued_for_its_person_and_is_not_kept(settings, office, client, region: Region):
    settings.EMAIL_BACKEND = BACKEND
    region.villager.user.email = "soumu@vill.example.jp"
    region.villager.user.set_password("tall-trees-by-the-river")
    region.villager.user.save()
    client.post("/accounts/password/reset/", {"email": "soumu@vill.example.jp"})
    mail = OutgoingMail.objects.get()
    assert (mail.purpose, mail.user) == (Purpose.SIGN_IN, region.villager.user)
    assert mail.subject.startswith(f"【Kyodo】{region.village.name} パスワードの再設定")
    assert mail.give_up_at > clock.now()
    delivery.deliver()
    (sent,) = office.taken
    assert not [name for name in sent if name.startswith("X-")]
    assert "/accounts/password/reset/key/" in sent.get_payload(decode=True).decode()
    mail.refresh_from_db()
    assert mail.text == ""

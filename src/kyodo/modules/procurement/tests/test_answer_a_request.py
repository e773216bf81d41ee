"""A company comes in by a link, answers in parts, asks; nobody but coordinators and auditors reads all of it."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.actor import resident
from kyodo.core.mail.models import OutgoingMail
from kyodo.modules.procurement.actions import market_answering, market_asking, moving
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.models import (
    MarketAnswer,
    MarketDocument,
    MarketLink,
    MarketQuestion,
    RequestForInformation,
    Supplier,
)
from kyodo.modules.procurement.queries import market as queries
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.market import SupplierDraft, check_digit, fault_of_corporate_number
from tests import market
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def rfi(region: Region):
    return market.published(region)


def mailed_key(address: str) -> str:
    mail = OutgoingMail.objects.filter(address=address).latest("id")
    found = re.search(r"/procurement/company/([^/\s]+)/", mail.text)
    assert found, mail.text
    return found[1]


def form_of(key: str):
    return Client().get(f"/procurement/company/{key}/").context["form"]


def told(form, **said) -> dict[str, str]:
    """What the browser sends: the form as it is, with figures of the first item."""
    item = form.request.items[0].id
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in {None, ""} and value is not False}
    return {**sent, **{f"{name}-{item}": value for name, value in said.items()}}


def test_anybody_reads_the_open_request_and_only_the_sums_of_the_survey(region: Region, rfi):
    market_list = Client().get("/procurement/public/").content.decode()
    assert rfi.title in market_list
    page = Client().get(f"/procurement/public/{rfi.pk}/").content.decode()
    assert ">200<" in page, "the village and the town want 100 each"
    assert "檜原村" not in page
    assert "日の出町" not in page
    assert f"/procurement/public/{rfi.pk}/" in Client().get("/sitemap.xml").content.decode()
    api = Client().get(f"/api/v1/procurement/public/{rfi.pk}")
    assert api["Access-Control-Allow-Origin"] == "*"
    assert api.json()["items"][0]["quantity"] == 200


def test_a_company_registers_is_mailed_a_link_and_answers_without_an_account(region: Region, rfi):
    sent = {"name": "甲社", "corporate_number": market.corporate_number(), "address": "sales@ko.example.jp"}
    assert Client().post(f"/procurement/public/{rfi.pk}/register/", sent).status_code == 302
    key = mailed_key("sales@ko.example.jp")
    assert key not in str(list(MarketLink.objects.values())), "only the digest of the secret is kept"
    answer = Client().post(
        f"/procurement/company/{key}/", told(form_of(key), initial_likely="12,000", yearly_likely="1200"), follow=True
    )
    row = MarketAnswer.objects.get()
    assert row.receipt in answer.content.decode()
    assert row.figures.get().initial_likely == 12_000
    page = region.coordinator.browser().get(f"/procurement/{rfi.case_id}/market/").content.decode()
    assert "甲社" in page
    assert "12,000" in page


@pytest.mark.parametrize(
    ("number", "is_right"),
    [
        ("7000012050002", True),
        ("8000012050002", False),
        ("700001205000", False),
        ("0000012050002", False),
        ("x", False),
    ],
)
def test_a_corporate_number_has_thirteen_digits_and_the_right_first_one(number, is_right):
    assert (fault_of_corporate_number(number) is None) is is_right


def test_a_wrong_corporate_number_is_told_and_nothing_is_mailed(rfi):
    twelve = "000012050002"
    wrong = f"{check_digit(twelve) % 9 + 1}{twelve}"
    sent = {"name": "甲社", "corporate_number": wrong, "address": "sales@ko.example.jp"}
    answer = Client().post(f"/procurement/public/{rfi.pk}/register/", sent)
    assert answer.status_code == 422
    assert "検査用の数字が合いません" in answer.content.decode()
    assert not OutgoingMail.objects.exists()
    assert not Supplier.objects.exists()


def test_a_known_company_gets_the_link_at_its_own_address_whoever_registers(rfi):
    known = market.answered(rfi).supplier
    draft = SupplierDraft("甲社のふり", known.corporate_number, "thief@example.jp")
    market_answering.register(rfi=rfi, draft=draft, by=resident(), at=clock.now() + timedelta(minutes=11))
    assert set(OutgoingMail.objects.values_list("address", flat=True)) == {known.address}
    assert Supplier.objects.get().name == "甲社"


def test_who_registers_again_and_again_fills_no_mailbox(rfi):
    draft = SupplierDraft("甲社", market.corporate_number(), "sales@ko.example.jp")
    for _time in range(3):
        market_answering.register(rfi=rfi, draft=draft, by=resident(), at=clock.now())
    assert OutgoingMail.objects.count() == 1


def test_an_address_that_is_not_sure_yet_loses_its_link_to_whoever_comes_with_another(rfi):
    number, at = market.corporate_number(), clock.now()
    market_answering.register(rfi=rfi, draft=SupplierDraft("甲社", number, "first@example.jp"), by=resident(), at=at)
    first = mailed_key("first@example.jp")
    market_answering.register(
        rfi=rfi,
        draft=SupplierDraft("甲社", number, "second@example.jp"),
        by=resident(),
        at=at + timedelta(minutes=11),
    )
    assert Client().get(f"/procurement/company/{first}/").status_code == 404
    assert Client().get(f"/procurement/company/{mailed_key('second@example.jp')}/").status_code == 200


def test_an_invitation_with_a_new_address_voids_the_old_links(region: Region, rfi):
    number = market.corporate_number()
    market.invited(region, rfi, "old@example.jp", number)
    old = mailed_key("old@example.jp")
    market.invited(region, rfi, "new@example.jp", number)
    assert Client().get(f"/procurement/company/{old}/").status_code == 404
    assert Client().get(f"/procurement/company/{mailed_key('new@example.jp')}/").status_code == 200


def test_of_two_people_of_one_company_the_second_is_told(rfi):
    key = market.link(rfi)
    first, second = form_of(key), form_of(key)
    assert Client().post(f"/procurement/company/{key}/", told(first, initial_likely="100")).status_code == 302
    answer = Client().post(f"/procurement/company/{key}/", told(second, initial_likely="200"))
    assert answer.status_code == 422
    assert "ほかの人が変えました" in answer.content.decode()
    assert MarketAnswer.objects.get().figures.get().initial_likely == 100


def test_two_first_answers_at_once_leave_one(rfi):
    key = market.link(rfi)
    one, other = queries.guest_by(key), queries.guest_by(key)
    by = {"by": market.company(one), "at": clock.now()}
    market_answering.save_answer(guest=one, draft=market.figures(one), revision=0, **by)
    with pytest.raises(CaseChanged):
        market_answering.save_answer(guest=other, draft=market.figures(other), revision=0, **by)


def test_the_link_of_a_closed_request_is_for_reading_only(region: Region, rfi):
    key = market.link(rfi)
    sent = told(form_of(key), initial_likely="100")
    RequestForInformation.objects.filter(pk=rfi.pk).update(closes_on=clock.today() - timedelta(days=1))
    page = Client().get(f"/procurement/company/{key}/").content.decode()
    assert "受付は終わりました" in page
    refused = Client().post(f"/procurement/company/{key}/", sent)
    assert refused.status_code == 422
    assert not MarketAnswer.objects.exists()
    assert Client().get(f"/procurement/public/{rfi.pk}/register/").status_code == 404


def test_a_case_that_goes_back_takes_no_answers(region: Region, rfi):
    guest = market.guest(rfi)
    moving.move_case(
        case=rfi.case, to=CaseState.ALIGNMENT, reason="仕様が変わります。", by=region.coordinator.actor, at=clock.now()
    )
    fresh = replace(guest, rfi=RequestForInformation.objects.select_related("case").get(pk=rfi.pk))
    with pytest.raises(CaseRefused):
        market_answering.save_answer(
            guest=fresh, draft=market.figures(guest), revision=0, by=market.company(guest), at=clock.now()
        )


def a_workbook(*, macro: bool) -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        if macro:
            archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return SimpleUploadedFile("見積.xlsx", content.getvalue())


def test_a_file_with_a_macro_is_refused_and_the_rest_is_not_lost(rfi):
    key = market.link(rfi)
    sent = told(form_of(key), initial_likely="100")
    answer = Client().post(f"/procurement/company/{key}/", {**sent, "documents": a_workbook(macro=True)})
    assert answer.status_code == 422
    assert 'value="100"' in answer.content.decode()
    assert not MarketDocument.objects.exists()


def test_documents_are_read_by_coordinators_and_by_bodies_only_where_nothing_is_confidential(region: Region, rfi):
    key = market.link(rfi)
    pdf = SimpleUploadedFile("見積.pdf", b"%PDF-1.4\n%%EOF\n")
    assert Client().post(f"/procurement/company/{key}/", {**told(form_of(key)), "documents": pdf}).status_code == 302
    page = region.villager.browser().get(f"/procurement/{rfi.case_id}/market/")
    address = page.context["page"].documents[0].documents[0].file.url
    assert region.villager.browser().get(address).status_code == 200
    assert Client().get(address).status_code in {302, 404}
    MarketDocument.objects.update(is_confidential=True)
    assert region.villager.browser().get(address).status_code == 404
    assert region.coordinator.browser().get(address).status_code == 200


def test_what_a_company_keeps_confidential_is_nobodys_but_the_coordinators_and_auditors(region: Region, rfi):
    market.answered(rfi, "甲社", initial_likely=34_567, is_confidential=True)
    market.answered(rfi, "乙社", is_name_confidential=True, initial_likely=45_678)
    address = f"/procurement/{rfi.case_id}/market/"
    page = region.villager.browser().get(address).content.decode()
    assert "甲社" in page
    assert "34,567" not in page
    assert "乙社" not in page
    assert "45,678" in page
    for reader in (region.coordinator, region.auditor):
        whole = reader.browser().get(address).content.decode()
        assert "34,567" in whole
        assert "乙社" in whole


def test_no_company_ever_sees_another_ones_answer_nor_any_body(region: Region, rfi):
    market.answered(rfi, "甲社", initial_likely=34_567, note="当社だけの事情")
    market.handed_out(region, rfi.case)
    other = market.link(rfi, "乙社")
    for address in (
        f"/procurement/company/{other}/",
        f"/procurement/public/{rfi.pk}/",
        "/procurement/public/",
        f"/api/v1/procurement/public/{rfi.pk}",
    ):
        page = Client().get(address).content.decode()
        for secret in ("34,567", "34567", "甲社", "当社だけの事情", "檜原村"):
            assert secret not in page, (address, secret)
    for address in ("market/", "market/?format=xlsx", "market/?format=csv", "estimates/", "estimates/?format=csv"):
        assert Client().get(f"/procurement/{rfi.case_id}/{address}").status_code == 302


def test_the_comparison_goes_out_as_a_file_for_coordinators_only(region: Region, rfi):
    market.answered(rfi, "甲社", initial_likely=34_567, is_confidential=True)
    address = f"/procurement/{rfi.case_id}/market/?format=csv"
    assert "34567" in region.coordinator.browser().get(address).content.decode()
    body = region.villager.browser().get(address)
    assert body["Content-Type"].startswith("text/html")
    assert "34567" not in body.content.decode()


def test_a_question_is_answered_to_all_without_who_asked(region: Region, rfi):
    key = market.link(rfi, "甲社")
    Client().post(f"/procurement/company/{key}/ask/", {"text": "甲社の製品でもよいですか。"})
    question = MarketQuestion.objects.get()
    coordinator = region.coordinator.browser()
    assert "企業の質問" in coordinator.get("/").content.decode()
    answer = coordinator.post(
        f"/procurement/{rfi.case_id}/market/questions/{question.pk}/",
        {"answer": "どの製品でもかまいません。", "to": "all", "public_text": "製品の指定はありますか。"},
    )
    assert answer.status_code == 302
    page = Client().get(f"/procurement/public/{rfi.pk}/").content.decode()
    assert "製品の指定はありますか。" in page
    assert "どの製品でもかまいません。" in page
    assert "甲社" not in page


def test_a_question_answered_to_one_is_on_no_other_page(region: Region, rfi):
    key, other = market.link(rfi, "甲社"), market.link(rfi, "乙社")
    Client().post(f"/procurement/company/{key}/ask/", {"text": "当社の特許についてのおたずねです。"})
    question = MarketQuestion.objects.select_related("rfi__case", "supplier").get()
    market_asking.answer_question(
        question=question,
        answer="問題ありません。",
        is_public=False,
        public_text="",
        by=region.coordinator.actor,
        at=clock.now(),
    )
    assert "問題ありません。" in Client().get(f"/procurement/company/{key}/").content.decode()
    for address in (f"/procurement/company/{other}/", f"/procurement/public/{rfi.pk}/"):
        page = Client().get(address).content.decode()
        assert "特許" not in page
        assert "問題ありません。" not in page


def test_coordinators_ask_back_and_the_company_replies_also_after_closing(region: Region, rfi):
    guest = market.answered(rfi)
    market_asking.ask_back(
        rfi=rfi, supplier=guest.supplier, text="保守は年額に入りますか。", by=region.coordinator.actor, at=clock.now()
    )
    key = mailed_key(guest.supplier.address)
    RequestForInformation.objects.filter(pk=rfi.pk).update(closes_on=clock.today() - timedelta(days=1))
    question = MarketQuestion.objects.get()
    sent = Client().post(f"/procurement/company/{key}/replies/{question.pk}/", {"text": "入ります。"})
    assert sent.status_code == 302
    page = region.coordinator.browser().get(f"/procurement/{rfi.case_id}/market/{guest.supplier.pk}/")
    assert "入ります。" in page.content.decode()


def test_a_company_may_not_reply_for_another(region: Region, rfi):
    asked, other = market.answered(rfi, "甲社"), market.guest(rfi, "乙社")
    key = market_asking.ask_back(
        rfi=rfi, supplier=asked.supplier, text="保守は年額に入りますか。", by=region.coordinator.actor, at=clock.now()
    )
    with pytest.raises(CaseChanged):
        market_answering.reply(
            guest=other, question_id=key, text="入ります。", by=market.company(other), at=clock.now()
        )


def test_a_draft_is_nobodys_but_the_coordinators(region: Region):
    case = market.in_market(region)
    by = {"by": region.coordinator.actor, "at": clock.now()}
    key = market_asking.write_request(case=case, draft=market.request_of(), revision=None, **by)
    assert Client().get(f"/procurement/public/{key}/").status_code == 404
    assert (
        market.request_of().title
        not in region.villager.browser().get(f"/procurement/{case.pk}/market/").content.decode()
    )
    assert (
        market.request_of().title
        in region.coordinator.browser().get(f"/procurement/{case.pk}/market/").content.decode()
    )


def test_two_coordinators_who_write_at_once_do_not_overwrite_each_other(region: Region, rfi):
    by = {"by": region.coordinator.actor, "at": clock.now()}
    market_asking.write_request(case=rfi.case, draft=market.request_of(wanted="A"), revision=rfi.revision, **by)
    with pytest.raises(CaseChanged):
        market_asking.write_request(case=rfi.case, draft=market.request_of(wanted="B"), revision=rfi.revision, **by)


def test_a_withdrawn_request_is_gone_from_every_public_page(region: Region, rfi):
    key = market.link(rfi)
    browser = region.coordinator.browser()
    browser.post(f"/procurement/{rfi.case_id}/market/publish/", {"do": "withdraw"})
    assert rfi.title not in Client().get("/procurement/public/").content.decode()
    assert Client().get(f"/procurement/public/{rfi.pk}/").status_code == 404
    assert Client().get(f"/procurement/company/{key}/").status_code == 404

"""Whom to call: every body's sections and numbers, found however they are typed, kept by the body itself."""

from __future__ import annotations

import io

import pytest
from openpyxl import load_workbook

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.directory import actions
from kyodo.core.directory.models import Contact
from kyodo.core.directory.queries import bodies as queries
from kyodo.core.directory.rules import ContactDraft, has_all, words_of
from kyodo.core.duties.models import Duty
from kyodo.core.organisations.models import Kind, Organisation
from tests.region import Region

pytestmark = pytest.mark.django_db


def line(region: Region, body: Organisation | None = None, **told: str) -> Contact:
    draft = ContactDraft(**{"name": "総務課 情報担当", "phone": "042-598-1011", "extension": "212", **told})
    return actions.add_contact(
        organisation=body or region.village, draft=draft, by=region.operator.actor, at=clock.now()
    )


def text_of(browser, address: str) -> str:
    return str(browser.get(address).content.decode())


def test_an_officer_of_another_body_finds_the_sections_number_and_its_mailbox(region: Region):
    line(region, mailbox="joho@vill.example.jp")
    page = text_of(region.townsman.browser(), "/directory/")
    assert "042-598-1011" in page
    assert "joho@vill.example.jp" in page


@pytest.mark.parametrize("query", ["0425981011", "０４２－５９８", "檜原", "情報担当", "133078", "檜原 212"])
def test_however_it_is_typed_it_is_found(region: Region, query: str):
    line(region)
    line(region, region.town, name="企画財政課", phone="042-588-5111", extension="")
    page = text_of(region.townsman.browser(), f"/directory/?q={query}")
    assert "042-598-1011" in page
    assert "042-588-5111" not in page


def test_a_persons_own_address_is_never_shown_and_a_duty_without_numbers_still_is(region: Region):
    officer = region.villager
    officer.user.email = "private@example.jp"
    officer.user.display_name = "檜原 花子"
    officer.user.save()
    Duty.objects.update(mailbox="joho@vill.example.jp")
    page = text_of(region.townsman.browser(), "/directory/")
    assert "private@example.jp" not in page
    assert "joho@vill.example.jp" in page
    assert "檜原 花子" in page


def test_who_left_is_not_named_any_more(region: Region):
    officer = region.villager
    officer.user.display_name = "檜原 花子"
    officer.user.save()
    officer.user.holdings.update(valid_until="2021-03-31")
    assert "檜原 花子" not in text_of(region.townsman.browser(), "/directory/")


def test_the_directory_costs_the_same_for_few_bodies_and_for_many(region: Region, django_assert_num_queries):
    browser = region.coordinator.browser()
    browser.get("/directory/")
    with django_assert_num_queries(9):  # 3 for who asks; bodies, lines, duties, roles, invitations; notices unread
        browser.get("/directory/")
    for number in range(40):
        body = Organisation.objects.create(kind=Kind.TOWN, name=f"町{number}", label=f"町{number}")
        line(region, body)
        region.person(body, Role.OFFICER)
    with django_assert_num_queries(9):
        browser.get("/directory/")


def test_marks_say_where_nobody_can_come_in_and_are_not_for_neighbours(region: Region):
    region.villager.user.last_login = clock.now()
    region.villager.user.save()
    rows = {row.name: row.sign_ins for row in queries.directory(region.coordinator.actor)}
    village, town = rows["檜原村"], rows["日の出町"]
    assert village is not None
    assert town is not None
    assert (village.active, village.signed_in, village.has_approver) == (1, 1, False)
    assert town.active == 0
    assert "使える人がいない" in text_of(region.coordinator.browser(), "/directory/")
    assert "使える人がいない" not in text_of(region.townsman.browser(), "/directory/")
    admin = region.of_role(Role.ADMINISTRATOR)
    seen = {row.name: row.sign_ins for row in queries.directory(admin.actor)}
    assert seen["日の出町"] is None
    assert seen["檜原村"] is not None


def test_the_administrator_writes_a_line_and_all_faults_are_said_at_once(region: Region):
    browser = region.of_role(Role.ADMINISTRATOR).browser()
    address = f"/directory/{region.village.pk}/contacts/new/"
    wrong = browser.post(address, {"name": "", "phone": "電話", "mailbox": "あ"})
    assert wrong.status_code == 422
    assert {"name", "phone", "mailbox"} <= wrong.context["form"].errors.keys()
    assert browser.post(address, {"name": "総務課", "phone": "０４２－５９８－１０１１"}).status_code == 302
    assert Contact.objects.get().phone == "042-598-1011"
    again = browser.post(address, {"name": "総務課"})
    assert again.status_code == 422
    assert "すでにあります" in again.content.decode()


def test_the_second_of_two_who_change_a_line_is_told(region: Region):
    contact = line(region)
    browser = region.operator.browser()
    told = {"name": "総務課", "phone": "1", "revision": 1}
    assert browser.post(f"/directory/contacts/{contact.pk}/", told).status_code == 302
    late = browser.post(f"/directory/contacts/{contact.pk}/", {**told, "phone": "2"})
    assert late.status_code == 422
    contact.refresh_from_db()
    assert contact.phone == "1"


def test_a_line_is_removed(region: Region):
    contact = line(region)
    browser = region.operator.browser()
    assert "総務課 情報担当" in text_of(browser, f"/directory/contacts/{contact.pk}/remove/")
    browser.post(f"/directory/contacts/{contact.pk}/remove/")
    assert not Contact.objects.exists()


def test_the_page_of_a_body_and_the_files_say_the_same(region: Region):
    line(region, fax="042-598-1009", remark="午前は窓口")
    page = text_of(region.townsman.browser(), f"/directory/{region.village.pk}/")
    assert "042-598-1009" in page
    browser = region.townsman.browser()
    book = load_workbook(io.BytesIO(browser.get("/directory/?q=檜原&format=xlsx").content))
    assert book.active is not None
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "042-598-1009" in cells
    assert "世田谷区" not in cells
    assert "午前は窓口" in browser.get("/directory/?format=csv").content.decode()


def test_words_are_found_whatever_their_width():
    assert has_all(words_of("ＡＢＣ 042ー598"), "abc", "042-598-1011")
    assert not has_all(words_of("abc 043"), "abc", "042-598-1011")

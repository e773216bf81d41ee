"""Whoever works for a company never sees a case, nor what bodies answered: not even where it was made a member."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.actions import issue_token
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.search import documents
from kyodo.modules.procurement.actions import surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.models import CaseMember, CurrentContract
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.survey import LineDraft
from tests.cases import a_case, a_contract, response
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(region: Region):
    return Organisation.objects.create(kind=Kind.COMPANY, name="株式会社多摩システム", label="多摩シ")


@pytest.fixture
def case(region: Region):
    made = a_case(region, state=CaseState.SURVEY, title="学校端末の共同調達（令和9年度）")
    held = response(made, region.village)
    line = lines_of(held.pk)[0]
    draft = LineDraft(
        relevance="yes", quantity_said="60", contract="running", contract_until=clock.today(), supplier="丙商店"
    )
    by = region.villager.actor
    surveying.answer(response=held, sitting=Sitting(lines={line.id: draft}), revision=1, by=by, at=clock.now())
    a_contract(region, region.village, supplier="株式会社秘密")
    documents.rebuild(lambda _done: None)
    return made


def by_mistake(company, case):
    CaseMember.objects.create(case=case, organisation=company, role="member", joined_at=clock.now(), joined_by="誤り")


@pytest.mark.parametrize("is_member", [False, True])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER])
def test_no_page_shows_a_case_to_a_company(region: Region, company, case, role, is_member):
    if is_member:
        by_mistake(company, case)
    browser = region.person(company, role, "営業担当").browser()
    listed = browser.get("/procurement/").content.decode()
    assert case.title not in listed
    base = f"/procurement/{case.pk}/"
    for part in ("", "survey/", "survey/answer/", "survey/lines/", "alignment/", "commitment/", "calendar/"):
        assert browser.get(base + part).status_code == 404, part
    for address in (f"{base}survey/{region.village.pk}/", f"{base}survey/{company.pk}/", "/procurement/radar/"):
        assert browser.get(address).status_code == 404, address
    assert browser.post(f"{base}survey/sheet/").status_code == 404


@pytest.mark.parametrize("is_member", [False, True])
def test_neither_search_nor_contracts_nor_files_tell_a_company_anything(region: Region, company, case, is_member):
    if is_member:
        by_mistake(company, case)
    browser = region.person(company, Role.OFFICER, "営業担当").browser()
    assert case.title not in browser.get("/search/?q=学校端末").content.decode()
    assert "株式会社秘密" not in browser.get("/procurement/contracts/").content.decode()
    for form in ("csv", "xlsx"):
        for address in ("/procurement/", "/procurement/contracts/"):
            answer = browser.get(f"{address}?format={form}")
            content = b"".join(answer) if answer.streaming else answer.content
            assert case.title.encode() not in content
            assert "秘密".encode() not in content
    assert browser.post("/procurement/contracts/new/", {"kind": "licences"}).status_code == 404


@pytest.mark.parametrize("is_member", [False, True])
def test_the_api_has_no_case_for_a_company(region: Region, company, case, is_member, client):
    if is_member:
        by_mistake(company, case)
    person = region.person(company, Role.OFFICER, "営業担当")
    _row, secret = issue_token(
        user=person.user, organisation=company, name="t", may_write=True, by=person.actor, at=clock.now()
    )
    headers = {"Authorization": f"Bearer {secret}"}
    base = "/api/v1/procurement"
    assert client.get(base, headers=headers).json()["items"] == []
    assert client.get(f"{base}/contracts", headers=headers).json()["items"] == []
    for part in ("", "/survey", "/survey/response", "/alignment", "/alignment/versions", "/commitments"):
        assert client.get(f"{base}/{case.pk}{part}", headers=headers).status_code == 404, part


def test_what_a_company_would_have_under_contract_is_on_no_list(region: Region, company):
    row = a_contract(region, region.village)
    CurrentContract.objects.filter(pk=row.pk).update(organisation=company)
    assert row.item not in region.coordinator.browser().get("/procurement/contracts/").content.decode()
    assert region.coordinator.browser().get("/procurement/radar/").context["page"].charts == ()

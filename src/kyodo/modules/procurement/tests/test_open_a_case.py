"""A case is opened from needs: the bodies that have them come in, but none that asked not to be named."""

from __future__ import annotations

from dataclasses import asdict, replace
from uuid import uuid4

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.accounts.actions import issue_token
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.search import queries as search
from kyodo.core.search import terms
from kyodo.modules.procurement.actions import joining, opening
from kyodo.modules.procurement.actions.refusals import CaseRefused
from kyodo.modules.procurement.models import CaseMember, JointProcurement
from kyodo.modules.procurement.rules.case import CaseAudience, MemberRole
from tests.cases import a_case, add, draft_of, unnamed_need
from tests.region import Region
from tests.soon import soon

pytestmark = pytest.mark.django_db


def inside(case) -> set[int]:
    return set(CaseMember.objects.filter(case=case).values_list("organisation_id", flat=True))


def chosen(page: str, body) -> bool:
    """True if the form proposes the body."""
    (box,) = [one.split(">")[0] for one in page.split("<input")[1:] if f'name="bodies" value="{body.pk}"' in one]
    return "checked" in box


def test_who_asked_and_who_joined_come_in(region: Region):
    need = region.need(backed_by=(region.townsman,))
    page = region.coordinator.browser().get(f"/procurement/new/?need={need.pk}").content.decode()
    assert chosen(page, region.village)
    assert chosen(page, region.town)
    assert inside(a_case(region, bodies=(), need_ids=[need.pk])) >= {region.village.pk, region.town.pk}


def test_a_body_that_asked_without_its_name_is_not_told_by_the_case(region: Region):
    need = unnamed_need(region, backed_by=(region.townsman,))
    page = region.coordinator.browser().get(f"/procurement/new/?need={need}").content.decode()
    assert not chosen(page, region.village)
    assert chosen(page, region.town)
    assert inside(a_case(region, bodies=(), need_ids=[need])) == {region.town.pk, region.dx_body.pk}


def test_nor_is_one_whose_need_was_merged_into_another(region: Region):
    need = region.need(by=region.townsman)
    unnamed_need(region, merged_into=need.pk)
    assert inside(a_case(region, bodies=(), need_ids=[need.pk])) == {region.town.pk, region.dx_body.pk}


def test_a_program_is_told_all_that_is_wrong_with_a_case_at_once(region: Region):
    company = Organisation.objects.create(kind=Kind.COMPANY, name="株式会社多摩システム", label="多摩シ")
    by = region.coordinator
    _row, secret = issue_token(
        user=by.user, organisation=region.dx_body, name="t", may_write=True, by=by.actor, at=clock.now()
    )
    draft = {**asdict(draft_of(kind="ships", method="by_lot", way="by_heart")), "bodies": [company.pk, 999_999]}
    draft["starts_on"] = draft["starts_on"].isoformat()
    headers = {"Authorization": f"Bearer {secret}"}
    answer = Client().post("/api/v1/procurement", draft, content_type="application/json", headers=headers)
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["faults"]] == ["kind", "method", "way", "bodies", "bodies"]
    assert not JointProcurement.objects.exists()


def test_a_body_that_is_gone_comes_into_no_case(region: Region):
    case = a_case(region, bodies=())
    for bodies in ([999_999, region.town.pk], []):
        with pytest.raises(CaseRefused):
            joining.add_bodies(
                case=case, bodies=bodies, role=MemberRole.MEMBER, by=region.coordinator.actor, at=clock.now()
            )
    assert inside(case) == {region.dx_body.pk}


@pytest.mark.parametrize("how", ["added", "joined"])
def test_whoever_comes_into_a_case_finds_it(region: Region, how: str):
    case = a_case(region, bodies=(region.town,), audience=CaseAudience.MEMBERS if how == "added" else CaseAudience.ALL)
    by = region.villager.actor
    if how == "added":
        add(region, case, region.village)
    else:
        joining.join(case=case, by=by, at=clock.now())
        draft = replace(opening.draft_of(case), audience=CaseAudience.MEMBERS)
        opening.edit_case(case=case, draft=draft, revision=1, by=region.coordinator.actor, at=clock.now())
    soon()
    found = [row.subject_id for row in search.search(terms.read("ライセンス"), actor=by).rows]
    assert found == [case.pk]


def test_a_coordinator_opens_one_on_the_page_and_rewrites_it(region: Region):
    browser = region.coordinator.browser()
    told = asdict(draft_of(title="庁内の電子契約サービス"))
    sent = {**told, "audience": told["audience"].value, "bodies": [region.village.pk], "submission": uuid4()}
    answer = browser.post("/procurement/new/", sent)
    assert answer.status_code == 302, answer.content.decode()
    case = JointProcurement.objects.get(title="庁内の電子契約サービス")
    assert region.village.pk in inside(case)
    again = {**sent, "months": 24, "revision": case.revision}
    assert browser.post(f"/procurement/{case.pk}/edit/", again).status_code == 302
    case.refresh_from_db()
    assert case.months == 24


def test_the_page_tells_all_that_is_wrong_with_it_at_once(region: Region):
    sent = {"title": "", "method": "lottery", "way": "", "months": 0, "submission": uuid4()}
    answer = region.coordinator.browser().post("/procurement/new/", sent)
    assert answer.status_code == 422
    wrong = answer.context["form"].errors
    assert {"title", "purpose", "kind", "starts_on", "months", "method", "way", "audience"} <= wrong.keys()
    assert all(len(sentences) == 1 for sentences in wrong.values()), wrong

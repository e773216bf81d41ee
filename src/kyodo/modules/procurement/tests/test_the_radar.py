"""The radar shows what ends when in the region, and who could renew together; never prices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.modules.procurement.actions import contracts
from kyodo.modules.procurement.models import CurrentContract
from kyodo.modules.procurement.queries.contracts import draft_of
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.radar import APART, End, groups
from kyodo.modules.procurement.rules.timeline import Joining, month_of, months_between
from tests.cases import a_case, a_contract
from tests.region import Region


def end(body: int, month: int, year: int = 2028, *, kind: str = "licences", is_free: bool = True) -> End:
    return End(body, f"団体{body}", kind, "グループウェア", date(year, month, 28), is_free)


def test_bodies_whose_contracts_end_within_three_months_of_one_month_are_a_group():
    (found,) = groups([end(1, 1), end(2, 3), end(3, 6), end(4, 12)], months={"licences": 12})
    assert [one.organisation_id for one in found.bodies] == [1, 2, 3]
    assert found.starts_on.month in {3, 4, 7}


def test_one_body_alone_another_kind_and_who_is_taken_care_of_make_no_group():
    told = [end(1, 1), end(1, 2), end(2, 1, kind="cloud"), end(3, 1, is_free=False)]
    assert groups(told, months={}) == []


def test_it_says_how_each_body_would_come_in():
    (found,) = groups([end(1, 3), end(2, 3), end(3, 1)], months={"licences": 60})
    assert found.starts_on == date(2028, 3, 1)
    how = {one.organisation_id: one.joins.how for one in found.bodies}
    assert how[3] is Joining.BRIDGE
    assert how[1] in {Joining.LATER, Joining.ON_TIME}


@given(
    st.lists(
        st.builds(
            end,
            st.integers(1, 9),
            st.integers(1, 12),
            st.integers(2027, 2029),
            kind=st.sampled_from(["licences", "cloud"]),
        ),
        max_size=12,
    )
)
def test_a_group_has_two_bodies_or_more_one_kind_and_ends_near_one_another(told):
    for one in groups(told, months={"licences": 12, "cloud": 60}):
        ids = [body.organisation_id for body in one.bodies]
        assert len(ids) == len(set(ids)) >= 2
        assert months_between(one.first, one.last) <= 2 * APART
        assert month_of(one.first) <= one.starts_on


@pytest.mark.django_db
class TestThePage:
    """The radar in the browser."""

    @pytest.fixture(autouse=True)
    def contracts_that_end(self, region: Region):
        for body in (region.village, region.town):
            a_contract(region, body, item="グループウェア", supplier="株式会社秘密")

    def test_a_member_body_sees_kinds_months_and_names_and_cannot_open_a_case(self, region: Region):
        page = region.townsman.browser().get("/procurement/radar/").content.decode()
        assert "檜原村" in page
        assert "グループウェア" in page
        assert "株式会社秘密" not in page
        assert "/procurement/new/" not in page

    def test_a_coordinator_opens_a_case_with_the_bodies_chosen(self, region: Region):
        browser = region.coordinator.browser()
        page = browser.get("/procurement/radar/")
        (group,) = page.context["page"].groups
        assert group.address.replace("&", "&amp;") in page.content.decode()
        form = browser.get(group.address).context["form"]
        assert form["kind"].value() == "licences"
        assert set(form["bodies"].value()) == {region.village.pk, region.town.pk}

    def test_bodies_in_a_running_case_of_the_kind_and_those_that_renew_alone_are_no_candidates(self, region: Region):
        case = a_case(region, bodies=(region.village,), state=CaseState.SURVEY)
        page = region.coordinator.browser().get("/procurement/radar/")
        assert page.context["page"].groups == ()
        assert case.kind == "licences"

    def test_the_desk_tells_what_ends_within_a_year_until_the_body_says_it_renews_alone(self, region: Region):
        browser = region.villager.browser()
        assert "1年以内に終わる契約" in browser.get("/").content.decode()
        held = region_contract(region)
        draft = draft_of(held)
        told = {name: getattr(draft, name) for name in draft.__dataclass_fields__} | {"renews_alone": True}
        contracts.edit_contract(
            contract=held, draft=type(draft)(**told), revision=1, by=region.villager.actor, at=clock.now()
        )
        assert "1年以内に終わる契約" not in browser.get("/").content.decode()
        assert region.coordinator.browser().get("/procurement/radar/").context["page"].groups == ()

    def test_the_file_has_neither_prices_nor_suppliers(self, region: Region):
        answer = region.of_role(Role.APPROVER).browser().get("/procurement/radar/?format=csv")
        text = (b"".join(answer) if answer.streaming else answer.content).decode("utf-8-sig")
        assert "グループウェア" in text
        assert "秘密" not in text

    def test_it_costs_the_same_for_two_bodies_and_for_many_contracts(self, region: Region, django_assert_num_queries):
        for month in range(20):
            a_contract(region, region.ward, ends_on=clock.today() + timedelta(days=30 * month + 1))
        browser = region.coordinator.browser()
        browser.get("/procurement/radar/")
        with django_assert_num_queries(6):
            browser.get("/procurement/radar/")


def region_contract(region: Region):
    return CurrentContract.objects.select_related("organisation").get(organisation=region.village)

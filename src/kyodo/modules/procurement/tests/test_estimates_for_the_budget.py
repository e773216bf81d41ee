"""Each body gets its estimate by its own day, uses it for its budget, and says what it got; nobody else sees it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from docx import Document

from kyodo.core import clock
from kyodo.core.deadlines.models import Deadline
from kyodo.core.field_calendar.actions import add_day
from kyodo.core.field_calendar.rules import DayDraft
from kyodo.core.field_calendar.rules import Kind as DayKind
from kyodo.core.statutes.models import Statute
from kyodo.engines.calendar import fiscal_year
from kyodo.modules.procurement.actions import estimating, moving, opening
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.models import BudgetResult, Estimate, SurveyLine
from kyodo.modules.procurement.queries import estimates
from kyodo.modules.procurement.rules.case import MEMBER_KIND, CaseState
from kyodo.modules.procurement.rules.estimate import BudgetDraft, EstimateBasis, Span
from kyodo.modules.procurement.rules.survey import BudgetState
from tests import market
from tests.by_proxy import for_body, said
from tests.cases import a_case, member
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def rfi(region: Region):
    return market.published(region)


def row_of(region: Region, case, body) -> estimates.EstimateRow:
    return estimates.versions(region.coordinator.actor, case.pk, body.pk)[0]


def got(yen: int, kind: BudgetState = BudgetState.INITIAL, **changes) -> BudgetDraft:
    return BudgetDraft(**{"kind": kind, "yen": yen, "decided_on": clock.today(), **changes})


def record(region: Region, case, draft: BudgetDraft, revision=None) -> int:
    place = member(case, region.village)
    return estimating.record_budget(
        member=place, draft=draft, revision=revision, by=region.villager.actor, at=clock.now()
    )


def open_deadline(case, body) -> Deadline | None:
    place = member(case, body)
    return Deadline.objects.filter(
        kind=MEMBER_KIND, subject_id=place.pk, purpose=CaseState.MARKET.value, met_at=None
    ).first()


def test_low_likely_and_high_are_of_the_bodys_own_quantity_with_tax(region: Region, rfi):
    market.answered(rfi, initial_likely=1_000, yearly_likely=None)
    market.answered(rfi, initial_likely=1_200, initial_high=1_500, yearly_likely=None)
    market.answered(rfi, initial_likely=1_100, initial_low=900, yearly_likely=None, is_confidential=True)
    assert set(market.handed_out(region, rfi.case)) == {region.village.pk, region.town.pk}
    row = row_of(region, rfi.case, region.village)
    assert row.total.initial == Span(99_000, 121_000, 165_000)
    assert row.lines[0].cost.answers == 3


def test_each_body_has_its_own_day(region: Region, rfi):
    year = fiscal_year(rfi.case.starts_on)
    day = clock.today() + timedelta(days=33)
    add_day(
        organisation=region.village,
        draft=DayDraft(DayKind.BUDGET, "予算要求締切", day, day, fiscal_year=year),
        by=region.villager.actor,
        at=clock.now(),
    )
    market.handed_out(region, rfi.case)
    assert open_deadline(rfi.case, region.village).due_on == day
    assert row_of(region, rfi.case, region.town).is_due_assumed
    moving.set_days(
        case=rfi.case,
        days={CaseState.MARKET: clock.today() + timedelta(days=90)},
        by=region.coordinator.actor,
        at=clock.now(),
    )
    assert open_deadline(rfi.case, region.village).due_on == day, "the case's day does not move a body's own one"


def test_a_body_that_confirms_has_nothing_due_any_more(region: Region, rfi):
    market.handed_out(region, rfi.case)
    browser = region.villager.browser()
    page = browser.get(f"/procurement/{rfi.case_id}/").content.decode()
    assert "見積を確かめ、予算要求に使ってください。" in page
    assert "予算要求用見積を確かめる" in browser.get("/").content.decode()
    assert browser.post(f"/procurement/{rfi.case_id}/estimates/confirm/").status_code == 302
    assert open_deadline(rfi.case, region.village) is None
    assert open_deadline(rfi.case, region.town) is not None
    held = Estimate.objects.select_related("case").get(organisation=region.village)
    with pytest.raises(CaseChanged):
        estimating.confirm(estimate=held, by=region.villager.actor, at=clock.now())


def test_without_an_answer_the_own_price_stands_in_and_only_that_body_sees_it(region: Region):
    rfi = market.published(region)
    SurveyLine.objects.filter(response__organisation=region.town, relevance="yes").update(unit_price_yen=7_700)
    market.handed_out(region, rfi.case)
    town = row_of(region, rfi.case, region.town)
    assert town.lines[0].cost.basis is EstimateBasis.OWN_PRICE
    assert town.total.yearly.likely == 770_000
    village = row_of(region, rfi.case, region.village)
    assert village.lines[0].cost.basis is EstimateBasis.NOTHING
    assert estimates.versions(region.villager.actor, rfi.case_id, region.town.pk) == []


def test_a_version_stays_and_the_next_one_is_compared(region: Region, rfi):
    market.answered(rfi, initial_likely=1_000, yearly_likely=None)
    market.handed_out(region, rfi.case)
    with pytest.raises(CaseRefused):
        market.handed_out(region, rfi.case)
    market.answered(rfi, initial_likely=3_000, yearly_likely=None)
    market.handed_out(region, rfi.case)
    new, old = estimates.versions(region.villager.actor, rfi.case_id, region.village.pk)
    assert (old.number, old.total.initial.likely) == (1, 110_000)
    assert (new.number, new.total.initial.likely) == (2, 220_000)
    address = f"/procurement/{rfi.case_id}/estimates/{region.village.pk}/"
    browser = region.villager.browser()
    assert "110,000円変わりました" in browser.get(address).content.decode()
    assert "前の版です" in browser.get(f"{address}?version=1").content.decode()


@pytest.mark.parametrize("moved", ["months", "starts_on"])
def test_a_case_that_begins_or_ends_on_another_day_needs_another_version(region: Region, rfi, moved: str):
    market.handed_out(region, rfi.case)
    with pytest.raises(CaseRefused):
        market.handed_out(region, rfi.case)
    case = rfi.case
    case.refresh_from_db()
    draft = opening.draft_of(case)
    later = {"months": 1} if moved == "months" else {"starts_on": date(fiscal_year(case.starts_on) + 1, 4, 1)}
    by = region.coordinator.actor
    opening.edit_case(case=case, draft=replace(draft, **later), revision=case.revision, by=by, at=clock.now())
    case.refresh_from_db()
    assert set(market.handed_out(region, case)) == {region.village.pk, region.town.pk}
    row = row_of(region, case, region.village)
    assert (row.number, row.fiscal_year) == (2, fiscal_year(case.starts_on))


def test_a_tax_rate_that_changes_before_the_contract_is_shown_as_a_difference(region: Region, rfi):
    market.answered(rfi, initial_likely=1_000, yearly_likely=None)
    market.handed_out(region, rfi.case)
    starts = rfi.case.starts_on
    now = Statute.objects.filter(rule="consumption_tax", value=10).get()
    Statute.objects.filter(pk=now.pk).update(valid_until=starts - timedelta(days=1))
    Statute.objects.create(
        **{
            field.name: getattr(now, field.name)
            for field in Statute._meta.concrete_fields
            if field.name not in {"id", "value", "valid_from", "valid_until"}
        },
        value=Decimal(12),
        valid_from=starts,
        valid_until=None,
    )
    address = f"/procurement/{rfi.case_id}/estimates/{region.village.pk}/"
    page = region.villager.browser().get(address).content.decode()
    assert "消費税率が変わります" in page
    assert "112,000円" in page
    assert "差額 2,000円" in page
    assert row_of(region, rfi.case, region.village).total.initial.likely == 110_000, "what was handed out stays"


def test_the_paper_says_how_it_was_made_and_names_no_company(region: Region, rfi):
    market.answered(rfi, "甲社", initial_likely=1_000)
    market.handed_out(region, rfi.case)
    address = f"/procurement/{rfi.case_id}/estimates/{region.village.pk}/paper"
    page = region.villager.browser().get(f"{address}/").content.decode()
    file = region.villager.browser().get(f"{address}.docx")
    document = Document(io.BytesIO(file.content))
    words = "\n".join(one.text for one in document.paragraphs)
    words += "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for told in (page, words):
        assert "1円未満を切り捨て" in told
        assert "中央値" in told
        assert "1社だけの回答" in told
        assert "甲社" not in told


def test_what_a_body_got_is_compared_with_what_it_asked_for(region: Region, rfi):
    market.answered(rfi, initial_likely=1_000, yearly_likely=None)
    market.handed_out(region, rfi.case)
    browser = region.villager.browser()
    sent = {"kind": "initial", "yen": "88,000", "decided_on": clock.today().isoformat(), "note": "2割減"}
    assert browser.post(f"/procurement/{rfi.case_id}/estimates/budget/", sent).status_code == 302
    page = browser.get(f"/procurement/{rfi.case_id}/estimates/{region.village.pk}/").content.decode()
    assert "標準の見積の80％です。" in page
    assert "22,000円足りません。" in page
    whole = region.coordinator.browser().get(f"/procurement/{rfi.case_id}/estimates/")
    assert whole.context["standing"].percent == 80
    assert open_deadline(rfi.case, region.village) is None


@pytest.mark.parametrize(
    "wrong",
    [
        got(0),
        got(100, BudgetState.NONE),
        got(-1),
        got(100, BudgetState.UNKNOWN),
        got(100, decided_on=date(2999, 1, 1)),
    ],
)
def test_a_budget_that_can_not_be_right_is_refused(region: Region, rfi, wrong):
    with pytest.raises(CaseRefused):
        record(region, rfi.case, wrong)


def test_a_supplementary_budget_stands_beside_the_first_and_each_is_written_anew_with_its_revision(region: Region, rfi):
    record(region, rfi.case, got(0, BudgetState.NONE))
    record(region, rfi.case, got(500, BudgetState.SUPPLEMENT))
    with pytest.raises(CaseChanged):
        record(region, rfi.case, got(600, BudgetState.SUPPLEMENT))
    record(region, rfi.case, got(600, BudgetState.SUPPLEMENT), revision=1)
    assert dict(BudgetResult.objects.values_list("kind", "yen")) == {"none": 0, "supplement": 600}


def test_a_coordinator_enters_what_a_body_told(region: Region, rfi):
    by = for_body(region, region.village)
    estimating.record_budget_by_proxy(
        member=member(rfi.case, region.village),
        draft=got(500),
        revision=None,
        source=said(),
        files=(),
        by=by,
        at=clock.now(),
    )
    (row,) = estimates.budgets_seen_by(region.villager.actor, rfi.case_id)
    assert row.by_proxy == "waiting"


def test_a_bodys_figures_are_its_own(region: Region, rfi):
    market.answered(rfi, initial_likely=1_000, yearly_likely=None)
    market.handed_out(region, rfi.case)
    record(region, rfi.case, got(87_654))
    town = region.townsman.browser()
    assert town.get(f"/procurement/{rfi.case_id}/estimates/{region.village.pk}/").status_code == 404
    for address in (
        f"/procurement/{rfi.case_id}/estimates/{region.town.pk}/",
        f"/procurement/{rfi.case_id}/estimates/{region.town.pk}/?format=csv",
        f"/procurement/{rfi.case_id}/market/",
        f"/procurement/{rfi.case_id}/",
    ):
        told = town.get(address).content.decode()
        assert "87,654" not in told
        assert "87654" not in told
    assert estimates.budgets_seen_by(region.townsman.actor, rfi.case_id) == []
    for reader in (region.coordinator, region.auditor):
        assert "87654" in reader.browser().get(f"/procurement/{rfi.case_id}/estimates/?format=csv").content.decode()
    key = market.link(rfi)
    for address in (f"/procurement/company/{key}/", f"/procurement/public/{rfi.pk}/"):
        told = Client().get(address).content.decode()
        assert "87,654" not in told
        assert "110,000" not in told


def test_the_api_gives_a_body_its_own_and_coordinators_all(region: Region, rfi):
    market.handed_out(region, rfi.case)
    for person, count in ((region.villager, 1), (region.coordinator, 2), (region.auditor, 2)):
        assert len(estimates.by_body(person.actor, rfi.case_id)) == count


def test_without_a_survey_there_is_nothing_to_estimate(region: Region):
    case = a_case(region, state=CaseState.MARKET)
    with pytest.raises(CaseRefused):
        market.handed_out(region, case)

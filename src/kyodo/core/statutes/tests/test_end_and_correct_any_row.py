"""Any row can be ended and corrected, and is asked about what is said of it now, never about what it said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.core.statutes import actions, queries
from kyodo.core.statutes.forms import initial_of
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules import RULES, Level, Sure
from kyodo.core.statutes.rules.catalogue import MARKS
from tests.ordinances import added, coordinating, own_row
from tests.program import Program
from tests.region import Region

pytestmark = pytest.mark.django_db


def faults(refusal: pytest.ExceptionInfo[actions.RowRefused]) -> list[str]:
    return [fault.field for fault in refusal.value.faults]


def test_every_row_of_the_law_can_be_ended(region: Region):
    rows = list(Statute.objects.standing())
    for row in rows:
        last = row.valid_until or date(2030, 3, 31)
        actions.end_row(row=row, last=last, reason="廃止", **coordinating(region))
    assert not Statute.objects.standing().filter(valid_until=None).exists()
    assert Statute.objects.standing().count() == len(rows)


def test_what_every_row_of_the_law_is_based_on_can_be_corrected(region: Region):
    rows = list(Statute.objects.standing())
    for row in rows:
        draft = replace(actions.draft_of(row), article="第1条", source="官報")
        actions.correct_row(row=row, draft=draft, reason="条文を確かめた", **coordinating(region))
    assert Statute.objects.standing().filter(article="第1条", source="官報").count() == len(rows)


def test_the_page_takes_a_correction_of_a_row_to_which_the_law_gives_no_figure(region: Region):
    row = Statute.objects.standing().get(rule="wto_value", kind="long")
    told = {name: value for name, value in initial_of(actions.draft_of(row)).items() if value is not None}
    told |= {"article": "第1条", "reason": "条文を確かめた"}
    answer = region.coordinator.browser().post(f"/statutes/rows/{row.pk}/correct/", told)
    assert answer.status_code == 200, answer.context["form"].errors


def test_a_row_that_a_change_of_law_overtook_can_be_ended_and_corrected(region: Region):
    row = added(region, own_row(value=7_000_000))
    Statute.objects.filter(rule="council_vote_property", body_class="T").update(value=8_000_000)
    draft = actions.draft_of(row)
    with pytest.raises(actions.RowRefused) as refusal:
        actions.correct_row(row=row, draft=replace(draft, value=Decimal(7_500_000)), reason="x", **coordinating(region))
    assert faults(refusal) == ["value"]
    key = actions.correct_row(row=row, draft=replace(draft, article="第4条"), reason="条の番号", **coordinating(region))
    after = Statute.objects.get(pk=key)
    key = actions.end_row(row=after, last=date(2027, 3, 31), reason="改正", **coordinating(region))
    last = Statute.objects.get(pk=key)
    assert (last.value, last.valid_until, last.article) == (Decimal(7_000_000), date(2027, 3, 31), "第4条")
    actions.correct_row(row=last, draft=replace(draft, value=Decimal(8_000_000)), reason="改正", **coordinating(region))


def test_a_correction_hears_of_all_its_faults_at_once(region: Region):
    added(region, own_row(valid_until=date(2026, 3, 31)))
    row = added(region, own_row(valid_from=date(2026, 4, 1)))
    draft = replace(actions.draft_of(row), article="", value=Decimal(1), valid_from=date(2026, 3, 1))
    with pytest.raises(actions.RowRefused) as refusal:
        actions.correct_row(row=row, draft=draft, reason="", **coordinating(region))
    assert sorted(faults(refusal)) == ["article", "reason", "valid_from", "value"]


def test_a_new_row_hears_of_all_its_faults_at_once(region: Region):
    added(region)
    with pytest.raises(actions.RowRefused) as refusal:
        added(region, own_row(law="", value=1))
    assert sorted(faults(refusal)) == ["law", "valid_from", "value"]


def test_an_end_hears_of_all_its_faults_at_once(region: Region):
    row = added(region)
    with pytest.raises(actions.RowRefused) as refusal:
        actions.end_row(row=row, last=date(2020, 3, 31), reason="", **coordinating(region))
    assert sorted(faults(refusal)) == ["last", "reason"]
    with pytest.raises(actions.RowRefused) as refusal:
        actions.end_row(row=row, last=date(2999, 3, 31), reason="廃止", **coordinating(region))
    assert faults(refusal) == ["last"]


def test_a_figure_is_not_taken_from_a_row_of_which_only_the_certainty_was_meant(region: Region):
    row = Statute.objects.standing().get(rule="late_interest_rate", sure=Sure.UNSURE)
    draft = replace(actions.draft_of(row), sure=Sure.SEEN)
    with pytest.raises(actions.RowRefused) as refusal:
        actions.correct_row(row=row, draft=draft, reason="官報で確かめた", **coordinating(region))
    assert faults(refusal) == ["value"]


def test_a_row_that_follows_another_is_not_put_over_a_third(region: Region):
    added(region, own_row(valid_until=date(2026, 3, 31)))
    row = added(region, own_row(valid_from=date(2026, 4, 1)))
    draft = replace(actions.draft_of(row), valid_from=date(2025, 4, 1))
    with pytest.raises(actions.RowRefused) as refusal:
        actions.correct_row(row=row, draft=draft, reason="写し間違い", **coordinating(region))
    assert faults(refusal) == ["valid_from"]


def test_a_figure_reads_the_same_everywhere(region: Region):
    row, browser = added(region, own_row(value=70_000_000)), region.villager.browser()
    (listed,) = Program(region.villager).get("/statutes?level=body")["items"]
    assert listed["value"] == "70000000"
    assert "70000000" in browser.get("/statutes/?level=body&format=csv").getvalue().decode()
    assert "7,000万円" in browser.get("/statutes/rules/council_vote_property/").content.decode()
    form = region.coordinator.browser().get(f"/statutes/rows/{row.pk}/correct/").content.decode()
    assert 'value="70000000"' in form
    draft = replace(actions.draft_of(row), value=Decimal("8E+7"))
    actions.correct_row(row=row, draft=draft, reason="改正", **coordinating(region))
    for action, figures in (("added", {"70000000"}), ("corrected", {"70000000", "80000000"})):
        entry = Entry.objects.get(action=f"statutes.row_{action}")
        page = region.auditor.browser().get(f"/audit/{entry.sequence}/").content.decode()
        assert all(figure in page for figure in figures)
        assert "E+7" not in page
    assert queries.rule_for(rule="council_vote_property", body=region.village.pk, on=clock.today()).value == Decimal(
        80_000_000
    )


def test_of_each_rule_there_is_a_row_beside_which_others_are_put(region: Region):
    known = set(Statute.objects.exclude(level=Level.BODY).values_list("rule", flat=True))
    assert known == set(RULES) - MARKS

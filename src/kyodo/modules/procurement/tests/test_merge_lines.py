"""Lines in different words are proposed as one item; an officer joins, keeps apart, takes out. Never by itself."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.modules.procurement.actions import merging
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.models import CaseItem, ItemProposal, SurveyLine
from kyodo.modules.procurement.queries import merging as queries
from kyodo.modules.procurement.queries import results
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.merging import DemandLine, Proposal, ProposalState, propose
from tests.cases import a_case, own_line
from tests.region import Region


def line(key: int, text: str, unit: str = "台", *, is_item: bool = False) -> DemandLine:
    return DemandLine(key, text, unit, is_item)


def test_one_thing_in_two_wordings_is_proposed_as_one():
    (found,) = propose([line(1, "ノートPC 14型"), line(2, "ノートパソコン14インチ")], denied=())
    assert set(found.lines) == {1, 2}
    assert found.differs == ()


def test_what_was_called_different_is_not_proposed_again():
    lines = [line(1, "ノートPC 14型"), line(2, "ノートパソコン14インチ")]
    assert propose(lines, denied=[("line1", "line2")]) == []


@pytest.mark.parametrize(("one", "other"), [("台", "式"), ("台", "人月"), ("式", "人月")])
def test_other_units_are_never_joined_silently(one, other):
    found = propose([line(1, "ノートPC 14型", one), line(2, "ノートパソコン14インチ", other)], denied=())
    assert all(proposal.differs for proposal in found), "whatever is asked says that the units differ"


def test_specifications_that_clash_are_not_proposed():
    assert propose([line(1, "ノートPC 14型"), line(2, "ノートPC 11.6型")], denied=()) == []


@pytest.mark.django_db
class TestOfficersDecide:
    """What coordinators do with proposals."""

    @pytest.fixture
    def case(self, region: Region):
        return a_case(region, state=CaseState.SURVEY)

    def proposal(self, region: Region, case, *lines: int) -> ItemProposal:
        found = [Proposal(lines, (), "表計算ソフト", 0.9, (), ())]
        merging.keep(case=case, found=found, by=region.coordinator.actor, at=clock.now())
        return ItemProposal.objects.get(survey_id=case.pk, state=ProposalState.OPEN)

    def acting(self, region: Region):
        return {"by": region.coordinator.actor, "at": clock.now()}

    def test_confirmed_lines_become_a_new_item_that_all_bodies_are_asked_about(self, region: Region, case):
        keys = [own_line(region, case, "表計算ソフト"), own_line(region, case, "表計算のソフト")]
        proposal = self.proposal(region, case, *keys)
        item = merging.confirm(
            case=case, proposal_id=proposal.pk, name="表計算ソフト", unit="台", keys=keys, **self.acting(region)
        )
        assert set(SurveyLine.objects.filter(pk__in=keys).values_list("item_id", flat=True)) == {item}
        asked = SurveyLine.objects.filter(item_id=item, text="").values_list("response__organisation_id", flat=True)
        assert set(asked) == {region.village.pk, region.town.pk}
        with pytest.raises(CaseChanged):
            merging.confirm(
                case=case, proposal_id=proposal.pk, name="別の名前", unit="台", keys=keys, **self.acting(region)
            )

    def test_only_chosen_lines_are_joined_and_one_can_be_taken_out_again(self, region: Region, case):
        keys = [own_line(region, case, "表計算ソフト"), own_line(region, case, "文書作成ソフト")]
        proposal = self.proposal(region, case, *keys)
        told = {"case": case, "proposal_id": proposal.pk, "name": "表計算ソフト", "unit": "台"}
        merging.confirm(keys=keys[:1], **told, **self.acting(region))
        assert SurveyLine.objects.get(pk=keys[1]).item_id is None
        merging.part(case=case, line_id=keys[0], **self.acting(region))
        assert SurveyLine.objects.get(pk=keys[0]).item_id is None
        with pytest.raises(CaseChanged):
            merging.part(case=case, line_id=keys[0], **self.acting(region))

    def test_denied_lines_stay_apart_and_are_remembered(self, region: Region, case):
        keys = [own_line(region, case, "表計算ソフト"), own_line(region, case, "表計算のソフト")]
        proposal = self.proposal(region, case, *keys)
        merging.deny(case=case, proposal_id=proposal.pk, **self.acting(region))
        assert queries.denied_pairs(case.pk) == [(f"line{keys[0]}", f"line{keys[1]}")]
        assert not CaseItem.objects.filter(case=case, name="表計算ソフト").exists()

    def test_lines_of_no_proposal_and_a_name_that_is_there_are_refused(self, region: Region, case):
        keys = [own_line(region, case, "表計算ソフト"), own_line(region, case, "帳票")]
        proposal = self.proposal(region, case, keys[0])
        told = {"case": case, "proposal_id": proposal.pk, "unit": "台", **self.acting(region)}
        with pytest.raises(CaseRefused):
            merging.confirm(name="表計算ソフト", keys=keys, **told)
        with pytest.raises(CaseRefused):
            merging.confirm(name="グループウェア", keys=keys[:1], **told)

    def test_a_line_in_another_unit_keeps_it_and_is_not_in_the_sum(self, region: Region, case):
        keys = [own_line(region, case, "表計算ソフト", unit="台"), own_line(region, case, "表計算", unit="式")]
        proposal = self.proposal(region, case, *keys)
        item = merging.confirm(
            case=case, proposal_id=proposal.pk, name="表計算ソフト", unit="台", keys=keys, **self.acting(region)
        )
        demand = results.by_item(results.demands(case.pk), {item: "台"})[item]
        assert (demand.total, demand.other_units) == (12, {"式": 12})

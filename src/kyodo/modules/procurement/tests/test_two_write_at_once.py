"""Of two who write the same at once the first is done and the second is told; nothing is lost, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kyodo.core import clock
from kyodo.modules.procurement.actions import aligning, committing, joining, merging, opening, surveying
from kyodo.modules.procurement.actions.refusals import CaseChanged
from kyodo.modules.procurement.models import CaseItem, CaseMember, Commitment, RequirementTopic, Settlement
from kyodo.modules.procurement.queries import commitment
from kyodo.modules.procurement.queries.alignment import lots_of, own_requirements, topics_of
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.queries.survey import questions_of
from kyodo.modules.procurement.rules.alignment import RequirementLevel, SettlementDraft, SettlementKind, TopicDraft
from kyodo.modules.procurement.rules.case import CaseState, ItemDraft, MemberRole
from kyodo.modules.procurement.rules.survey import QuestionDraft, QuestionKind
from tests.cases import (
    a_case,
    an_item_proposal,
    commitment_draft,
    committed_draft,
    differing_topic,
    member,
    own_line,
    proposed,
)
from tests.region import Region

pytestmark = pytest.mark.django_db
Write = Callable[[Region, Any, str], None]


def a_topic(region: Region, case: Any, name: str) -> None:
    given = [(None, TopicDraft("契約", name))]
    aligning.set_topics(case=case, topics=given, revision=case.revision, by=region.coordinator.actor, at=clock.now())


def a_question(region: Region, case: Any, name: str) -> None:
    draft = QuestionDraft(name, "仕様を決めるため。", QuestionKind.TEXT, 1)
    surveying.set_questions(
        case=case, questions=[(None, draft)], revision=case.revision, by=region.coordinator.actor, at=clock.now()
    )


def a_lot(region: Region, case: Any, name: str) -> None:
    aligning.set_lots(
        case=case, names=[name], places={}, revision=case.revision, by=region.coordinator.actor, at=clock.now()
    )


def names(case: Any) -> set[str]:
    return {
        *(row.name for row in topics_of(case.pk)),
        *(row.text for row in questions_of(case.pk)),
        *(row.name for row in lots_of(case.pk)),
    }


@pytest.mark.parametrize("write", [a_topic, a_question, a_lot])
def test_what_one_coordinator_set_is_not_overwritten_by_another(region: Region, write: Write):
    case = a_case(region, state=CaseState.SURVEY)
    write(region, case, "先に決めたもの")
    with pytest.raises(CaseChanged):
        write(region, case, "後から決めたもの")
    assert "先に決めたもの" in names(case)
    assert "後から決めたもの" not in names(case)


@pytest.mark.parametrize("page", ["alignment/topics/", "survey/questions/", "alignment/lots/"])
def test_each_page_sends_back_what_it_showed(region: Region, page: str):
    case = a_case(region, state=CaseState.SURVEY)
    shown = region.coordinator.browser().get(f"/procurement/{case.pk}/{page}").content.decode()
    assert f'name="revision" value="{case.revision}"' in shown


def test_of_two_first_commitments_of_a_body_the_second_is_told(region: Region, monkeypatch: pytest.MonkeyPatch):
    case = a_case(region, state=CaseState.COMMITMENT)
    committed_draft(region, case, region.village)
    monkeypatch.setattr(commitment, "commitment_of", lambda *_which: None)  # as it was a moment ago
    told = {"draft": commitment_draft(case, amount=5_000_000), "revision": 0, "by": region.villager.actor}
    with pytest.raises(CaseChanged):
        committing.write_commitment(place=member(case, region.village), **told, at=clock.now())
    assert Commitment.objects.get().amount_yen == 3_000_000


def test_a_body_that_two_take_in_comes_in_once(region: Region, monkeypatch: pytest.MonkeyPatch):
    case = a_case(region, bodies=(region.village,), state=CaseState.SURVEY)
    filtered = CaseMember.objects.none()
    told = {"bodies": [region.village.pk], "role": MemberRole.MEMBER, "by": region.coordinator.actor}
    monkeypatch.setattr(CaseMember.objects, "filter", lambda **_which: filtered)
    with pytest.raises(CaseChanged):
        joining.add_bodies(case=case, **told, at=clock.now())


def test_of_two_proposals_about_a_difference_the_second_is_told(region: Region, monkeypatch: pytest.MonkeyPatch):
    case = a_case(region, state=CaseState.ALIGNMENT)
    topic = differing_topic(region, case)
    proposed(region, case, topic)
    draft = SettlementDraft(SettlementKind.UNIFY, "12インチ以上", "大きい画面で困る団体がないため。", {})
    monkeypatch.setattr(Settlement.objects, "filter", lambda **_which: Settlement.objects.none())
    with pytest.raises(CaseChanged):
        aligning.propose(case=case, topic_id=topic, draft=draft, by=region.coordinator.actor, at=clock.now())


def test_lines_that_two_join_become_one_item(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    line = own_line(region, case)
    told = {"proposal_id": an_item_proposal(region, case, line), "name": "表計算ソフト", "unit": "台", "keys": [line]}
    merging.confirm(case=case, **told, by=region.coordinator.actor, at=clock.now())
    with pytest.raises(CaseChanged):
        merging.confirm(case=case, **told, by=region.coordinator.actor, at=clock.now())
    assert CaseItem.objects.filter(case=case, name="表計算ソフト").count() == 1


def test_what_two_of_a_body_require_is_not_lost(region: Region):
    case = a_case(region, state=CaseState.ALIGNMENT)
    mine = own_requirements(case.pk, region.village.pk)[0]
    place, by = member(case, region.village), region.villager.actor
    for text in ("単年度契約", "複数年契約"):
        told = {"said": {mine.id: (text, RequirementLevel.MUST)}, "revisions": {mine.id: mine.revision}}
        if text == "複数年契約":
            with pytest.raises(CaseChanged):
                aligning.require(place=place, **told, by=by, at=clock.now())
        else:
            aligning.require(place=place, **told, by=by, at=clock.now())
    assert own_requirements(case.pk, region.village.pk)[0].text == "単年度契約"


def test_numbers_stay_small_however_often_an_order_is_changed(region: Region):
    case = a_case(region, state=CaseState.SURVEY)
    a_topic(region, case, "支払の時期")
    for turn in range(6):
        case.refresh_from_db()
        items = [(one.id, ItemDraft(one.name, one.unit, one.form, one.note)) for one in items_of(case.pk)][::-1]
        opening.set_items(case=case, items=items, revision=case.revision, by=region.coordinator.actor, at=clock.now())
        case.refresh_from_db()
        kept = [(row.id, TopicDraft(row.group, row.name)) for row in topics_of(case.pk)][::-1]
        new = (None, TopicDraft("契約", f"要求 {turn}"))
        aligning.set_topics(
            case=case, topics=[new, *kept], revision=case.revision, by=region.coordinator.actor, at=clock.now()
        )
        assert [one.id for one in items_of(case.pk)] == [key for key, _draft in items]
        assert topics_of(case.pk)[0].name == f"要求 {turn}"
    for rows in (CaseItem.objects.filter(case=case), RequirementTopic.objects.filter(case=case)):
        assert max(rows.values_list("number", flat=True)) <= 2 * rows.count()

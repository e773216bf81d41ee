"""Sixty-two specifications become one, or lots, options and partings, each with its reason and who agreed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core import clock
from kyodo.core.threads.actions import write_post
from kyodo.modules.procurement.actions import aligning
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.models import CaseMember, Requirement
from kyodo.modules.procurement.queries import alignment as queries
from kyodo.modules.procurement.queries.thread import topic_subject
from kyodo.modules.procurement.rules import alignment as rules
from kyodo.modules.procurement.rules.alignment import (
    Reply,
    RequirementLevel,
    SettlementDraft,
    SettlementKind,
    TopicState,
    Value,
)
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.story.alignment import compare
from tests.cases import a_case, differing_topic, member, proposed
from tests.region import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(region: Region):
    return a_case(region, state=CaseState.ALIGNMENT)


def state(case, topic) -> TopicState:
    row = queries.topic_of(case.pk, topic)
    assert row is not None
    return row.state


def require(region: Region, case, person, body, said: dict[str, str]):
    rows = {row.name: row.id for row in queries.own_requirements(case.pk, body.pk)}
    told = {rows[name]: (text, RequirementLevel.MUST) for name, text in said.items()}
    aligning.require(place=member(case, body), said=told, revisions={}, by=person.actor, at=clock.now())


def test_the_template_gives_the_requirements_and_each_body_a_line_for_each(region: Region, case):
    topics = queries.topics_of(case.pk)
    assert "ライセンスの数え方" in [row.name for row in topics]
    assert Requirement.objects.filter(topic__case=case).count() == 2 * len(topics)


def test_what_is_said_in_another_width_is_the_same(region: Region, case):
    require(region, case, region.villager, region.village, {"契約期間": "１年"})
    require(region, case, region.townsman, region.town, {"契約期間": "1 年"})
    assert next(row for row in queries.topics_of(case.pk) if row.name == "契約期間").state is TopicState.SAME


def test_a_difference_is_open_until_those_who_said_otherwise_agree(region: Region, case):
    topic = differing_topic(region, case)
    assert state(case, topic) is TopicState.DIFFERS
    settlement = proposed(region, case, topic)
    assert settlement.asked == [region.village.pk]  # the town said 11 inches itself
    assert state(case, topic) is TopicState.PROPOSED
    browser = region.villager.browser()
    page = browser.get(f"/procurement/{case.pk}/").content.decode()
    assert "差異の提案1件に返事をしてください。" in page
    answer = {f"reply-{settlement.pk}": "agree", f"remark-{settlement.pk}": ""}
    browser.post(f"/procurement/{case.pk}/alignment/answer/", answer)
    assert state(case, topic) is TopicState.SETTLED


def test_who_objects_says_why_and_the_coordinator_may_still_settle_with_a_reason(region: Region, case):
    topic = differing_topic(region, case)
    settlement = proposed(region, case, topic)
    place = member(case, region.village)
    with pytest.raises(CaseRefused):
        aligning.reply(
            place=place, replies={settlement.pk: (Reply.OBJECT, "")}, by=region.villager.actor, at=clock.now()
        )
    aligning.reply(
        place=place,
        replies={settlement.pk: (Reply.OBJECT, "机に置けません。")},
        by=region.villager.actor,
        at=clock.now(),
    )
    assert state(case, topic) is TopicState.OBJECTED
    reason = "机の奥行きを測り、置けることを確かめた。"
    aligning.close(settlement=settlement, reason=reason, by=region.coordinator.actor, at=clock.now())
    assert state(case, topic) is TopicState.SETTLED
    page = region.auditor.browser().get(f"/procurement/{case.pk}/alignment/{topic}/").content.decode()
    assert reason in page
    assert "机に置けません。" in page


def test_who_is_let_go_by_a_difference_and_agrees_leaves_with_it_as_reason(region: Region, case):
    topic = differing_topic(region, case)
    draft = SettlementDraft(
        SettlementKind.OPT_OUT, "11インチ以上", "小さい端末は別の仕様になるため。", {}, (region.village.pk,)
    )
    key = aligning.propose(case=case, topic_id=topic, draft=draft, by=region.coordinator.actor, at=clock.now())
    replies = {key: (Reply.AGREE, "")}
    aligning.reply(place=member(case, region.village), replies=replies, by=region.villager.actor, at=clock.now())
    left = CaseMember.objects.get(case=case, organisation=region.village)
    assert left.left_at is not None
    assert left.left_in == CaseState.ALIGNMENT
    assert "ライセンスの数え方" in left.left_reason
    assert state(case, topic) is TopicState.SETTLED


def test_a_new_proposal_takes_the_place_of_the_old_and_its_answers_count_no_more(region: Region, case):
    topic = differing_topic(region, case)
    first = proposed(region, case, topic)
    aligning.reply(
        place=member(case, region.village),
        replies={first.pk: (Reply.AGREE, "")},
        by=region.villager.actor,
        at=clock.now(),
    )
    proposed(region, case, topic, "12インチ以上")
    assert state(case, topic) is TopicState.PROPOSED
    with pytest.raises(CaseChanged):
        aligning.reply(
            place=member(case, region.village),
            replies={first.pk: (Reply.AGREE, "")},
            by=region.villager.actor,
            at=clock.now(),
        )


def test_lots_need_a_text_each_and_at_least_two(region: Region, case):
    topic = differing_topic(region, case)
    draft = SettlementDraft(SettlementKind.LOT, "", "町村と市で量が違うため。", {})
    with pytest.raises(CaseRefused) as refusal:
        aligning.propose(case=case, topic_id=topic, draft=draft, by=region.coordinator.actor, at=clock.now())
    assert [fault.field for fault in refusal.value.faults] == ["kind"]
    places = {region.village.pk: 0, region.town.pk: 1}
    aligning.set_lots(
        case=case,
        names=["町村", "市"],
        places=places,
        revision=case.revision,
        by=region.coordinator.actor,
        at=clock.now(),
    )
    first, second = queries.lots_of(case.pk)
    draft = SettlementDraft(SettlementKind.LOT, "", draft.reason, {first.id: "10インチ", second.id: "11インチ"})
    aligning.propose(case=case, topic_id=topic, draft=draft, by=region.coordinator.actor, at=clock.now())
    page = region.coordinator.browser().get(f"/procurement/{case.pk}/alignment/{topic}/").content.decode()
    assert "町村" in page
    assert "10インチ" in page


def test_versions_can_be_compared_and_say_what_is_still_open(region: Region, case):
    topic = differing_topic(region, case)
    by, at = region.coordinator.actor, clock.now()
    aligning.publish_version(case=case, note="意向調査のまとめ。", by=by, at=at)
    settlement = proposed(region, case, topic)
    aligning.close(settlement=settlement, reason="全団体に確かめたため。", by=by, at=at)
    aligning.publish_version(case=case, note="情報提供依頼に付ける仕様。", by=by, at=at)
    first, second = queries.versions_of(case.pk)
    assert next(row for row in first.rows if row["topic"] == topic)["is_open"]
    (change,) = compare(first, second)
    assert "".join(piece.text for piece in change.pieces if piece.how != "removed") == "11インチ以上"
    page = region.villager.browser().get(f"/procurement/{case.pk}/alignment/versions/").content.decode()
    assert "第1版から変わったところ" in page
    assert "<ins>" in page


def test_comments_stand_at_the_line_and_only_bodies_in_the_case_read_them(region: Region, case):
    topic = differing_topic(region, case)
    subject = topic_subject(region.villager.actor, topic)
    assert subject is not None
    write_post(
        subject=subject, text="10インチで足ります。", is_internal=False, by=region.villager.actor, at=clock.now()
    )
    assert "10インチで足ります。" in region.townsman.browser().get(subject.address).content.decode()
    outsider = region.person(region.ward, next(iter(region.villager.actor.roles - {"resident"})))
    assert outsider.browser().get(subject.address).status_code == 404


def test_the_difference_table_leaves_as_a_file_with_a_column_a_body(region: Region, case):
    differing_topic(region, case)
    answer = region.auditor.browser().get(f"/procurement/{case.pk}/alignment/?format=csv")
    head, first, *_rest = answer.content.decode("utf-8-sig").splitlines()
    assert head.endswith(("日の出町,檜原村", "檜原村,日の出町"))
    assert "10インチ以上" in first
    assert "11インチ以上" in first


def test_what_somebody_else_of_the_body_wrote_meanwhile_is_not_lost(region: Region, case):
    row = queries.own_requirements(case.pk, region.village.pk)[0]
    place = member(case, region.village)
    said = {row.id: ("2年", RequirementLevel.MUST)}
    aligning.require(place=place, said=said, revisions={row.id: 1}, by=region.villager.actor, at=clock.now())
    other = {row.id: ("3年", RequirementLevel.MUST)}
    with pytest.raises(CaseChanged):
        aligning.require(place=place, said=other, revisions={row.id: 1}, by=region.villager.actor, at=clock.now())


@given(st.lists(st.integers(min_value=1, max_value=99), min_size=1, max_size=6, unique=True))
def test_of_figures_that_say_at_least_the_largest_serves_all(figures: list[int]):
    values = [Value(f"{figure}インチ以上", (figure,), True) for figure in figures]
    assert rules.suggestion(values) == f"{max(figures)}インチ以上"
    values = [Value(f"{figure}kg未満", (figure,), True) for figure in figures]
    assert rules.suggestion(values) == f"{min(figures)}kg未満"


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_comparison_holds_both_texts(before: str, after: str):
    pieces = rules.pieces(before, after)
    assert "".join(piece.text for piece in pieces if piece.how != "added") == before
    assert "".join(piece.text for piece in pieces if piece.how != "removed") == after

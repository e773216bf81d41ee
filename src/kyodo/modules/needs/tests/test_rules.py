"""States, audiences and what a text must be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core import plain_text
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import Audience, BackingDraft, State
from tests.region import draft_of

TODAY = date(2026, 11, 24)


def test_every_state_is_reached_from_received_and_no_way_leads_nowhere():
    reached, frontier = {State.RECEIVED}, {State.RECEIVED}
    while frontier:
        frontier = set().union(*(rules.TRANSITIONS[state] for state in frontier)) - reached
        reached |= frontier
    assert reached == set(State)
    assert set(rules.TRANSITIONS) == set(State)
    assert all(state not in ways for state, ways in rules.TRANSITIONS.items())


def test_every_state_audience_standing_and_topic_has_its_word():
    assert set(rules.STATE_WORDS) == set(State)
    assert set(rules.AUDIENCES) == set(Audience)
    assert set(rules.STANDING_WORDS) == set(rules.Standing)
    assert set(rules.TOPIC_WORDS) == set(rules.Topic)


def test_all_faults_of_a_draft_are_told_at_once():
    draft = draft_of(
        title="短い", trouble="", people=-1, yen_per_year=rules.MOST + 1, wish_on=TODAY - timedelta(days=1)
    )
    fields = [fault.field for fault in rules.faults_of_need(draft, today=TODAY)]
    assert fields == ["title", "trouble", "wish_on", "people", "yen_per_year"]


@pytest.mark.parametrize(
    "text", ["𠮷野家の髙橋さんの相談", "絵文字😀も家族👨‍👩‍👧も", "ｶﾅと全角ＡＢＣ", "한국어と中文も"]
)
def test_rare_kanji_and_emoji_are_kept(text):
    assert plain_text.tidy(text) == text
    assert plain_text.fault_of(text, longest=80) is None


@pytest.mark.parametrize("bad", ["\x00", "\x1b", "\x7f", "\ud800", "\uffff", "\u202e", "\u2066"])
def test_characters_that_nobody_can_read_are_refused_in_words(bad):
    fault = plain_text.fault_of(f"窓口の待ち{bad}時間", longest=80)
    assert fault is not None
    assert "制御文字" in fault


def test_what_cannot_be_seen_says_nothing():
    assert plain_text.fault_of("\u200b\u200d\ufeff\u3164", shortest=1, longest=80) == "入力してください。"
    assert plain_text.fault_of("葛\U000e0100飾区👩‍👩‍👧", shortest=4, longest=80) is None


@given(st.text(max_size=50))
def test_tidying_twice_changes_nothing_more(text):
    once = plain_text.tidy(text)
    assert plain_text.tidy(once) == once
    assert "\r" not in once
    assert "\x0b" not in once


@pytest.mark.parametrize(("length", "good"), [(4, False), (5, True), (80, True), (81, False)])
def test_a_title_has_five_to_eighty_characters(length, good):
    faults = rules.faults_of_need(draft_of(title="題" * length), today=TODAY)
    assert (faults == []) == good


@pytest.mark.parametrize(("days", "good"), [(-1, False), (0, True), (3660, True), (3661, False)])
def test_a_wish_lies_between_today_and_ten_years_ahead(days, good):
    draft = BackingDraft(volume="年3件", wish_on=TODAY + timedelta(days=days))
    assert (rules.faults_of_backing(draft, today=TODAY) == []) == good


def test_the_first_steps_need_no_reason_and_all_others_do():
    for before, ways in rules.TRANSITIONS.items():
        for to in ways:
            free = (before, to) in {(State.RECEIVED, State.CHECKING), (State.CHECKING, State.WORKING)}
            assert (rules.faults_of_reason("", before=before, to=to) == []) == free
            assert rules.faults_of_reason("理由を書きました。", before=before, to=to) == []


@given(st.sampled_from(list(Audience)), st.sampled_from(list(Audience)))
def test_of_two_audiences_at_most_one_is_narrower(one, other):
    assert not (rules.narrows(one, other) and rules.narrows(other, one))
    assert rules.narrows(one, other) or rules.narrows(other, one) or one == other

"""What officers confirmed stays together, what they denied stays apart, and each is told why lines are (not) one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.similarity.merge import Line, merge


def lines(*texts, unit="台"):
    """One line for each text; its id is its number."""
    return [Line(str(number), "檜原村", text, "1", unit) for number, text in enumerate(texts, start=1)]


def made(found):
    return [cluster.line_ids for cluster in found.clusters]


def test_a_confirmed_pair_stays_together_though_its_measures_differ():
    asked = lines("モニター 24型", "モニター 23.8型", "シュレッダー")
    assert made(merge(asked)) == [("1",), ("2",), ("3",)]
    assert made(merge(asked, confirmed=[("2", "1")])) == [("1", "2"), ("3",)]


def test_a_confirmed_pair_may_differ_in_its_unit():
    asked = [Line("1", "", "コピー用紙 A4", "1", "箱"), Line("2", "", "コピー用紙 A4", "1", "冊")]
    assert made(merge(asked)) == [("1",), ("2",)]
    assert made(merge(asked, confirmed=[("1", "2")])) == [("1", "2")]


def test_what_is_like_one_of_a_confirmed_pair_comes_along():
    asked = lines("モニター 24型", "モニター 23.8型", "液晶ディスプレイ 23.8インチ", "モニター24型")
    assert made(merge(asked, confirmed=[("1", "2")])) == [("1", "2", "3", "4")]


def test_a_denied_pair_stays_apart_and_so_do_lines_of_the_same_words():
    asked = lines("プロジェクター", "投影機", "プロジェクター")
    assert made(merge(asked)) == [("1", "2", "3")]
    assert made(merge(asked, denied=[("1", "2")])) == [("1", "3"), ("2",)]


def test_two_lines_of_the_same_words_can_be_kept_apart():
    asked = lines("プロジェクター", "プロジェクター", "プロジェクター")
    found = made(merge(asked, denied=[("1", "2")]))
    assert sorted(map(len, found)) == [1, 2]
    assert not any({"1", "2"} <= set(cluster) for cluster in found)


def test_a_denial_that_confirmations_contradict_is_told():
    asked = lines("モニター 24型", "モニター 23.8型", "モニター 27型")
    found = merge(asked, confirmed=[("1", "2"), ("2", "3")], denied=[("3", "1")])
    assert made(found) == [("1", "2", "3")]
    assert found.contradictions == (("1", "3"),)


def test_decisions_on_lines_that_were_withdrawn_are_passed_over():
    assert made(merge(lines("モニター 24型"), confirmed=[("1", "9")], denied=[("8", "1")])) == [("1",)]


def test_a_cluster_says_whether_something_is_left_to_confirm():
    asked = lines("モニター 24型", "ディスプレイ 24インチ", "液晶モニタ24型")
    assert [cluster.confirmed for cluster in merge(asked).clusters] == [False]
    assert [cluster.confirmed for cluster in merge(asked, confirmed=[("1", "2")]).clusters] == [False]
    both = [("1", "2"), ("3", "2")]
    assert [cluster.confirmed for cluster in merge(asked, confirmed=both).clusters] == [True]


def test_a_cluster_names_its_thing_and_what_all_state():
    [cluster] = merge(lines("モニター 24型 タッチパネル式", "タッチ式 液晶ディスプレイ 24インチ")).clusters
    assert cluster.thing == "モニター"
    assert dict(cluster.shared) == {"screen": "24型", "touch": "タッチパネル式"}


def test_near_misses_say_what_keeps_them_apart():
    [miss] = merge(lines("液晶モニター 24型", "ディスプレイ 27インチ")).near_misses
    assert (miss.one, miss.other, miss.thing) == ("1", "2", "モニター")
    assert [told.sentence.said() for told in miss.differences] == ["「24型」と「27インチ」が違います。"]
    assert [told.sentence.said("en") for told in miss.differences] == ["“24型” and “27インチ” differ."]


def test_a_near_miss_by_unit_alone_is_told():
    asked = [Line("1", "", "ヘルプデスク業務", "1", "人月"), Line("2", "", "ヘルプデスク業務委託", "1", "一式")]
    [miss] = merge(asked).near_misses
    assert [told.sentence.said() for told in miss.differences] == ["単位「人月」と「一式」が違います。"]


def test_what_an_officer_denied_is_no_near_miss_any_more():
    asked = lines("液晶モニター 24型", "ディスプレイ 27インチ")
    assert merge(asked, denied=[("1", "2")]).near_misses == ()


def test_what_one_line_alone_states_is_told_of_a_near_miss():
    [miss] = merge(lines("ノートPC 14型 16GB", "ノートパソコン14インチ")).near_misses
    assert [told.sentence.said() for told in miss.differences] == ["「16GB」が一方にしかありません。"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("複合機 リース", "複合機 保守"),
        ("Microsoft 365 E3 1年", "Microsoft 365 E5 1年"),
        ("Windows Server 2022 ユーザーCAL", "Windows Server 2022 デバイスCAL"),
        ("ウイルス対策ソフト 1年", "ウイルス対策ソフト 5年"),
        ("L2スイッチ 24ポート", "L3スイッチ 24ポート"),
        ("ノートPC Core i5", "ノートPC Core i7"),
        ("マイクロバス 29人乗り", "マイクロバス 14人乗り"),
        ("電力供給 高圧", "低圧電力"),
    ],
)
def test_hard_negatives_are_kept_apart(one, other):
    assert len(merge(lines(one, other)).clusters) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ｗｉ－Ｆｉ６ アクセスポイント", "無線LANアクセスポイント（Wi-Fi 6）"),
        ("M365 E3 年間", "マイクロソフト365 E3（12か月）"),
        ("文書裁断機", "オフィスシュレッダー"),
        ("コピー用紙 A4（500枚×5冊）", "PPC用紙Ａ４ 2,500枚入"),
        ("A4モノクロプリンタ 40ppm", "白黒レーザープリンター Ａ４ 毎分40枚"),
        ("令和8年度 複合機賃貸借", "複合機リース料（R9年度分）"),
        ("六人用ロッカー", "スチールロッカー 6人用"),
    ],
)
def test_different_words_are_one(one, other):
    assert len(merge(lines(one, other)).clusters) == 1


TEXTS = st.sampled_from(["モニター 24型", "ディスプレイ 24インチ", "モニター 27型", "シュレッダー", "裁断機", "台"])
PAIRS = st.lists(st.tuples(st.integers(1, 9).map(str), st.integers(1, 9).map(str)), max_size=8)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, max_size=9), PAIRS, PAIRS)
def test_decisions_hold_whatever_else_is_decided(texts, confirmed, denied):
    asked = lines(*texts)
    there = {line.id for line in asked}
    found = merge(asked, confirmed=confirmed, denied=denied)
    home = {line: number for number, cluster in enumerate(found.clusters) for line in cluster.line_ids}
    assert set(home) == there
    for one, other in confirmed:
        if {one, other} <= there:
            assert home[one] == home[other]
    told = {frozenset(pair) for pair in found.contradictions}
    for one, other in denied:
        if one != other and {one, other} <= there:
            assert (home[one] == home[other]) == (frozenset((one, other)) in told)

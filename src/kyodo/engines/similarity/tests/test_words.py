"""One spelling for what people type in many."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.engines.similarity.normalise import normalise
from kyodo.engines.similarity.synonyms import table
from kyodo.engines.similarity.tables import rows, spellings
from kyodo.engines.similarity.words import LONGEST, Words, read_words


@given(st.text())
def test_a_normal_text_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("typed", "usual"),
    [("ＦＡＸ", "fax"), ("ﾌｧｸｽ", "ファクス"), ("１３．３型", "13.3型"), ("A－B", "a-b"), ("窓口　　混雑", "窓口 混雑")],
)
def test_width_case_dashes_and_blanks_make_no_difference(typed, usual):
    assert normalise(typed) == usual


@pytest.mark.parametrize(
    ("one", "other"), [("引越し", "引っ越し"), ("打合せ", "打ち合わせ"), ("サーバ", "サーバー"), ("手続", "手続き")]
)
def test_old_and_new_spellings_are_one_word(one, other):
    assert read_words(one).all == read_words(other).all


def test_numbers_and_signs_carry_no_meaning():
    assert read_words("予約が、年900件。").content == ("予約",)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    words = read_words(text)
    assert set(words.content) <= set(words.all)


def test_a_text_longer_than_the_dictionary_takes_is_read_whole():
    assert read_words("あ" * LONGEST * 3 + "予約").content[-1] == "予約"


def test_threads_do_not_disturb_each_other():
    expected = read_words("窓口の予約が混む")
    answers: list[Words] = []

    def ask():
        answers.extend(read_words("窓口の予約が混む") for _time in range(50))

    threads = [threading.Thread(target=ask) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 200


def test_an_inflected_word_stands_for_its_thing():
    assert "待ち時間" in table().things_of(read_words("2時間待たせている").all)


def test_the_table_says_each_thing_once_and_no_word_twice_for_it():
    found = list(rows("synonyms.csv"))
    things = [row["thing"] for row in found]
    assert len(things) == len(set(things))
    for row in found:
        words = spellings(row, "thing", "words")
        assert len(words) == len(set(words)), row["thing"]

"""What people type, and how it is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.search import terms
from kyodo.core.search.excerpts import excerpt, marked


def shown(pieces):
    """Pieces as one text, marks in brackets."""
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_words_with_a_blank_between_are_all_wanted():
    assert [term.text for term in terms.read("体育館　予約").wanted] == ["体育館", "予約"]


def test_a_phrase_in_japanese_is_taken_apart_at_its_particles():
    assert [term.text for term in terms.read("体育館の予約").wanted] == ["体育館", "予約"]


@pytest.mark.parametrize("asked", ['"体育館の予約"', "“体育館の予約”", "＂体育館の予約＂"])
def test_quotes_keep_a_phrase_as_it_is(asked):
    (term,) = terms.read(asked).wanted
    assert (term.text, term.words) == ("体育館の予約", ())


def test_a_minus_takes_a_word_out():
    question = terms.read("予約 -体育館")
    assert [term.text for term in question.wanted] == ["予約"]
    assert [term.text for term in question.unwanted] == ["体育館"]


@pytest.mark.parametrize("asked", ["", "  ", "-", "-体育館", "。、!", '""', "'; DROP TABLE x --", "*", "(", 'a"b'])
def test_whatever_is_typed_is_a_question_or_none(asked):
    terms.read(asked)


@given(st.text(max_size=300))
def test_any_text_can_be_asked(asked):
    question = terms.read(asked)
    for term in (*question.wanted, *question.unwanted):
        for piece in (*term.words, *(pair for run in term.runs for pair in run)):
            assert piece.isalnum()


def test_the_last_letter_of_a_run_can_be_found_alone():
    assert terms.grams("式根島") == ["式根", "根島", "島"]


def test_words_are_marked_in_whatever_width_they_stand():
    assert shown(marked("ＦＡＸとﾌｧｸｽの紙", ["fax", "ファクス"])) == "[ＦＡＸ]と[ﾌｧｸｽ]の紙"


def test_an_excerpt_is_cut_around_the_first_place():
    told = shown(excerpt("あ" * 200 + "予約" + "い" * 200, ["予約"]))
    assert told.startswith("…")
    assert told.endswith("…")
    assert "[予約]" in told
    assert len(told) < 130


@given(st.text(max_size=80), st.lists(st.text(max_size=3), max_size=3))
def test_the_pieces_of_a_text_make_it_whole(text, asked):
    assert "".join(piece.text for piece in marked(text, asked)) == text

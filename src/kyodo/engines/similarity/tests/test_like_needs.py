"""A need told in other words is found while somebody types, with the words that say why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.similarity.index import Index, Weights
from kyodo.engines.similarity.tests.scoring import development, held_back, in_first_three, labelled

TEXTS = st.sampled_from([(text.title, text.body) for text in labelled()])


@pytest.fixture(scope="module")
def needs():
    """An index of all labelled texts."""
    index: Index[int] = Index()
    for number, text in enumerate(labelled()):
        index.put(number, text.title, text.body)
    return index


def test_the_sibling_of_nine_needs_in_ten_is_among_the_first_three():
    found, asked = in_first_three(Weights(), development())
    assert asked >= 80
    assert found / asked >= 0.90


def test_the_pairs_that_nothing_was_made_from_are_found_as_often():
    found, asked = in_first_three(Weights(), held_back())
    assert found / asked >= 0.90


def test_the_table_of_synonyms_is_what_finds_them():
    found, asked = in_first_three(Weights(words=0.5, grams=0.5, things=0.0), development())
    assert found / asked < 0.25


def test_a_hit_says_which_words_are_shared():
    index: Index[int] = Index()
    index.put(1, "体育館の予約が電話と紙台帳で、二重予約が起きている")
    index.put(2, "給食の献立を毎月配っている")
    (hit,) = index.like("体育館の予約の電話が多い", first=1)
    assert hit.id == 1
    assert {"予約", "体育館", "電話"} <= set(hit.shared)


def test_a_thing_said_in_other_words_is_named_by_its_usual_word():
    index: Index[int] = Index()
    index.put(1, "証明の発行で毎朝お客さんが並ぶ")
    index.put(2, "橋の点検の結果を入れ直している")
    index.put(3, "議会の中継に字幕を付けたい")
    (hit,) = index.like("混雑の解消", first=1)
    assert (hit.id, hit.shared) == (1, ("待ち時間",))


def test_nothing_outside_the_given_ids_is_ever_named(needs):
    shown = {3, 40, 77}
    for text in labelled()[:20]:
        assert {hit.id for hit in needs.like(text.title, text.body, among=shown)} <= shown


def test_nothing_is_like_an_empty_text(needs):
    assert needs.like("") == []
    assert needs.like("。、!?") == []
    assert Index().like("予約") == []


def test_what_shares_nothing_is_not_named():
    index: Index[int] = Index()
    index.put(1, "給食の献立")
    index.put(2, "道路の穴")
    assert index.like("xyzzy") == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.one_of(st.none(), TEXTS)), max_size=30), TEXTS, st.randoms())
def test_adding_replacing_and_removing_leave_what_a_fresh_index_has_in_any_order(steps, asked, random):
    lived: Index[int] = Index()
    kept: dict[int, tuple[str, str]] = {}
    for key, text in steps:
        if text is None:
            lived.remove(key)
            kept.pop(key, None)
        else:
            lived.put(key, *text)
            kept[key] = text
    fresh: Index[int] = Index()
    for key in random.sample(sorted(kept), len(kept)):
        fresh.put(key, *kept[key])
    assert len(lived) == len(fresh) == len(kept)
    assert lived.like(*asked, first=5) == fresh.like(*asked, first=5)


def test_holes_are_closed_and_answers_stay():
    lived: Index[int] = Index()
    texts = labelled()[:20]
    for _again in range(20):
        for number, text in enumerate(texts):
            lived.put(number, text.title, text.body)
    fresh: Index[int] = Index()
    for number, text in enumerate(texts):
        fresh.put(number, text.title, text.body)
    assert lived.like(texts[0].title) == fresh.like(texts[0].title)
    assert lived.nbytes <= 2 * fresh.nbytes

"""Changes by hand: what is asked for is done, and what can't be is told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kyodo.engines.tilemap import Cell, ConflictCode, TileMap, adjust

ROW = TileMap({name: Cell(column, 0) for column, name in enumerate("abcde")} | {"isle": Cell(0, 0, apart=True)})

wishes = st.dictionaries(
    st.sampled_from([*"abcde", "isle", "nobody"]),
    st.builds(Cell, st.integers(-1, 6), st.integers(0, 1), st.booleans()),
)


def test_a_place_moves_to_a_free_cell():
    assert adjust(ROW, {"a": Cell(2, 1)}).layout.cells["a"] == Cell(2, 1)


def test_two_places_change_places():
    cells = adjust(ROW, {"a": Cell(4, 0)}).layout.cells
    assert (cells["a"], cells["e"]) == (Cell(4, 0), Cell(0, 0))


def test_an_isle_may_be_brought_onto_the_map():
    assert adjust(ROW, {"isle": Cell(0, 1)}).layout.strip_rows == 0


def test_two_wishes_for_one_cell_are_both_told_and_left_out():
    adjusted = adjust(ROW, {"a": Cell(2, 1), "b": Cell(2, 1)})
    assert [(one.code, one.place, one.with_places) for one in adjusted.conflicts] == [
        (ConflictCode.SAME_CELL, "a", ("b",)),
        (ConflictCode.SAME_CELL, "b", ("a",)),
    ]
    assert adjusted.layout == ROW


def test_a_place_that_is_gone_is_told():
    assert [one.code for one in adjust(ROW, {"nobody": Cell(0, 1)}).conflicts] == [ConflictCode.UNKNOWN_PLACE]


@given(wishes)
def test_no_wish_puts_two_places_into_one_cell(changes):
    adjusted = adjust(ROW, changes)
    assert set(adjusted.layout.cells) == set(ROW.cells)
    assert len(set(adjusted.layout.cells.values())) == len(ROW.cells)


@given(wishes)
def test_a_wish_that_is_not_a_conflict_comes_true(changes):
    adjusted = adjust(ROW, changes)
    refused = {one.place for one in adjusted.conflicts}
    for place, cell in changes.items():
        if place not in refused:
            assert adjusted.layout.cells[place] == cell

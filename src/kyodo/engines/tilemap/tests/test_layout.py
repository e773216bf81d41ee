"""What anybody may rely on, whatever the region."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.tilemap import Place, lay_out, measure
from kyodo.engines.tilemap.tests.regions import ISLES, PREFECTURES_OF_TOHOKU, WEST_TOKYO, places

spots = st.tuples(st.integers(3000, 4500), st.integers(12900, 14500))
regions = st.lists(spots, min_size=1, max_size=25).map(
    lambda found: [Place(f"{number:02}", lat / 100, lng / 100) for number, (lat, lng) in enumerate(found)]
)


@settings(max_examples=60, deadline=None)
@given(regions)
def test_every_place_has_one_cell_and_no_cell_two_places(region):
    layout = lay_out(region)
    assert set(layout.cells) == {place.id for place in region}
    assert len(set(layout.cells.values())) == len(region)
    assert all(cell.column >= 0 and cell.row >= 0 for cell in layout.cells.values())


@settings(max_examples=40, deadline=None)
@given(regions, st.randoms(use_true_random=False))
def test_the_order_of_the_places_does_not_matter(region, random):
    shuffled = list(region)
    random.shuffle(shuffled)
    assert lay_out(shuffled) == lay_out(region)


@settings(max_examples=40, deadline=None)
@given(regions, st.integers(-200, 30))
def test_a_region_moved_along_the_globe_keeps_its_map(region, degrees):
    moved = [Place(place.id, place.lat, place.lng + degrees) for place in region]
    assert lay_out(moved) == lay_out(region)


@settings(max_examples=40, deadline=None)
@given(regions)
def test_no_row_or_column_is_empty(region):
    layout = lay_out(region)
    body = [cell for cell in layout.cells.values() if not cell.apart]
    assert {cell.row for cell in body} == set(range(layout.rows))
    assert {cell.column for cell in body} == set(range(1 + max(cell.column for cell in body)))


def test_the_isles_stand_below_from_north_to_south():
    layout = lay_out(places(WEST_TOKYO, ISLES))
    strip = {id_: cell for id_, cell in layout.cells.items() if cell.apart}
    assert sorted(strip, key=lambda id_: strip[id_].column) == list(ISLES)
    assert layout.strip_rows == 1


def test_a_strip_is_no_wider_than_its_map():
    layout = lay_out(places(PREFECTURES_OF_TOHOKU, ISLES), apart=frozenset(ISLES))
    body = max(cell.column for cell in layout.cells.values() if not cell.apart)
    assert max(cell.column for cell in layout.cells.values() if cell.apart) <= body
    assert layout.strip_rows > 1


def test_a_region_may_say_which_places_lie_apart():
    layout = lay_out(places(WEST_TOKYO), apart=frozenset({"町田"}))
    assert [id_ for id_, cell in layout.cells.items() if cell.apart] == ["町田"]


def test_neighbours_keep_their_sides():
    region = places(WEST_TOKYO)
    quality = measure(region, lay_out(region))
    assert quality.compass >= 0.93
    assert quality.touching >= 0.75
    assert quality.filled >= 0.6


def test_the_map_has_the_proportions_of_the_region():
    layout = lay_out(places(WEST_TOKYO))
    assert 1.0 <= layout.columns / layout.rows <= 2.0


def test_six_prefectures_look_like_themselves():
    cells = lay_out(places(PREFECTURES_OF_TOHOKU)).cells
    assert cells["青森"].row < cells["秋田"].row < cells["山形"].row < cells["福島"].row
    assert cells["秋田"].column < cells["岩手"].column
    assert cells["山形"].column < cells["宮城"].column


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_handful_of_towns_has_a_map_too(count):
    layout = lay_out(places(WEST_TOKYO)[:count])
    assert len(set(layout.cells.values())) == count
    assert layout.columns <= count


def test_no_place_at_all_is_an_empty_map():
    layout = lay_out([])
    assert (layout.columns, layout.rows, layout.strip_rows) == (0, 0, 0)


def test_halls_in_one_building_have_a_tile_each():
    layout = lay_out([Place(str(number), 35.0, 139.0) for number in range(7)])
    assert len(set(layout.cells.values())) == 7


def test_a_place_named_twice_is_refused():
    with pytest.raises(ValueError, match="more than once: a"):
        lay_out([Place("a", 35, 139), Place("a", 36, 139)])


def test_a_place_off_the_globe_is_refused():
    with pytest.raises(ValueError, match="not on the globe: a"):
        lay_out([Place("a", 139, 35)])

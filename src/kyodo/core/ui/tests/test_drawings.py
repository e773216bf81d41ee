"""Maps and charts: what is drawn is also said in words and stands in a table."""

from __future__ import annotations

import itertools
import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from kyodo.core.ui import charts, tiles
from kyodo.core.ui.tests.pages import rendered


@pytest.fixture(autouse=True)
def japanese():
    with translation.override("ja"):
        yield


def _map(**options):
    return tiles.draw(
        [
            tiles.Tile(0, 0, "檜原", "檜原村", shown="3件", shade=4, url="/o/1/"),
            tiles.Tile(1, 0, "武蔵村山", "武蔵村山市", shown="0件"),
            tiles.Tile(0, 0, "大島", "大島町", shown="1件", shade=1, apart=True),
        ],
        title="解決した相談",
        heading="件数",
        **options,
    )


def test_a_map_is_one_image_with_a_name_and_no_stops_for_the_tab_key():
    html = rendered('<c-tile-map :drawing="drawing" />', drawing=_map(description="色が濃いほど多い。"))
    svg = html[html.index("<svg") : html.index("</svg>")]
    [(name, said)] = re.findall(r'role="img".*aria-labelledby="(\S+) (\S+)"', svg)
    assert f'<title id="{name}">解決した相談</title>' in svg
    assert f'<desc id="{said}">色が濃いほど多い。</desc>' in svg
    assert "<a " not in svg


def test_every_tile_is_a_row_of_the_table_with_its_link():
    html = rendered('<c-tile-map :drawing="drawing" />', drawing=_map())
    assert html.count('<tr><th scope="row"') == 3
    assert '<a href="/o/1/">檜原村</a></th><td class="n">3件</td>' in html


def test_isles_stand_below_the_map():
    first, _second, isle = _map().tiles
    assert isle.y > first.y + tiles.PITCH


def test_a_long_name_takes_two_lines():
    assert [line for line, _y in _map().tiles[1].lines] == ["武蔵", "村山"]


def test_a_map_of_many_columns_has_no_labels():
    wide = tiles.draw([tiles.Tile(column, 0, "あ", "あ") for column in range(20)], title="x", heading="y")
    assert wide.labelled == ""


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_shades_go_from_none_to_darkest(value, highest):
    shade = tiles.shade_of(min(value, highest), highest)
    assert 0 <= shade <= 4
    assert (shade == 0) == (min(value, highest) <= 0)


def test_a_bar_carries_its_name_and_value_in_words_and_in_the_table():
    drawing = charts.bar_chart(
        [charts.Bar("端末", 80, "80万円"), charts.Bar("予約", -5, "−5万円")], title="減った額", headings=("案件", "額")
    )
    html = rendered('<c-bar-chart :drawing="drawing" />', drawing=drawing)
    assert html.count("80万円") == 2
    assert html.count("−5万円") == 2
    assert "表で見る" in html


@given(st.lists(st.floats(-1e9, 1e9), max_size=12))
def test_no_bar_leaves_the_picture(values):
    drawing = charts.bar_chart([charts.Bar("x", value, "y") for value in values], title="t", headings=("a", "b"))
    for drawn in drawing.bars:
        begin, width = float(drawn.x[:-1]), float(drawn.width[:-1])
        assert begin >= 0
        assert begin + width <= 100


def test_a_line_breaks_where_a_value_is_missing():
    drawing = charts.line_chart(
        [charts.Series("東", [1, 2, None, 4, 5], ["1", "2", "—", "4", "5"])],
        points=["R2", "R3", "R4", "R5", "R6"],
        point_heading="年度",
        title="割合",
    )
    assert len(drawing.lines[0].pieces) == 2
    html = rendered('<c-line-chart :drawing="drawing" />', drawing=drawing)
    assert html.count("<polyline") == 2
    assert '<th scope="row">R4</th><td class="n">—</td>' in html


series = st.lists(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=6, max_size=6), min_size=1, max_size=4)


@given(series)
def test_lines_stay_in_the_picture_and_their_names_apart(values):
    drawing = charts.line_chart(
        [charts.Series("x", one, [str(v) for v in one]) for one in values],
        points=list("abcdef"),
        point_heading="p",
        title="t",
    )
    for line in drawing.lines:
        for x, y in line.dots:
            assert 0 <= float(x[:-1]) <= 70
            assert charts.PLOT_TOP - 0.1 <= float(y) <= charts.PLOT_TOP + charts.PLOT_HEIGHT + 0.1
    names = sorted(line.name_y for line in drawing.lines)
    assert all(second - first >= 30 for first, second in itertools.pairwise(names))
    assert names[-1] <= charts.PLOT_TOP + charts.PLOT_HEIGHT


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0, 94), (-4.5, 83.6), (0, 0.003), (0, 1_284_000)])
def test_the_scale_has_few_round_numbers_around_the_values(low, high):
    ticks = charts._ticks(low, high)
    assert ticks[0] <= low
    assert ticks[-1] >= high
    assert 3 <= len(ticks) <= 7

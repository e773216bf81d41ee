"""The polis method equals an independent, dense and slow one, by the protocol of docs/engines/opinion.md."""

from __future__ import annotations

import pytest

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.tests.drawn import groups_in, planted, same_groups, statements_of, votes_of
from kyodo.engines.opinion.tests.oracle import expected

WITHIN = 1e-6
SEEDS = range(12)


def conversation(seed):
    """Few or many, tidy or noisy, some statements rejected, some votes changed, some people with hardly a vote."""
    rejected = {3, 7} if seed % 3 else set()
    rows, _groups = planted(
        seed, sizes=(9 + seed, 7, 5 + seed % 4), noise=0.05 + 0.02 * seed, seen=0.35 + 0.05 * (seed % 5)
    )
    changed = [(person, statement, -vote) for person, statement, vote in rows[:9]]
    few = [("900", "1", 1), ("900", "3", 0), ("901", "7", 1)]
    return rows + changed + few, rejected


@pytest.fixture(scope="module", params=SEEDS)
def both(request):
    """The engine's document and the oracle's."""
    rows, rejected = conversation(request.param)
    statements = statements_of(25, rejected)
    result = analyse(votes_of(rows, statements), method="polis").document()
    return result, expected(rows, rejected, statements)


def test_the_counts_and_who_is_grouped_are_the_same(both):
    result, want = both
    assert (result["format"], result["state"]) == ("kyodo-opinion/1", "ok")
    for key in ("n_participants", "n_included", "n_statements", "k"):
        assert result[key] == want[key], key
    assert [each["id"] for each in result["participants"]] == [each["id"] for each in want["participants"]]
    assert groups_in(result).keys() == groups_in(want).keys()


def test_everybody_stands_at_the_same_place_and_the_axes_explain_the_same(both):
    result, want = both
    assert result["explained_variance"] == pytest.approx(want["explained_variance"], abs=WITHIN)
    largest = max(abs(each[axis]) for each in want["participants"] for axis in "xy")
    for mine, theirs in zip(result["participants"], want["participants"], strict=True):
        for axis in "xy":
            assert mine[axis] == pytest.approx(theirs[axis], abs=WITHIN * largest)


def test_the_groups_are_the_same_and_what_stands_for_them(both):
    result, want = both
    assert same_groups(groups_in(result), groups_in(want))
    mine_of = {theirs: mine for mine, theirs in zip(groups_in(result).values(), groups_in(want).values(), strict=True)}
    by_id = {each["id"]: each for each in result["groups"]}
    for number, theirs in enumerate(want["groups"]):
        mine = by_id[mine_of[number]]
        assert mine["size"] == theirs["size"]
        _same_statements(mine["representative"], theirs["representative"])


def test_what_all_agree_on_is_the_same(both):
    result, want = both
    _same_statements(result["consensus"], want["consensus"])


def _same_statements(mine, theirs):
    assert [(each["statement"], each["direction"]) for each in mine] == [
        (each["statement"], each["direction"]) for each in theirs
    ]
    for one, other in zip(mine, theirs, strict=True):
        assert one.keys() == other.keys()
        for key in ("successes", "trials"):
            assert one[key] == other[key]
        for key in other.keys() - {"statement", "direction"}:
            assert one[key] == pytest.approx(other[key], abs=WITHIN), key


def test_a_large_matrix_is_placed_as_exactly_as_a_small_one(monkeypatch):
    """Lanczos' iteration against the exact decomposition."""
    from kyodo.engines.opinion import projection

    rows, _groups = planted(5, sizes=(120, 90, 60, 40), statements=90, seen=0.4)
    votes = votes_of(rows, statements_of(90))
    exact = projection.project(votes.matrix, zeroed=True)
    monkeypatch.setattr(projection, "EXACT_UP_TO", 10)
    iterated = projection.project(votes.matrix, zeroed=True)
    assert abs(exact.points - iterated.points).max() < 1e-8 * abs(exact.points).max()
    assert iterated.explained == pytest.approx(exact.explained, abs=1e-10)


def test_the_number_of_groups_is_right_for_many_people_too(monkeypatch):
    """Silhouettes from shadows lie within their bound of the exact ones."""
    from kyodo.engines.opinion import silhouette
    from kyodo.engines.opinion.clusters import distinct, fixed_start
    from kyodo.engines.opinion.projection import project

    rows, _groups = planted(8, sizes=(100, 80, 60), statements=40, noise=0.3)
    points = project(votes_of(rows, statements_of(40)).matrix, zeroed=True).points
    parts = [fixed_start(points, distinct(points), k) for k in (2, 3, 4, 5)]
    best, exact = silhouette.best_partition(points, parts, proven=True)
    monkeypatch.setattr(silhouette, "EXACT_UP_TO", 10)
    for directions in (16, 64):
        monkeypatch.setattr(silhouette, "DIRECTIONS", tuple(d for d in (16, 32, 64) if d <= directions))
        again, near = silhouette.best_partition(points, parts, proven=True)
        assert near == pytest.approx(exact, abs=silhouette._bound(directions))
    assert again == best


def test_a_group_that_agrees_with_nothing_has_nothing_to_stand_for_it():
    """An oddity of the method that is followed: without a best agree, what is significant is not listed either."""
    rows = [(str(p), str(s), -1 if p < 10 else 1) for p in range(22) for s in range(9) if (p + s) % 8]
    result = analyse(votes_of(rows, statements_of(9)), method="polis").document()
    assert sorted(len(each["representative"]) for each in result["groups"]) == [0, 5]
    robust = analyse(votes_of(rows, statements_of(9))).document()
    assert all(each["representative"] for each in robust["groups"])


def test_a_point_alone_in_its_group_has_no_silhouette():
    import numpy as np

    from kyodo.engines.opinion.clusters import Partition
    from kyodo.engines.opinion.silhouette import best_partition

    points = np.array([[0.0, 0.0], [0.0, 1.0], [10.0, 0.0]])
    part = Partition(2, np.array([0, 0, 1]), np.zeros((2, 2)))
    _best, values = best_partition(points, [part], proven=True)
    assert values[0] == pytest.approx(((1 - 1 / 10) + (1 - 1 / 101**0.5) + 0) / 3)

"""総合評価: the most points win, counted in exact fractions as anybody could by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kyodo.engines.award.score import integer_scores, score_of
from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import problem_of
from kyodo.engines.award.tests.tenders import lamp_tender, offer


def scored(technical, *, method="additive", reserve=6000, **evaluation):
    """The lamp tender with technical points of a, b and c."""
    document = lamp_tender(lots=[{"item": "lamp", "zone": "e", "reserve": reserve}])
    document["suppliers"] = [{"id": s, "technical": {"*": p}} for s, p in zip("abc", technical, strict=True)]
    document["evaluation"] = {"method": method, **({"price_points": 30} if method == "additive" else {}), **evaluation}
    return document


def test_additive_points_are_technical_plus_price_points():
    problem = problem_of(scored([50, 52, 54.5]))
    assert [score_of(problem, n, 0) for n in range(3)] == [
        Fraction(50) + 30 * (1 - Fraction(3000, 6000)),
        Fraction(52) + 30 * (1 - Fraction(3300, 6000)),
        Fraction(109, 2) + 30 * (1 - Fraction(3600, 6000)),
    ]
    result = solve(problem).document()
    assert result["lots"][0]["parts"][0]["supplier"] == "c"
    assert (result["score"], result["score_exact"], result["total"]) == (66.5, "133/2", 3600)
    assert (result["bound"], result["gap"]) == (66.5, 0.0)


def test_division_compares_points_for_a_yen_exactly():
    """60/3000 = 66/3300 > 71/3600: a tie in points goes to the lower price."""
    result = solve(problem_of(scored([60, 66, 71], method="division"))).document()
    assert result["lots"][0]["parts"][0]["supplier"] == "a"
    assert result["score_exact"] == "1/50"


@pytest.mark.parametrize(("c_points", "winner"), [("65.7500000001", "c"), ("65.7499999999", "a")])
def test_a_ten_billionth_of_a_point_decides(c_points, winner):
    import json

    from kyodo.engines.award.reading import parse_document, read_problem

    document = scored([65, 1, 1])
    document["offers"] = [offer("o1", "a", 95), offer("o3", "c", 100)]
    text = json.dumps(document).replace(
        '"id": "c", "technical": {"*": 1}', f'"id": "c", "technical": {{"*": {c_points}}}'
    )
    problem, _warnings = read_problem(parse_document(text.encode()))
    assert score_of(problem, 0, 0) == Fraction(65) + 30 * (1 - Fraction(2850, 6000))
    result = solve(problem)
    scores = [score_of(problem, n, 0) or Fraction(0) for n in range(2)]
    assert result.found.score == max(scores)
    assert result.document()["lots"][0]["parts"][0]["supplier"] == winner


def test_who_is_below_the_technical_minimum_is_left_out():
    result = solve(problem_of(scored([10, 52, 54], minimum_technical=50))).document()
    assert {row["because"]["code"] for row in result["not_chosen"] if row["offer"] == "o1"} == {"technical_too_low"}


def test_the_fee_is_part_of_the_amount():
    document = scored([50, 50, 50])
    document["offers"][0]["fixed_fee"] = 600
    problem = problem_of(document)
    assert score_of(problem, 0, 0) == Fraction(50) + 30 * (1 - Fraction(3600, 6000))


def test_points_may_differ_from_lot_to_lot():
    document = scored([50, 50, 50])
    document["suppliers"][1]["technical"] = {"*": 0, "lamp/e": 99}
    assert solve(problem_of(document)).document()["lots"][0]["parts"][0]["supplier"] == "b"


def test_scores_with_a_small_common_denominator_are_not_rounded():
    whole, unit = integer_scores([Fraction(1, 3), Fraction(1, 2)])
    assert (whole, unit) == ([2, 3], Fraction(1, 6))

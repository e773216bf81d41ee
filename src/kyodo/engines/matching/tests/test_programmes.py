"""What is known of specialists: the cheapest programme of each set counts, and lists keep within their memory."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from kyodo.engines.matching.solver.cells import Cells
from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.pool import Pool
from kyodo.engines.matching.solver.programmes import Bench
from kyodo.engines.matching.solver.relaxation import Relaxation
from kyodo.engines.matching.solver.search import search
from kyodo.engines.matching.tests.oracle import exhaustive
from kyodo.engines.matching.tests.quarters import body, draw_small, person, problem_of, quarter, request
from kyodo.engines.patience import Patience


def test_a_cheaper_programme_of_the_same_requests_takes_the_place_of_the_dearer():
    problem = problem_of(quarter([body()], [person()], [request()]))
    bench = Bench(Options(problem))
    (cheap,) = bench.best(0, np.array([900.0])).programmes.values()
    dear, pool, relaxation = replace(cheap, cost=cheap.cost + 50), Pool(1, 1), Relaxation(Demand(bench.options))
    values = []
    for one in (dear, cheap, dear):
        pool.add([one])
        relaxation.learn(pool)
        solved = relaxation.solve(5)
        assert solved is not None
        values.append(solved[1])
    assert values == pytest.approx([cheap.cost + 50, cheap.cost, cheap.cost])
    assert pool.all() == [cheap]
    assert pool.best(np.array([900.0]))[0][0] == 900 - cheap.cost


@pytest.mark.parametrize("limit", ["MOST_CHOICES", "MOST_CELLS", "MOST_IN_ALL"])
@pytest.mark.parametrize("places", [2, 3])
def test_where_there_are_too_many_choices_to_list_the_plan_is_as_good(limit, places):
    for seed in (0, 1, 3, 4, 6, 11):
        problem = problem_of(draw_small(random.Random(seed), places=(places,)))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"kyodo.engines.matching.solver.{'programmes' if 'ALL' in limit else 'cells'}.{limit}", 2)
            bench = Bench(Options(problem))
            listed = [cells for cells in map(bench.cells, range(2)) if cells is not None]
            assert all(len(cells.choices[0]) <= 2 for cells in listed)
            assert limit == "MOST_CELLS" or all(cells.size <= 2 for cells in listed)
            outcome = search(problem, Patience(30))
        assert outcome.objective == outcome.bound == exhaustive(problem)


def test_listing_choices_takes_no_memory_by_the_square_of_the_cells():
    quick = {"half_days": 1, "mode": "remote", "max_missed": 9}
    asked = [request(f"r{length}", weeks=length, start_max=53 - length, **quick) for length in range(1, 53)]
    document = quarter([body()], [person(max_requests=3)], asked, weeks=53)
    bench = Bench(Options(problem_of(document)))
    with pytest.MonkeyPatch.context() as patch:
        sizes: list[int] = []
        whole = type(bench.loads).fits

        def noted(*given):
            sizes.append((found := whole(*given)).size)
            return found

        patch.setattr(type(bench.loads), "fits", noted)
        Cells(bench.options, bench.loads, bench.tables[0], 10**6)
    assert max(sizes) <= 1_000_000

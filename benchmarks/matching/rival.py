"""CP-SAT on the model of all options and weekly patterns: what one would write with a general solver."""

from __future__ import annotations

import time
from collections import defaultdict
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from kyodo.engines.matching.problem import Problem, slots_of
from kyodo.engines.matching.solver.demand import Demand
from kyodo.engines.matching.solver.options import Options
from kyodo.engines.matching.solver.packed import weekly
from kyodo.engines.matching.solver.programmes import Bench
from kyodo.engines.matching.solver.timetable import Item, Placed


def cp_sat(problem: Problem, seconds: float, workers: int) -> str:
    """Build, solve for the seconds that are left after building, and tell what came out."""
    began = time.monotonic()
    bench = Bench(Options(problem))
    demand = Demand(bench.options)
    model: Any = cp_model.CpModel()
    rows: dict[tuple[Any, ...], list[tuple[Any, int]]] = defaultdict(list)
    terms, served = [], defaultdict(list)
    for person, table in enumerate(bench.tables):
        for number in range(int(bench.options.first[person]), int(bench.options.first[person + 1])):
            item = table.item(number)
            for way in item.ways:
                column = model.new_bool_var("")
                served[item.request].append(column)
                terms.append(item.cost * column)
                _occupy(rows, problem, person, item, way, column)
    _together(model, problem, bench, rows)
    for request in demand.open.tolist():
        met = model.new_bool_var("")
        model.add(sum(served[request]) == met)
        served[request] = [met]
        terms.append(int(demand.unmet[request]) * (1 - met))
    for number, (_body, own) in enumerate(demand.bodies):
        covered = model.new_bool_var("")
        model.add(sum(served[request][0] for request in own) >= covered)
        terms.append(int(demand.uncovered[number]) * (1 - covered))
    model.minimize(demand.base + sum(terms))
    built = time.monotonic() - began
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.max_time_in_seconds = max(1.0, seconds - built)
    status = solver.solve(model)
    value, bound = solver.objective_value, solver.best_objective_bound
    gap = (value - bound) / max(1.0, value)
    return f"{solver.status_name(status)} {value:,.0f} {bound:,.0f} {gap:.2%}, model built in {built:.1f} s"


def _occupy(rows: Any, problem: Problem, person: int, item: Item, way: Placed, column: Any) -> None:
    rows["requests", person].append((column, 1))
    for place in slots_of(way.taken):
        rows["slot", person, place].append((column, 1))
    for place in slots_of(way.site):
        rows["site", person, place, item.municipality].append((column, 1))
    for week, held in enumerate(weekly(item.load, problem.weeks)):
        if held:
            rows["week", person, week].append((column, held))


def _together(model: Any, problem: Problem, bench: Bench, rows: Any) -> None:
    """No slot twice, weekly limit, requests a quarter, no two places too far apart on a day."""
    on_site: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, columns in rows.items():
        table = bench.tables[key[1]]
        if key[0] == "requests":
            model.add(sum(column for column, _held in columns) <= table.places)
        elif key[0] == "slot":
            model.add_at_most_one(column for column, _held in columns)
        elif key[0] == "week":
            model.add(sum(column * held for column, held in columns) <= weekly(table.room, problem.weeks)[key[2]])
        else:
            on_site[key[1], key[2]].append(key[3])
    for (person, place), bodies in on_site.items():
        for one, other in combinations(bodies, 2):
            if not problem.hop(one, other):
                both = [*rows["site", person, place, one], *rows["site", person, place, other]]
                _at_most_one_place(model, both, rows["site", person, place, one])


def _at_most_one_place(model: Any, both: list[tuple[Any, int]], ones: list[tuple[Any, int]]) -> None:
    here, there = [column for column, _held in ones], [column for column, _held in both[len(ones) :]]
    if len(here) * len(there) == 1:
        model.add_at_most_one([*here, *there])
        return
    away = model.new_bool_var("")
    for column in here:
        model.add_implication(column, away)
    for column in there:
        model.add_implication(column, ~away)

"""Runs the measurements and prints them: ours and CP-SAT on the same quarter, re-planning, reasons, assignments."""

from __future__ import annotations

import gc
import json
import sys
import time
from typing import Any

from benchmarks.machine import most_memory
from benchmarks.matching.assignments import draw as draw_assignment
from benchmarks.matching.quarter import NATION, REGION, Size, draw
from benchmarks.matching.rival import cp_sat
from kyodo.engines.matching.gap.solve import solve
from kyodo.engines.matching.plan import plan
from kyodo.engines.matching.problem import Problem, as_pairs
from kyodo.engines.matching.reading import read_problem
from kyodo.engines.matching.reasons import Reasons
from kyodo.engines.matching.recommend import recommend
from kyodo.engines.matching.report import changes
from kyodo.engines.matching.result import Result
from kyodo.engines.patience import Patience
from kyodo.engines.reading.document import parse_document

SEEDS = (1, 2, 3, 4, 5)
RIVALS = ((20.0, 2), (100.0, 2))  # seconds, workers
WITHIN = 0.01  # more points for fewer changes
CHANGED = 30  # points of each published engagement that is not kept


def main() -> None:
    """Region with rival and re-planning, nation, candidates, assignments."""
    quick = "--quick" in sys.argv
    for seed in SEEDS[:1] if quick else SEEDS:
        _region(seed, rival=seed == SEEDS[0] and not quick)
    if not quick:
        _nation(600.0 if "--long" in sys.argv else 120.0)
        for kind in "cde":
            for agents, jobs in ((20, 400), (40, 900), (80, 1600)):
                _assignment(kind, agents, jobs)


def quarter(size: Size, seed: int) -> tuple[dict[str, Any], Problem]:
    """A drawn quarter, read as a file would be."""
    document = draw(size, seed)
    return document, read_problem(parse_document(json.dumps(document).encode()))


def _told(name: str, result: Result, began: float, cpu: float) -> None:
    gap = (result.objective - result.bound) / result.objective
    print(
        f"{name:24}{result.status:>10}{result.objective:>10,}{result.bound:>10,}{gap:>9.3%}"
        f"{time.monotonic() - began:8.2f} s{time.process_time() - cpu:8.2f} CPU s{most_memory():>7} MB",
        flush=True,
    )


def _region(seed: int, *, rival: bool) -> None:
    document, problem = quarter(REGION, seed)
    began, cpu = time.monotonic(), time.process_time()
    result = plan(problem, time_limit=60)
    _told(f"region #{seed}", result, began, cpu)
    _reasons(result)
    _replan(document, problem, result)
    if rival:
        for seconds, workers in RIVALS:
            print(f"  CP-SAT, {seconds:.0f} s, {workers} workers: {cp_sat(problem, seconds, workers)}", flush=True)


def _reasons(result: Result) -> None:
    began = time.process_time()
    reasons = Reasons(result.options, result.plan)
    for one in result.unmet:
        reasons.of(one.request)
    spent = time.process_time() - began
    print(f"  reasons for {len(result.unmet)} unmet: {spent:.3f} CPU s", flush=True)


def _replan(document: dict[str, Any], problem: Problem, result: Result) -> None:
    """Two specialists withdraw, four requests come: changes that are forced, changes made, and what they cost."""
    held = [
        {"request": problem.requests[one.request].id, "specialist": problem.specialists[one.specialist].id,
         "start": one.start, "slots": as_pairs(one.slots)}
        for one in result.plan
    ]  # fmt: skip
    load: dict[str, int] = {}
    for row in held:
        load[row["specialist"]] = load.get(row["specialist"], 0) + 1
    gone = sorted(load, key=lambda who: (-load[who], who))[:2]
    more = [{**row, "id": f"new{number}"} for number, row in enumerate(draw(REGION, 99)["requests"][:4])]
    for row in more:
        row["incumbent"] = None
    other = {
        **document,
        "specialists": [row for row in document["specialists"] if row["id"] not in gone],
        "requests": [*document["requests"], *more],
    }
    free = plan(read_problem(parse_document(json.dumps(other).encode())), time_limit=60)
    other = {**other, "published": held, "weights": {**document["weights"], "changed": CHANGED}}
    changed = read_problem(parse_document(json.dumps(other).encode()))
    forced = sum(row["specialist"] in gone for row in held)
    for steady in (None, WITHIN):
        began, cpu = time.monotonic(), time.process_time()
        again = plan(changed, time_limit=60, steady=steady)
        made = [one for one in changes(changed, again.plan) if one.cause != "new"]
        points = again.objective - CHANGED * len(made)
        _told("  re-planned" if steady is None else "  re-planned, few changes", again, began, cpu)
        dearer = (points - free.objective) / free.objective
        print(f"  {forced} changes forced, {len(made)} made, {dearer:.2%} dearer than a free plan", flush=True)


def _nation(seconds: float) -> None:
    _document, problem = quarter(NATION, 1)
    began, cpu = time.monotonic(), time.process_time()
    marks = [10.0, 30.0, 60.0, 120.0, 300.0, 600.0]

    def tell(points: int, bound: int, used: float) -> None:
        while marks and used >= marks[0]:
            print(f"  {marks.pop(0):5.0f} s: {points:,} {bound:,} {(points - bound) / points:.2%}", flush=True)

    result = plan(problem, time_limit=seconds, progress=tell)
    _told("nation #1", result, began, cpu)
    _reasons(result)
    gc.collect()
    gc.freeze()  # what the search has left is no part of a web worker
    times = []
    for request in range(0, len(problem.requests), 100):
        start = time.perf_counter()
        recommend(problem, request, result.plan)
        times.append(time.perf_counter() - start)
    print(f"  candidates for one request: at most {max(times) * 1000:.0f} ms", flush=True)


def _assignment(kind: str, agents: int, jobs: int) -> None:
    answer = solve(draw_assignment(kind, agents, jobs, seed=1), Patience(60))
    gap = answer.document()["gap"]
    print(
        f"gap {kind}{agents:02d}{jobs:<6}{answer.cost!s:>10}{answer.bound!s:>10} {gap!s:.9}  {answer.seconds:.1f} s",
        flush=True,
    )

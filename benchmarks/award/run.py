"""Runs the measurements and prints a table: ours, plain HiGHS and CP-SAT side by side, in one run."""

from __future__ import annotations

import dataclasses
import json
import math
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.award.auctions import FAMILIES
from benchmarks.award.region import KINDS, Shape, draw
from benchmarks.award.rivals import Run, cp_sat, plain_highs
from benchmarks.machine import most_memory
from kyodo.engines.award.allocate.game import SavingsGame
from kyodo.engines.award.allocate.shapley import shapley
from kyodo.engines.award.auction import auction_model, solve_auction
from kyodo.engines.award.problem import Problem
from kyodo.engines.award.reading import parse_document, read_problem
from kyodo.engines.award.solver.formulation import formulate
from kyodo.engines.award.solver.search import find_award
from kyodo.engines.patience import Patience

LIMIT = 60.0
SEEDS = (1, 2, 3)
GOALS = {"single": 1.5, "several-capacity": 4.0, "everywhere-share": 20.0, "all-rules": 60.0}
SHARE_GOAL = 15.0


def main() -> None:
    """Region, growth, auctions, Shapley."""
    seeds = SEEDS[:1] if "--quick" in sys.argv else SEEDS
    kinds = [kind for kind in KINDS if f"--only={kind}" in sys.argv] or list(KINDS)
    print(f"CPU seconds on one thread, limit {LIMIT:.0f} s; ours is checked in exact integers\n")
    print(f"{'instance':24}{'':10}{'status':>10}{'total':>16}{'gap':>10}{'CPU s':>9}")
    for kind in kinds:
        for seed in seeds:
            _region(kind, KINDS[kind], seed)
    if len(kinds) == len(KINDS):
        _growth()
        _auctions(seeds)
        _shapley()


def problem_of(shape: Shape, seed: int) -> Problem:
    """A drawn problem, read as a file would be."""
    return read_problem(parse_document(json.dumps(draw(shape, seed)).encode()))[0]


def _line(name: str, run: Run) -> None:
    gap = f"{run.gap:.4%}" if math.isfinite(run.gap) else "-"
    value = f"{round(run.value):,}" if math.isfinite(run.value) else "-"
    print(f"{name:24}{run.solver:10}{run.status:>10}{value:>16}{gap:>10}{run.seconds:9.2f}", flush=True)


def ours(problem: Problem, limit: float) -> Run:
    """The engine, from problem to checked award."""
    began = time.process_time()
    found = find_award(problem, Patience(limit))
    value = math.inf if found.total is None else float(found.total)
    return Run("ours", found.status, value, found.bound, time.process_time() - began)


def _region(kind: str, shape: Shape, seed: int) -> None:
    problem = problem_of(shape, seed)
    name = f"{kind} #{seed}"
    _line(name, ours(problem, LIMIT))
    model = formulate(problem).model
    _line("", plain_highs(model, LIMIT))
    _line("", cp_sat(formulate(problem, whole=True).model, LIMIT))


def _growth() -> None:
    print("\nten times the buyers and zones: how cost and memory grow, each size in a process of its own")
    for kind in ("single", "share-0.15", "several-capacity"):
        for buyers, zones in ((62, 5), (186, 15), (620, 50)):
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
                run, text = apart.submit(_sized, kind, buyers, zones).result()
            _line(f"{kind} {buyers}", run)
            print(f"{'':24}{text}", flush=True)


def _sized(kind: str, buyers: int, zones: int) -> tuple[Run, str]:
    """One size: what the search brought, and the most memory the process ever held."""
    problem = problem_of(
        dataclasses.replace(KINDS[kind], buyers=buyers, zones=zones, packages=60 * buyers // 62), seed=1
    )
    before = most_memory()
    run = ours(problem, LIMIT)
    size = f"{len(problem.lots)} lots, {len(problem.offers):,} offers"
    return run, f"{size}; MB at most: {before} with the problem read, {most_memory()} after the search"


def _auctions(seeds: tuple[int, ...]) -> None:
    print("\nauctions: goods / bids")
    for family, make in FAMILIES.items():
        for goods, bids in ((100, 1000), (256, 5000)):
            for seed in seeds[:1]:
                auction = make(random.Random(seed), goods, bids)
                began = time.process_time()
                result = solve_auction(auction, time_limit=LIMIT)
                spent = time.process_time() - began
                name = f"{family} {goods}/{len(auction.bids)}"
                _line(name, Run("ours", result.status, result.total, result.bound, spent))
                every = auction_model(auction, list(range(len(auction.bids))))
                plain = plain_highs(every, LIMIT)
                _line("", dataclasses.replace(plain, value=-plain.value, bound=-plain.bound))


def _shapley() -> None:
    problem = dataclasses.replace(problem_of(KINDS["single"], 1), packages=())
    began = time.process_time()
    game = SavingsGame(problem)
    value = shapley(game, permutations=2000)
    spent = time.process_time() - began
    errors = value.errors or [0.0]
    print(
        f"\nShapley, 2,000 permutations, 62 buyers, tiers only: {spent:.2f} CPU s, largest error {max(errors):,.0f} yen"
    )

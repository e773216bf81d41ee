"""Runs the measurements and prints them: each way of looking side by side, then 62 bodies' demand in one go."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping

from benchmarks.similarity.labelled_lines import Labelled, labelled_lines, region
from kyodo.engines.similarity.demand import Tables, goods, made_of, read_line
from kyodo.engines.similarity.likeness import Looks
from kyodo.engines.similarity.merge import merge
from kyodo.engines.similarity.tests.scoring import pair_f1

BODIES, ITEMS = 62, 40
GOAL_F1, GOAL_SECONDS = 0.85, 3.0
REPEATS = 5


def main() -> None:
    """Quality on the development lines, or on those held back; then speed."""
    _quality("development", labelled_lines("lines_development.csv"))
    if "--held-back" in sys.argv:
        _quality("held back", labelled_lines("lines_held_back.csv"))
    _speed()


def _quality(name: str, labelled: Labelled) -> None:
    lines, truth = labelled
    print(f"\n{name}: {len(lines)} lines, {len(set(truth.values()))} clusters (wanted F1 >= {GOAL_F1})")
    print(f"{'':44}{'F1':>7}{'precision':>11}{'recall':>8}{'CPU s':>8}")
    nothing = made_of([])
    for told, tables, looks in (
        ("grams alone", nothing, Looks(grams=1, words=0)),
        ("words alone", nothing, Looks(grams=0, words=1)),
        ("words and grams, no table of goods", nothing, Looks()),
        ("all, but none of these goods in the table", made_of(_without(labelled)), Looks()),
        ("all, but half of these goods in the table", made_of(_without(labelled, every=2)), Looks()),
        ("all", None, Looks()),
    ):
        _scored(told, labelled, tables, looks)


def _scored(told: str, labelled: Labelled, tables: Tables | None, looks: Looks) -> None:
    lines, truth = labelled
    merge(lines[:1], tables=tables)  # the tables and the dictionary are read once
    began = time.process_time()
    found = merge(lines, tables=tables, looks=looks)
    spent = time.process_time() - began
    f1, precision, recall = pair_f1([cluster.line_ids for cluster in found.clusters], truth)
    print(f"{told:44}{f1:7.3f}{precision:11.3f}{recall:8.3f}{spent:8.2f}", flush=True)


def _without(labelled: Labelled, every: int = 1) -> list[tuple[str, str]]:
    """The table without the things that these lines name, or without every second of them."""
    named = sorted({read_line(line.text, line.unit).asked.thing for line in labelled[0]} - {""})
    gone = set(named[::every])
    return [(name, thing) for name, thing in goods() if thing not in gone]


def _speed() -> None:
    lines = region(BODIES, ITEMS)
    texts: Mapping[str, None] = dict.fromkeys(line.text for line in lines)
    spent = []
    for _time in range(REPEATS):
        began = time.process_time()
        found = merge(lines)
        spent.append(time.process_time() - began)
    print(
        f"\n{len(lines):,} lines of {BODIES} bodies in {len(texts):,} wordings: {len(found.clusters)} proposals, "
        f"median {sorted(spent)[REPEATS // 2]:.2f} CPU s, worst {max(spent):.2f} (wanted <= {GOAL_SECONDS:.0f})"
    )

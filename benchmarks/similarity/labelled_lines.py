"""The labelled demand lines, the score of a proposal, and a whole region's demand drawn from them."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path

from kyodo.engines.similarity.merge import Line

HERE = Path(__file__).with_name("labelled")
Labelled = tuple[list[Line], dict[str, str]]
# What bodies add that says nothing of the thing.
REMARKS = ("", "", "（新規）", "更新分", "予備含む", "教育委員会用", "本庁舎", "支所分", "※要相談", "庁舎用")


def labelled_lines(name: str) -> Labelled:
    """The lines of a file and the cluster of each."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [Line(str(number), "", row["text"], "1", row["unit"]) for number, row in enumerate(rows, start=1)]
    return lines, {line.id: row["cluster"] for line, row in zip(lines, rows, strict=True)}


def pair_f1(proposed: Iterable[tuple[str, ...]], truth: Mapping[str, str]) -> tuple[float, float, float]:
    """F1, precision and recall over pairs of lines that are in one cluster."""
    made = {pair for cluster in proposed for pair in combinations(sorted(cluster), 2)}
    right = {pair for pair in combinations(sorted(truth), 2) if truth[pair[0]] == truth[pair[1]]}
    both = len(made & right)
    return 2 * both / (len(made) + len(right)), both / max(1, len(made)), both / len(right)


def region(bodies: int, items: int) -> list[Line]:
    """What each body asks of each item, in words of its own."""
    lot = random.Random(3)
    lines, truth = labelled_lines("lines_development.csv")
    wordings = defaultdict(list)
    for line in lines:
        wordings[truth[line.id]].append(line)
    asked = lot.sample(sorted(wordings), items)
    return [
        Line(
            f"{body}-{item}",
            str(body),
            said.text + lot.choice(REMARKS) + f" {body}課" * lot.randint(0, 1),
            "1",
            said.unit,
        )
        for body in range(bodies)
        for item in asked
        for said in (lot.choice(wordings[item]),)
    ]

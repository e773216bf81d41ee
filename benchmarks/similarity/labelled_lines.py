"""The labelled demand lines, and a whole region's demand drawn from them."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path

from kyodo.engines.similarity.merge import Line
from kyodo.engines.similarity.tests.scoring import lines_of

HERE = Path(__file__).with_name("labelled")
Labelled = tuple[list[Line], dict[str, str]]
# What bodies add that says nothing of the thing.
REMARKS = ("", "", "（新規）", "更新分", "予備含む", "教育委員会用", "本庁舎", "支所分", "※要相談", "庁舎用")


def labelled_lines(name: str) -> Labelled:
    """The lines of a file and the cluster of each."""
    return lines_of(name, HERE)


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

"""Keeps a growing conversation recognisable: groups keep their numbers and the map its sides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kyodo.engines.opinion.faults import Faults
from kyodo.engines.opinion.votes import Floats, Ints
from kyodo.engines.words import _

FORMAT = "kyodo-opinion/1"


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier result: of each participant the group (None for none), and the place."""

    groups: Mapping[str, int | None]
    places: Mapping[str, tuple[float, float]]

    @classmethod
    def at(cls, names: Sequence[str], groups: Sequence[int | None], points: Floats) -> Previous:
        """Take it from arrays in the same order."""
        places = ((x, y) for x, y in points.tolist())
        return cls(dict(zip(names, groups, strict=True)), dict(zip(names, places, strict=True)))

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Previous:
        """Read a document of the form kyodo-opinion/1."""
        people = document["participants"]
        return cls(
            {str(each["id"]): each["group"] for each in people},
            {str(each["id"]): (float(each["x"]), float(each["y"])) for each in people},
        )


def read_previous(path: Path) -> Previous:
    """Read the result of an earlier run.

    Raises
    ------
    BadInputError
        With every fault of the file.
    """
    faults = Faults(str(path))
    document: Any = None
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        faults.wrong("$", _("ファイルを読めません（{reason}）"), _("読めるファイルの名前"), reason=str(error))
    except (ValueError, RecursionError):
        faults.wrong("$", _("JSON として読めません"), _("前回の結果"))
    faults.refuse()
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        faults.wrong("$.format", _("前回の結果ではありません"), FORMAT)
    faults.refuse()
    people = document.get("participants")
    if not isinstance(people, list):
        faults.wrong("$.participants", _("参加者の一覧がありません"), _("前回の結果"))
    for number, each in enumerate(people if isinstance(people, list) else ()):
        if not _is_person(each):
            faults.wrong(f"$.participants[{number}]", _("id、group、x、y がそろっていません"), _("前回の結果"))
    faults.refuse()
    return Previous.of(document)


def _is_person(each: Any) -> bool:
    if not isinstance(each, dict) or "id" not in each or "group" not in each:
        return False
    group = each["group"]
    numbers = all(isinstance(each.get(axis), int | float) and not isinstance(each[axis], bool) for axis in "xy")
    return numbers and (group is None or (isinstance(group, int) and not isinstance(group, bool) and group >= 0))


def kept_numbers(names: Sequence[str], labels: Ints, k: int, previous: Previous) -> list[int]:
    """A number for each of the `k` groups: that of the earlier group whose members it took over, or a new one.

    The assignment keeps as many people as possible under the number they had (Kuhn-Munkres).
    """
    from scipy.optimize import linear_sum_assignment  # a quarter of a second that only a second run needs

    old = sorted({group for group in previous.groups.values() if group is not None})
    place = {group: number for number, group in enumerate(old)}
    table = np.zeros((k, len(old)), dtype=np.int64)
    for name, label in zip(names, labels.tolist(), strict=True):
        group = previous.groups.get(name)
        if group is not None:
            table[label, place[group]] += 1
    numbers = [-1] * k
    if len(old):
        rows, columns = linear_sum_assignment(table, maximize=True)
        for label, column in zip(rows.tolist(), columns.tolist(), strict=True):
            if table[label, column]:
                numbers[label] = old[column]
    fresh = max(old, default=-1)
    for label in range(k):
        if numbers[label] < 0:
            fresh += 1
            numbers[label] = fresh
    return numbers


def kept_sides(names: Sequence[str], points: Floats, previous: Previous) -> Floats:
    """For each axis 1 or -1, so that most people stay on their side of the map."""
    known = [(number, previous.places[name]) for number, name in enumerate(names) if name in previous.places]
    if not known:
        return np.ones(2)
    rows = [number for number, _place in known]
    together = (points[rows] * np.array([place for _number, place in known])).sum(axis=0)
    return np.where(together < 0, -1.0, 1.0)

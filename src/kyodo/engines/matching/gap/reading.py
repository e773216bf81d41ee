"""Reads the field's plain text: agents and jobs, costs, resources, capacities; whole numbers between white space."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kyodo.engines.reading.document import BadInputError, Fault
from kyodo.engines.sentences import Sentence
from kyodo.engines.words import _

Ints = NDArray[np.int64]

LARGEST = 10**9
MOST_CELLS = 10**7
LARGEST_FILE = 200_000_000  # bytes


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """A generalised assignment problem.

    Parameters
    ----------
    cost, resource : ndarray of int64, shape (agents, jobs)
    capacity : ndarray of int64, shape (agents,)
    """

    cost: Ints
    resource: Ints
    capacity: Ints


def read_assignment(path: Path) -> Assignment:
    """Read a file.

    Raises
    ------
    BadInputError
        With the line of each fault.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _bad("line 1", Sentence(_("ファイルが大きすぎます")), Sentence(_("200 MB 以下")))
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        what = Sentence(_("ファイルを読めません（{reason}）"), {"reason": error.strerror or str(error)})
        raise _bad("line 1", what, Sentence(_("読めるファイルの名前"))) from error
    except UnicodeDecodeError as error:
        raise _bad("line 1", Sentence(_("文字として読めません")), Sentence(_("整数の並び"))) from error
    numbers, faults = _numbers(text)
    if faults:
        raise BadInputError(faults)
    end = f"line {text.count(chr(10)) + 1}"
    if len(numbers) < 2 or not numbers[0] or not numbers[1] or numbers[0] * numbers[1] > MOST_CELLS:
        raise _bad("line 1", Sentence(_("人数と仕事の数がありません")), Sentence(_("1 以上の整数が二つ")))
    agents, jobs = numbers[:2]
    wanted = 2 + 2 * agents * jobs + agents
    if len(numbers) != wanted:
        facts = {"count": len(numbers), "wanted": wanted}
        raise _bad(end, Sentence(_("数が {count} 個あります"), facts), Sentence(_("{wanted} 個"), facts))
    values = np.array(numbers[2:], dtype=np.int64)
    cells = agents * jobs
    return Assignment(
        cost=values[:cells].reshape(agents, jobs),
        resource=values[cells : 2 * cells].reshape(agents, jobs),
        capacity=values[2 * cells :],
    )


def _numbers(text: str) -> tuple[list[int], list[Fault]]:
    numbers, faults = [], []
    for line, row in enumerate(text.splitlines(), 1):
        for word in row.split():
            if word.isascii() and word.isdecimal() and len(word) <= 10 and int(word) <= LARGEST:
                numbers.append(int(word))
            else:
                what = Sentence(_("{word} は使えません"), {"word": word[:20]})
                faults.append(Fault(f"line {line}", what, Sentence(_("0 から {most} までの整数"), {"most": LARGEST})))
    return numbers, faults


def _bad(where: str, what: Sentence, expected: Sentence) -> BadInputError:
    return BadInputError([Fault(where, what, expected)])

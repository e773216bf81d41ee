"""One analysis in a process of its own: CPU seconds of each step, most memory, and the groups, as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks.machine import most_memory


def main() -> None:
    """`measured VOTES STATEMENTS METHOD REPEATS`; of several runs the quickest counts."""
    from kyodo.engines.opinion.analyse import analyse
    from kyodo.engines.opinion.reading import read_statements, read_votes
    from kyodo.engines.opinion.result import written

    votes, statements, method, repeats = sys.argv[1:]
    found: dict[str, object] = {"start": round(time.process_time(), 3)}
    reading, calculating = [], []
    for _run in range(int(repeats)):
        began = time.process_time()
        read = read_votes(Path(votes), read_statements(Path(statements)))
        reading.append(time.process_time() - began)
        began = time.process_time()
        result = analyse(read, method=method)
        calculating.append(time.process_time() - began)
    began = time.process_time()
    written(result.document())
    found["read"], found["calculate"] = round(min(reading), 4), round(min(calculating), 5)
    found["write"] = round(time.process_time() - began, 3)
    found["megabytes"] = most_memory()
    named = zip(result.names, result.labels, strict=True)
    found["groups"] = {name: label for name, label in named if label is not None}
    print(json.dumps(found))


if __name__ == "__main__":
    main()

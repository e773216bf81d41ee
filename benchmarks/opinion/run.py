"""Runs the measurements and prints them: each size in a process of its own, CPU seconds on one thread."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.opinion.drawn import write

METHODS = ("polis", "robust")
REPEATS = 15
GOALS = {"1 M votes": "<= 0.5 s, <= 300 MB", "20 M votes": "<= 15 s"}


def main() -> None:
    """Sizes, real conversations, routing."""
    given = dict(word[2:].split("=", 1) for word in sys.argv if word.startswith("--") and "=" in word)
    rival = given.get("rival")
    with tempfile.TemporaryDirectory() as folder:
        _size("1 M votes", write(Path(folder), 10_000, 1_000, 100), rival)
        if "--large" in sys.argv:
            _size("20 M votes", write(Path(folder), 100_000, 2_000, 200), None)
        if "data" in given:
            _real(Path(given["data"]), Path(folder), rival)
    _routing()


def _size(name: str, files: tuple[Path, Path], rival: str | None) -> None:
    print(f"{name} (wanted {GOALS[name]})")
    for method in METHODS:
        found = _apart(files, method, 1)
        print(
            f"  {method:8}" + "  ".join(f"{key} {value}" for key, value in found.items() if key != "groups"), flush=True
        )
    if rival:
        other = _rival(rival, files, 1)
        print(f"  red-dwarf calculate {other['seconds']:.3f}  megabytes {other['megabytes']}", flush=True)


def _real(data: Path, folder: Path, rival: str | None) -> None:
    from kyodo.engines.opinion.stability import adjusted_rand

    heads = ("polis", 9), ("robust", 9), ("ratio", 7), ("whole", 7), ("red-dwarf", 11), ("times", 7), ("ARI", 7)
    print(f"\n{'CPU ms':26}" + "".join(f"{head:>{width}}" for head, width in heads))
    for source in sorted(data.glob("*/kyodo-votes.csv.gz")):
        votes = folder / "votes.csv"
        votes.write_bytes(gzip.decompress(source.read_bytes()))
        files = votes, source.with_name("kyodo-statements.csv")
        polis, robust = (_apart(files, method, REPEATS) for method in METHODS)
        own, more = polis["calculate"] * 1000, robust["calculate"] * 1000
        whole = (robust["calculate"] + robust["read"]) / (polis["calculate"] + polis["read"])
        line = f"{source.parent.name:26}{own:9.2f}{more:9.2f}{more / own:7.1f}{whole:7.1f}"
        if rival:
            other = _rival(rival, files, 5)
            names = sorted(other["groups"].keys() & polis["groups"].keys())
            k = 1 + max(max(each["groups"].values()) for each in (polis, other))
            import numpy as np

            one, two = (np.array([[each["groups"][name] for name in names]]) for each in (polis, other))
            score = float(adjusted_rand(one, two, k)[0])
            line += f"{other['seconds'] * 1000:11.1f}{other['seconds'] * 1000 / own:7.1f}{score:7.3f}"
        print(line, flush=True)


def _routing() -> None:
    import numpy as np

    from kyodo.engines.opinion.routing import Routing

    routing = Routing([str(number) for number in range(2_000)], np.linspace(0.1, 2, 2_000))
    seen = [str(number) for number in range(0, 2_000, 3)]
    spent = []
    for person in range(200):
        began = time.process_time()
        routing.next(str(person), seen)
        spent.append(time.process_time() - began)
    spent.sort()
    print(
        f"\nnext statement of 2,000: median {spent[100] * 1000:.2f} ms, worst {spent[-1] * 1000:.2f} ms (wanted <= 2)"
    )


def _apart(files: tuple[Path, Path], method: str, repeats: int) -> dict[str, Any]:
    """Measure in a fresh process, as the command would run."""
    command = [sys.executable, "-m", "benchmarks.opinion.measured", *map(str, files), method, str(repeats)]
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | threads)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _rival(python: str, files: tuple[Path, Path], repeats: int) -> dict[str, Any]:
    command = [python, str(Path(__file__).with_name("rival.py")), *map(str, files), str(repeats)]
    threads = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1")
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | threads)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found

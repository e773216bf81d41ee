"""Orders the measures, each in processes and on databases of its own, and prints them as tables."""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import versions
from benchmarks.web.requests import ASKED
from tests.faults.installation import Installation, available, children, installed

NEEDS = int(os.environ.get("KYODO_BENCH_NEEDS", "100000"))
RUNS = int(os.environ.get("KYODO_BENCH_RUNS", "100"))
ENTRIES = int(os.environ.get("KYODO_BENCH_ENTRIES", "100000"))
SECONDS, CONNECTIONS, WINDOWS, STARTS = 5, 50, 2, 7
LIBRARIES = ("django", "django-ninja", "pydantic", "granian", "psycopg", "django-allauth")
NATIVE = ("scipy", "highspy", "numpy")


def measure(parts: Sequence[str]) -> None:
    """Measure and print the parts."""
    print(f"libraries: {versions(LIBRARIES)}", flush=True)
    print(f"load average at the start: {os.getloadavg()[0]:.1f}", flush=True)
    if {"pages", "start", "memory"} & set(parts):
        with tempfile.TemporaryDirectory() as folder, installed("sqlite", Path(folder)) as here:
            people = _inside(here, "benchmarks.web.region", str(NEEDS))
            if "pages" in parts:
                pages(here, people)
            if "start" in parts:
                start(here)
            if "memory" in parts:
                memory(here, people)
    if "work" in parts:
        with tempfile.TemporaryDirectory() as folder, installed("sqlite", Path(folder)) as here:
            work(here)
    if "backup" in parts:
        from benchmarks.web.backup import measure as backup

        with tempfile.TemporaryDirectory() as folder, installed("sqlite", Path(folder)) as here:
            _inside(here, "benchmarks.web.region", str(NEEDS))
            backup(here, Path(folder))
    if "writes" in parts:
        for database in available():
            with tempfile.TemporaryDirectory() as folder, installed(database, Path(folder)) as here:
                writes(here)
    if "search" in parts:
        for database in available():
            with tempfile.TemporaryDirectory() as folder, installed(database, Path(folder)) as here:
                search(here)
    if "proof" in parts:
        with tempfile.TemporaryDirectory() as folder, installed("sqlite", Path(folder)) as here:
            proof(here)
    if "sheets" in parts:
        for database in available():
            with tempfile.TemporaryDirectory() as folder, installed(database, Path(folder)) as here:
                sheets(here)


def pages(here: Installation, people: dict[str, dict[str, str]]) -> None:
    """(a) CPU time of a request."""
    told = _inside(here, "benchmarks.web.pages", str(RUNS), said=people)
    print(f"\nCPU time of a request, {told['needs']:,} needs, {here.database}, {RUNS} runs each")
    print("| request | least, ms | median, ms | queries | KB |\n| --- | ---: | ---: | ---: | ---: |")
    for one in told["requests"]:
        took = f"{one['least']:.1f} | {one['median']:.1f}"
        print(f"| {one['name']} | {took} | {one['queries']} | {one['bytes'] / 1024:.0f} |")
    print(f"heavy libraries loaded by all of it: {', '.join(told['loaded']) or 'none'}", flush=True)


def work(here: Installation) -> None:
    """The pages on which needs are worked with, in the demonstration region."""
    _inside(here, "benchmarks.web.region", "0")
    print(f"\nCPU time of pages for working with needs, {here.database}, {RUNS} runs each")
    print("| request | least, ms | median, ms | queries | KB |\n| --- | ---: | ---: | ---: | ---: |")
    for one in _inside(here, "benchmarks.web.work", str(RUNS))["requests"]:
        took = f"{one['least']:.1f} | {one['median']:.1f}"
        print(f"| {one['name']} | {took} | {one['queries']} | {one['bytes'] / 1024:.0f} |", flush=True)


def start(here: Installation) -> None:
    """(c) From `kyodo run` to the first page, when nothing is to be prepared any more."""
    here.environment.pop("PYTHONDONTWRITEBYTECODE", None)
    here.start()
    here.stop()
    took = []
    for _time in range(STARTS):
        took.append(here.start())
        here.stop()
    print(
        f"\nfrom `kyodo run` to the first page: least {min(took):.2f} s, median {statistics.median(took):.2f} s of "
        f"{STARTS} starts",
        flush=True,
    )


def memory(here: Installation, people: dict[str, dict[str, str]]) -> None:
    """(d) What a web worker keeps for itself, and what it has loaded, after 200 requests to each of the two."""
    here.start()
    line = http.client.HTTPConnection("localhost", here.port)
    asked = [one for one in ASKED if "{" not in one.address]
    for number in range(200 * here.workers):
        one = asked[number % len(asked)]
        line.request("GET", one.address, headers={**one.headers(people), "Connection": "close"})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, (one, answer.status)
    for pid in here.web_workers():
        mapped = Path(f"/proc/{pid}/maps").read_text()
        loaded = [name for name in NATIVE if f"/{name}/" in mapped]
        print(f"private memory of web worker {pid}: {private(pid):.0f} MB; native libraries: {loaded or 'none'}")
    assert here.run is not None
    for pid, what in children(here.run.pid).items():
        print(f"  beside it: {private(pid):.0f} MB  {' '.join(what.split()[2:6])}")
    sys.stdout.flush()
    here.stop()


def private(pid: int) -> float:
    """Megabytes that would be free if the process ended (USS)."""
    rows = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    return sum(int(rows[name].split()[0]) for name in ("Private_Clean", "Private_Dirty")) / 1024


def writes(here: Installation) -> None:
    """(b) Audited writes through the API."""
    people = here.ask("prepare", towns=10)
    here.start()
    tokens = json.dumps([one["token"] for one in people if one["role"] == "officer"])
    _load(here, 2, tokens)
    print(f"\naudited writes over HTTP, {here.database}, {here.workers} web workers, {CONNECTIONS} connections")
    print(
        "| writes/s | p50, ms | p99, ms | other answers | server CPU, ms a write |\n| ---: | ---: | ---: | --- | ---: |"
    )
    for _window in range(WINDOWS):
        before = _cpu(here)
        told = _load(here, SECONDS, tokens)
        cost = (_cpu(here) - before) / told["written"] * 1000
        others = ", ".join(f"{count} × {status}" for status, count in told["others"].items()) or "none"
        rate = told["written"] / told["seconds"]
        print(f"| {rate:.0f} | {told['p50']:.0f} | {told['p99']:.0f} | {others} | {cost:.2f} |", flush=True)
    here.stop()
    locked = here.log.read_text(encoding="utf-8").count("locked")
    faults = here.ask("check", posted={}, backed=[], moved=[])
    print(f"“locked” in the server's log: {locked}; the record: {faults or 'holds'}")


def _load(here: Installation, seconds: float, tokens: str) -> Any:
    command = [sys.executable, "-m", "benchmarks.web.load", str(here.port), str(seconds), str(CONNECTIONS)]
    return json.loads(subprocess.run(command, input=tokens, capture_output=True, text=True, check=True).stdout)


def _cpu(here: Installation) -> float:
    """Seconds of CPU that the server and its web workers have used."""
    assert here.run is not None
    server = next(pid for pid, line in children(here.run.pid).items() if "kyodo.config.server" in line)
    ticks = 0
    for pid in (server, *children(server)):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def proof(here: Installation) -> None:
    """(e) How fast the record is proved."""
    told = _inside(here, "benchmarks.web.proof", str(ENTRIES))
    print(
        f"\nproof of {told['entries']:,} entries ({told['bytes']} characters each): the chain alone "
        f"{told['chain']:,.0f} entries/s, the whole with columns and values {told['whole']:,.0f} entries/s (CPU time)",
        flush=True,
    )


def sheets(here: Installation) -> None:
    """(f) A sheet of 5,000 needs out, and back in with 500 changes."""
    told = _inside(here, "benchmarks.web.sheets")
    out = told["read"] + told["written"] + told["issued"]
    back = told["kept"] + told["compared"] + told["received"] + told["applied"]
    print(
        f"\nsheet of {told['needs']:,} needs, {here.database}: out {out:.2f} s, back with {told['changed']} changes "
        f"{back:.2f} s, of which the database was held for {told['applied']:.2f} s",
        flush=True,
    )


def search(here: Installation) -> None:
    """(f) A page of the search, from what was typed to its rows."""
    told = _inside(here, "benchmarks.web.search", str(NEEDS))
    print(f"\nsearch over {NEEDS:,} documents, {here.database}; made in {told['filled']:.0f} s")
    print("| words | asked | hits | median, ms | worst, ms |\n| --- | --- | ---: | ---: | ---: |")
    for kind, rows in told["asked"].items():
        for one in rows:
            print(
                f"| {kind} | {one['asked']} | {one['hits']:,} | {one['median']:.1f} | {one['worst']:.1f} |", flush=True
            )


def _inside(here: Installation, module: str, *arguments: str, said: Any = None) -> Any:
    """What a module answers that runs on this installation's database."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        env=here.environment,
        input=json.dumps(said),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    print(f"  ({module}: {time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)
    return json.loads(done.stdout)

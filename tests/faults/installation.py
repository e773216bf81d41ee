"""A Kyodo of its own for tests and benchmarks: a data folder, a database, `kyodo run` on a free port, ways to kill it.

Whatever is started here is ended by its process id; nothing outlives `close`.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds; a loop that waits longer has failed
DATABASES = ("sqlite", "postgresql")


@dataclass(slots=True)
class Installation:
    """A data folder with its database, and the server on it."""

    folder: Path
    database: str
    url: str
    workers: int = 2
    port: int = 0
    run: subprocess.Popen[bytes] | None = None
    inside: subprocess.Popen[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = {key: value for key, value in os.environ.items() if not key.startswith("KYODO_")}
        self.environment = own | {
            "DJANGO_SETTINGS_MODULE": "kyodo.config.settings",
            "KYODO_DATA_DIR": str(self.folder),
            "KYODO_DATABASE_URL": self.url,
            "KYODO_JOB_DEAD_AFTER": "5",
        }
        self.port = free_port()

    @property
    def log(self) -> Path:
        """What the server and its workers said."""
        return self.folder / "server.log"

    def start(self) -> float:
        """Start the server; the seconds until a page answered."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.run = subprocess.Popen(
                [sys.executable, "-m", "kyodo.config.cli", "run", f"--port={self.port}", f"--workers={self.workers}"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_for_pages()
        return time.monotonic() - began

    def wait_for_pages(self) -> None:
        """Until /healthz says that the database is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.run is not None and self.run.poll() is None:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with contextlib.suppress(OSError, http.client.HTTPException):
                line.request("GET", "/healthz")
                if line.getresponse().status == 200:
                    return
            line.close()
            time.sleep(0.02)
        raise AssertionError(f"no pages:\n{self.log.read_text(encoding='utf-8', errors='replace')[-3000:]}")

    def web_workers(self) -> list[int]:
        """The process ids of the web workers, once all of them are there."""
        assert self.run is not None
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for pid, line in children(self.run.pid).items():
                below = [one for one, told in children(pid).items() if "resource_tracker" not in told]
                if "kyodo.config.server" in line and len(below) == self.workers:
                    return sorted(below)
            time.sleep(0.02)
        raise AssertionError("not all web workers are there")

    def kill_all(self) -> None:
        """Kill -9: `kyodo run`, the server, its web workers, the workers of both queues, all at once."""
        assert self.run is not None
        groups = list(children(self.run.pid))
        family = [*groups, *(below for leader in groups for below in children(leader))]
        self.run.kill()
        for leader in groups:  # each child of `kyodo run` leads the group of what it started
            with contextlib.suppress(ProcessLookupError):
                os.killpg(leader, signal.SIGKILL)
        self.run.wait()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and any(_works(pid) for pid in family):
            time.sleep(0.01)

    def kill_web_worker(self, number: int) -> None:
        """Kill -9 one web worker; the server itself lives, and starts another."""
        workers = self.web_workers()
        dead = workers[number % len(workers)]
        os.kill(dead, signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and dead in self.web_workers():
            time.sleep(0.02)

    def ask(self, what: str, **told: Any) -> Any:
        """What `tests.faults.inside` answers, a process with Django on this database."""
        if self.inside is None:
            self.inside = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.inside"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        assert self.inside.stdin is not None
        assert self.inside.stdout is not None
        self.inside.stdin.write(json.dumps({"what": what, **told}) + "\n")
        self.inside.stdin.flush()
        answer = self.inside.stdout.readline()
        assert answer, f"{what} ended the process that asks the database"
        return json.loads(answer)

    def stop(self) -> None:
        """End the server as Ctrl+C would."""
        if self.run is not None and self.run.poll() is None:
            self.run.terminate()
            try:
                self.run.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.kill_all()
        self.run = None

    def close(self) -> None:
        """End all that was started here."""
        self.stop()
        if self.inside is not None:
            assert self.inside.stdin is not None
            self.inside.stdin.close()
            try:
                self.inside.wait(timeout=20)
            except subprocess.TimeoutExpired:
                self.inside.kill()
                self.inside.wait()
            self.inside = None


@contextlib.contextmanager
def installed(database: str, folder: Path, *, workers: int = 2) -> Iterator[Installation]:
    """An installation that is gone afterwards; on PostgreSQL in a database made for it (KYODO_TEST_POSTGRES_URL)."""
    if database == "sqlite":
        with contextlib.closing(
            Installation(folder, database, f"sqlite:///{folder / 'kyodo.sqlite3'}", workers)
        ) as one:
            yield one
        return
    import psycopg

    server = os.environ["KYODO_TEST_POSTGRES_URL"]
    name = f"kyodo_faults_{os.getpid()}_{time.monotonic_ns()}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
        try:
            url = f"{server.rpartition('/')[0]}/{name}"
            with contextlib.closing(Installation(folder, database, url, workers)) as one:
                yield one
        finally:
            line.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def available() -> list[str]:
    """The databases that can be tested here."""
    return [one for one in DATABASES if one == "sqlite" or os.environ.get("KYODO_TEST_POSTGRES_URL")]


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def children(pid: int) -> dict[int, str]:
    """The processes that `pid` started, with their command lines."""
    found: dict[int, str] = {}
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                with contextlib.suppress(OSError):
                    found[int(child)] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
    return found


def _works(pid: int) -> bool:
    """False for a process that is gone, or dead and not yet counted by whoever inherited it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

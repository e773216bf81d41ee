"""An installation of its own for tests with real processes: a database in a temporary folder, and workers on it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DEAD_AFTER = 1.5


class Installation:
    """A data folder, its environment, and what was started on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "kyodo.config.settings",
            "KYODO_DATA_DIR": str(folder),
            "KYODO_DATABASE_URL": f"sqlite:///{folder / 'kyodo.sqlite3'}",
            "KYODO_JOB_DEAD_AFTER": str(DEAD_AFTER),
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def call(self, *arguments: str) -> Any:
        """What one of the functions of `processes.py` answers."""
        done = subprocess.run(
            self._command(*arguments), env=self.environment, cwd=ROOT, capture_output=True, check=True
        )
        return json.loads(done.stdout)

    def worker(self, queue: str = "quick") -> subprocess.Popen[bytes]:
        """A worker process that knows the jobs of the tests."""
        process = subprocess.Popen(self._command("work", queue), env=self.environment, cwd=ROOT, stderr=subprocess.PIPE)
        self.workers.append(process)
        return process

    def end(self) -> None:
        """End the workers; returns when they are gone."""
        for process in self.workers:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def job(self) -> dict[str, Any]:
        """The only job of the tests in this installation, as it is stored."""
        with sqlite3.connect(self.folder / "kyodo.sqlite3", timeout=20) as database:
            database.row_factory = sqlite3.Row
            row = database.execute("SELECT * FROM jobs_job WHERE kind <> 'jobs.prune'").fetchone()
        return dict(row)

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.workers.processes", *arguments]


def eventually(holds: Callable[[], Any], *, within: float = 15) -> Any:
    """What `holds` answers once it is true."""
    until = time.monotonic() + within
    while not (answer := holds()):
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
    return answer

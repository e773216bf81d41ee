"""The whole suite, in passes: all on SQLite, what touches the database again on PostgreSQL, journeys in Chromium.

With CI set, a missing PostgreSQL or Chromium is a failure; otherwise one line says what was left out and how to get it.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
CI = bool(os.environ.get("CI"))


def run_pass(name: str, arguments: list[str], **environment: str) -> bool:
    """Run pytest once; say how many passed and how long it took."""
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    last = ""
    assert process.stdout is not None
    for line in process.stdout:
        sys.stdout.write(line)
        if re.search(r"\b(passed|failed|error)", line):
            last = line.strip().strip("=").strip()
    print(f"-- {name}: {last} (whole pass {time.monotonic() - began:.0f} s)", flush=True)
    return process.wait() == 0


def left_out(what: str, remedy: str) -> bool:
    """Say that a pass can't run here; in CI that is a failure."""
    print(f"-- left out: {what}. {remedy}", flush=True)
    return not CI


def suite() -> bool:
    """All passes; True when everything that could run passed."""
    parallel = ["-n", os.environ.get("KYODO_TEST_PROCESSES", "2")]
    good = run_pass("SQLite", [*parallel, "-m", "not browser and not kills"])
    if url := os.environ.get("KYODO_TEST_POSTGRES_URL"):
        good &= run_pass(
            "PostgreSQL", [*parallel, "-m", "django_db and not browser and not kills"], KYODO_DATABASE_URL=url
        )
    else:
        good &= left_out("PostgreSQL", 'Start a private one with: eval "$(.ci/postgres start)"')
    # Mostly they wait: for servers to start, for writers to have written. The tests of a database share a server.
    seed = os.environ.get("KYODO_KILL_SEED") or str(random.SystemRandom().randrange(10**9))
    by_database = [*parallel, "--dist", "loadgroup"]
    good &= run_pass(f"kill -9 (KYODO_KILL_SEED={seed})", [*by_database, "-m", "kills"], KYODO_KILL_SEED=seed)
    if shutil.which("chromium") or os.environ.get("KYODO_TEST_CHROMIUM"):
        good &= run_pass("browser", [*parallel, "-m", "browser"])
    else:
        good &= left_out("browser", "Debian/Ubuntu: sudo apt install chromium fonts-noto-cjk")
    return good


def faults() -> bool:
    """The long kill test alone."""
    return run_pass("kill -9", ["-m", "kills", "-s"])


if __name__ == "__main__":
    sys.exit(0 if (faults() if sys.argv[1:] == ["faults"] else suite()) else 1)

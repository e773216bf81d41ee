"""How long backup and restore take, and how much memory: of a region on SQLite, restored into each database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.installation import ROOT, Installation, available, installed


def measure(here: Installation, folder: Path) -> None:
    """Back a made region up, restore it into each database, and back that up again."""
    kept = folder / "kept.zip"
    print("\n| | database | s | MB of memory at most | MB of file |\n| --- | --- | ---: | ---: | ---: |")
    _row("backup", here, kept, "backup")
    for database in available():
        with tempfile.TemporaryDirectory() as other, installed(database, Path(other)) as there:
            _row("restore", there, kept, "restore")
            _row("backup", there, Path(other) / "again.zip", "backup")


def _row(name: str, here: Installation, file: Path, command: str) -> None:
    began = time.monotonic()
    words = [sys.executable, "-m", "kyodo.config.cli", command, str(file)]
    running = subprocess.Popen(words, cwd=ROOT, env=here.environment, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0, (command, running.returncode)
    took, most = time.monotonic() - began, used.ru_maxrss / 1024
    print(f"| {name} | {here.database} | {took:.1f} | {most:.0f} | {file.stat().st_size / 2**20:.1f} |", flush=True)

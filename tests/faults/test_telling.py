"""How often a server was killed is told at the end, also where several processes share the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.faults.installation import ROOT

SAMPLE = """
import pytest
from tests.faults.telling import note_kill

@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_kills(database, record_property):
    for number in (1, 2):
        note_kill(record_property, database=database, number=number, seed=7)
    assert database == "sqlite"
"""


def test_kills_are_told_at_the_end_of_a_pass_of_two_processes(tmp_path: Path):
    sample = tmp_path / "test_sample.py"
    sample.write_text(SAMPLE)
    plain = ["-p", "no:django", "-p", "no:cacheprovider", "-p", "tests.faults.telling", "-c", "/dev/null"]
    command = [sys.executable, "-m", "pytest", *plain, "-n", "2", str(sample)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "killed 2 times on sqlite (KYODO_KILL_SEED=7)" in run.stdout
    assert "killed 2 times on postgresql (KYODO_KILL_SEED=7)" in run.stdout, "a failed test tells it too"

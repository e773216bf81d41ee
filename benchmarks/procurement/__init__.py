"""What a big joint procurement costs: 62 bodies with 40 items and 120 requirements, in a database of its own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.installation import installed


def main() -> None:
    """Measure in a process of its own, whose database goes with it, whatever database the environment names."""
    with tempfile.TemporaryDirectory() as folder, installed("sqlite", Path(folder)) as here:
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.procurement.run"]
        subprocess.run(command, env=here.environment, check=True)

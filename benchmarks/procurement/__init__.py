"""What a big joint procurement costs: 62 bodies with 40 items and 120 requirements, in a database of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> None:
    """Measure in a process of its own, whose database goes with it."""
    with tempfile.TemporaryDirectory() as folder:
        told = {"DJANGO_SETTINGS_MODULE": "kyodo.config.settings", "KYODO_DATA_DIR": folder}
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.procurement.run"]
        subprocess.run(command, env={**os.environ, **told}, check=True)

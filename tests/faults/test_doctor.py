"""The doctor on a real installation: it sees that workers are alive, and that they are not any more."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.faults.conftest import Site
from tests.faults.installation import ROOT

pytestmark = pytest.mark.kills


def told(site: Site) -> str:
    """What `kyodo check` says."""
    command = [sys.executable, "-m", "kyodo.config.cli", "check", "--lang", "en"]
    done = subprocess.run(command, cwd=ROOT, env=site.here.environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def test_workers_that_are_alive_are_seen(site: Site):
    until = time.monotonic() + 30
    while (said := told(site)).count("ok     workers") < 2 and time.monotonic() < until:
        time.sleep(1)
    assert said.count("ok     workers") == 2, said
    assert "ok     record" in said
    assert "fault" not in said

"""kill -9 while the daily mail goes out: nobody gets two of one day, and nobody but who was just in turn gets none.

KYODO_KILLS says how often (5 unless told; half of more), KYODO_KILL_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.conftest import SEED
from tests.faults.installation import PATIENCE, ROOT, Installation, available, installed

pytestmark = pytest.mark.kills

ASKED = int(os.environ.get("KYODO_KILLS", "5"))
KILLS = ASKED if ASKED <= 5 else ASKED // 2
READERS_A_KILL = 25


@pytest.mark.parametrize("database", available())
def test_whoever_dies_nobody_gets_two_mails_of_a_day_and_all_others_one(database: str, tmp_path: Path):
    chance = random.Random(f"{SEED}/mail/{database}")
    box = tmp_path / "mail"
    with installed(database, tmp_path) as here:
        here.environment["KYODO_MAIL_URL"] = f"file:///{box}"
        readers = set(here.ask("prepare_mail", readers=READERS_A_KILL * (KILLS + 1)))
        while_sending = 0
        for _kill in range(KILLS):
            here.ask("mail_now")
            before = len(_mails(box))
            worker = _worker(here)
            _until(lambda before=before: len(_mails(box)) > before)  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.05))
            worker.kill()
            worker.wait()
            while_sending += here.ask("mails_waiting") > 0
        here.ask("mail_now")
        worker = _worker(here)
        _until(lambda: here.ask("mails_waiting") == 0)
        worker.kill()
        worker.wait()
        unsure = set(here.ask("mails_unsure"))
    got = Counter(_mails(box))
    assert while_sending >= KILLS - 1, "the mails were out before the kill: READERS_A_KILL is too small"
    assert [reader for reader, number in got.items() if number > 1] == []
    assert readers - set(got) <= unsure
    assert len(unsure) <= KILLS


def _worker(here: Installation) -> subprocess.Popen[bytes]:
    with here.log.open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.mailer"], cwd=ROOT, env=here.environment, stdout=log, stderr=log
        )


def _until(there: object) -> None:
    until = time.monotonic() + PATIENCE
    while not there():  # type: ignore[operator]
        assert time.monotonic() < until, "the worker sends nothing"
        time.sleep(0.005)


def _mails(box: Path) -> list[str]:
    """To whom a mail lies in the folder; one that the kill cut off before its first line was never sent."""
    found = []
    for file in box.glob("*.log"):
        found += re.findall(rb"^To: (\S+)", file.read_bytes(), re.MULTILINE)
    return [address.decode() for address in found]

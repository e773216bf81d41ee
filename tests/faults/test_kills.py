"""kill -9 at any moment: what was acknowledged is there once, nothing is there by half, and writing goes on.

KYODO_KILLS says how often (5 unless told), KYODO_KILL_SEED repeats a run.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable

import pytest

from tests.faults.conftest import SEED, Site
from tests.faults.telling import note_kill
from tests.faults.writers import Api, Crowd, Ledger

pytestmark = pytest.mark.kills

KILLS = int(os.environ.get("KYODO_KILLS", "5"))
WRITERS = 8


def test_what_was_acknowledged_outlives_every_kill(site: Site, record_property: Callable[[str, object], None]):
    here = site.here
    chance = random.Random(f"{SEED}/{here.database}")
    ledger = Ledger()
    for number in range(1, KILLS + 1):
        before = len(ledger.posted)
        crowd = Crowd(here.port, site.people, ledger, prefix=f"{number}回目", seed=SEED)
        crowd.begin(WRITERS)
        _until_some_wrote(ledger, before + WRITERS, crowd)
        time.sleep(chance.uniform(0.0, 0.6))
        if chance.random() < 0.6:
            here.kill_all()
            crowd.end()
            here.start()
        else:
            here.kill_web_worker(chance.randrange(here.workers))
            crowd.end()
            here.wait_for_pages()
        note_kill(record_property, database=here.database, number=number, seed=SEED)
        _send_again(site, ledger, chance)
        assert not [status for status in ledger.seen if status >= 500], ledger.seen
        assert here.ask("check", **ledger.facts()) == [], f"after kill {number}"
    _until_all_is_found(site)


def _until_some_wrote(ledger: Ledger, wanted: int, crowd: Crowd) -> None:
    """Writing goes on: after each kill new needs are acknowledged before the next."""
    until = time.monotonic() + 60
    while len(ledger.posted) < wanted:
        assert not crowd.faults, crowd.faults[:3]
        assert time.monotonic() < until, f"nobody can write any more: {ledger.seen}"
        time.sleep(0.01)


def _until_all_is_found(site: Site) -> None:
    """Workers read all words that were written, also those that a kill interrupted."""
    until = time.monotonic() + 60
    while waiting := site.here.ask("words_waiting"):
        assert time.monotonic() < until, f"{waiting} documents are read by nobody"
        time.sleep(0.05)


def _send_again(site: Site, ledger: Ledger, chance: random.Random) -> None:
    """Who got no answer sends again, and so do some who got one; the number stays the same."""
    known = chance.sample(sorted(ledger.posted), k=min(10, len(ledger.posted)))
    for title in [*sorted(ledger.unanswered), *known]:
        index = ledger.unanswered.pop(title, None)
        index = ledger.owner[title] if index is None else index
        api = Api(site.here.port, site.people[index]["token"])
        status, answer = api.post(title)
        again, same = api.post(title)
        api.close()
        assert (status, again) == (201, 201)
        assert answer == same
        assert ledger.posted.setdefault(title, answer["id"]) == answer["id"]
        ledger.owner[title] = index

"""Small work that follows acts at once, such as words for the search: too frequent for a job of its own each time.

A chore looks for what waits, which is one cheap read, and does some of it; what waits stands in the database, so that
nothing is lost with a worker. Registered in a module's `tasks.py`, done by the workers of the quick queue, beside their
jobs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import connection

from kyodo.core import clock
from kyodo.core.jobs.progress import stop

log = logging.getLogger(__name__)

LOOK_EVERY = 0.3  # seconds between two looks, when nothing waits
AFTER_A_FAULT = 5.0  # seconds until one that failed is tried again

# Each does some of what waits, and says how much it did.
CHORES: dict[str, Callable[[], int]] = {}


def register(name: str, chore: Callable[[], int]) -> None:
    """Let workers do `chore` whenever something waits for it."""
    if name in CHORES:
        raise ValueError(f"two chores are called {name}")
    CHORES[name] = chore


def do_all() -> int:
    """Do all that waits; how much it was. For tests, and for whoever can't wait for a worker."""
    done = 0
    while now := sum(chore() for chore in CHORES.values()):
        done += now
    return done


def keep_doing() -> None:
    """Do what waits until the worker ends. One that fails is tried again later, and holds up no other."""
    rests_until: dict[str, float] = {}
    try:
        while not stop.asked:
            done = 0
            for name, chore in CHORES.items():
                if clock.monotonic() < rests_until.get(name, 0.0):
                    continue
                try:
                    done += chore()
                except Exception:
                    log.warning("the chore %s", name, exc_info=True)
                    connection.close()
                    rests_until[name] = clock.monotonic() + AFTER_A_FAULT
            if not done:
                stop.wait(LOOK_EVERY)
    finally:
        connection.close()

"""Tells at the end of a pass how often a server was killed, on which database, and how to repeat it.

Registered for the whole suite: where processes share the tests, only what stands in a report comes back to the one that
sums up, and that one never reads this folder's `conftest.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

KILLED = "killed"


def note_kill(record_property: Callable[[str, object], None], *, database: str, number: int, seed: int) -> None:
    """Note in the test's report that this was the kill of that number."""
    record_property(KILLED, [database, number, seed])


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell it, if a server was killed at all."""
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    for database, (number, seed) in sorted(_kills(reports).items()):
        terminalreporter.write_line(f"killed {number} times on {database} (KYODO_KILL_SEED={seed})")


def _kills(reports: Iterable[Any]) -> dict[str, tuple[int, int]]:
    """By database how often, and the seed."""
    kills: dict[str, tuple[int, int]] = {}
    for report in reports:
        for name, told in getattr(report, "user_properties", ()):
            if name == KILLED:
                database, number, seed = told
                kills[database] = max(kills.get(database, (0, 0)), (number, seed))
    return kills

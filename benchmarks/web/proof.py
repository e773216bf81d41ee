"""How fast the record is proved: the chain alone from stored text, and the whole with columns and values.

`python -m benchmarks.web.proof ENTRIES` first writes that many entries, through an action of its own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

BATCH = 1000
RUNS = 3


def measure(entries: int) -> dict[str, Any]:
    """Entries a second of CPU time, the best of some runs."""
    from django.core.management import call_command

    from kyodo.core.audit import chain, proof
    from kyodo.core.audit.models import Entry

    call_command("migrate", verbosity=0)
    _write(entries)
    stored = list(Entry.objects.order_by("sequence").values_list("sequence", "digest", "text"))
    links = [chain.Link(*row) for row in stored]
    return {
        "entries": len(links),
        "bytes": sum(len(link.text) for link in links) // len(links),
        "chain": _rate(lambda: chain.verify(links), len(links)),
        "whole": _rate(proof.verify_live, len(links)),
    }


def _rate(prove: Callable[[], Any], entries: int) -> float:
    took = []
    for _run in range(RUNS):
        began = time.process_time()
        verdict = prove()
        took.append(time.process_time() - began)
        assert verdict.holds
        assert verdict.entries == entries
    return entries / min(took)


def _write(entries: int) -> None:
    """Entries like those of a need that is posted: nine values each."""
    from kyodo.core import clock
    from kyodo.core.access.actor import Actor, command
    from kyodo.core.audit.record import action, record

    changed = dict.fromkeys(("title", "trouble", "topic", "audience", "standing"), (None, "窓口の待ち時間が長い"))
    changed |= dict.fromkeys(("people", "hours_per_year", "yen_per_year", "wish_on"), (None, 1200))

    @action("measured.noted", "{who} {subject}")
    def note(*, number: int, by: Actor, at: datetime) -> None:
        record(kind="measured.thing", subject=number, label=f"#{number}", organisation=1, changed=changed)

    @action("measured.batch", "{who} {subject}")
    def batch(*, first: int, by: Actor, at: datetime) -> None:
        for number in range(first, first + BATCH - 1):
            note(number=number, by=by, at=at)
        record(kind="measured.batch", subject=first, label=f"#{first}", organisation=1)

    for first in range(0, entries, BATCH):
        batch(first=first, by=command(), at=clock.now())


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))

"""What a request, a write, a start, a worker, a proof and a sheet cost: the figures of docs/operate/performance.md."""

from __future__ import annotations

from collections.abc import Sequence

PARTS = ("pages", "work", "start", "memory", "writes", "proof", "backup", "sheets", "search")


def main(argv: Sequence[str] = ()) -> None:
    """Measure everything, or the parts of `PARTS` that are named."""
    from benchmarks.web.run import measure

    measure([part for part in PARTS if not argv or part in argv])

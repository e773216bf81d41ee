"""An event whose handler loses its worker half-way, the first time."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyodo.core.events.subscriptions import subscribe


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that other parts want to hear of."""

    number: int
    day: date
    folder: str = ""


def die_first(event: Happened) -> None:
    """Loses its worker half-way the first time; asks what is there before it writes."""
    started, told = Path(event.folder, "started"), Path(event.folder, f"told-{event.number}")
    if not started.exists():
        started.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if not told.exists():
        told.write_text(f"{event.day.isoformat()}\n", encoding="ascii")


def listen() -> None:
    """Subscribe the handler that dies; only where a test wants it."""
    subscribe(Happened, die_first)

"""Jobs for tests; the processes that a test starts load them too."""

from __future__ import annotations

import time
from pathlib import Path

from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import JobRefused, Outcome, job
from kyodo.core.jobs.rules import Queue

SEEN: list[object] = []


@job("tests.count", title="数える", queue=Queue.QUICK)
def count(progress: Progress, *, steps: int, pause: float = 0.0) -> Outcome:
    """Counts, and says so."""
    for step in range(steps):
        progress.advance(step, steps, "{step}まで数えました。", step=step)
        time.sleep(pause)
    return Outcome(url="/audit/", message="{steps}まで数え終わりました。", facts={"steps": steps})


@job("tests.refuse", title="断る")
def refuse(progress: Progress) -> Outcome:
    """Can't be done as asked."""
    raise JobRefused("{count}件の誤りがあります。直して送り直してください。", count=3)


@job("tests.break", title="壊れる")
def break_down(progress: Progress) -> Outcome:
    """Has a fault."""
    progress.advance(1, 2)
    raise ZeroDivisionError("secret detail")


@job("tests.break_once", title="一度だけ壊れる", tries=2)
def break_once(progress: Progress) -> Outcome:
    """Has a fault the first time."""
    if progress.attempt == 1:
        raise ZeroDivisionError
    return Outcome()


@job("tests.touch", title="印を付ける")
def touch(progress: Progress, *, path: str) -> None:
    """Leaves a line in a file."""
    with Path(path).open("a", encoding="ascii") as file:
        file.write("touched\n")

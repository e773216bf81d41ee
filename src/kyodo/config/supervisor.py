"""Runs processes as one: starts them, starts them again when they die, ends them all. Knows nothing of Django.

Each child leads a process group of its own, so that Ctrl-C in a terminal reaches this process alone, and so that
whatever a child has started can be ended with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

LOOK_EVERY = 0.1
GRACE = 7.0  # seconds between asking to end and ending; all is over within ten
DEATHS_ALLOWED = 5
DEATHS_WITHIN = 60.0
BACK_OFF = 0.25  # seconds, doubled with each death
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """On Linux: end this process when the one that started it is gone, even by kill -9."""
    parent = os.getppid()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)


@dataclass(slots=True)
class Child:
    """A process to keep alive."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: deque[float] = field(default_factory=deque)
    start_at: float = 0.0


def kyodo_child(*arguments: str) -> Child:
    """A child that is a `kyodo` command itself, in the same Python."""
    return Child(name=" ".join(arguments), command=[sys.executable, "-m", "kyodo.config.cli", *arguments])


class Supervisor:
    """Keeps its children alive until it is asked to stop. The `later` ones start when the others are ready."""

    def __init__(self, children: Sequence[Child], *, later: Sequence[Child] = ()) -> None:
        self.children = [*children]
        self.later = later
        self.stopping = False
        self.hurry = False

    def run(self, *, ready: Callable[[], bool] | None = None, when_ready: Callable[[], None] | None = None) -> int:
        """Run until a signal comes (0), or a child can't be kept alive (1). Calls `when_ready` once `ready` holds."""
        signal.signal(signal.SIGTERM, self._asked)
        signal.signal(signal.SIGINT, self._asked)
        is_ready = False
        try:
            while not self.stopping:
                if not all(self._keep(child) for child in self.children):
                    return 1
                if not is_ready and (ready is None or ready()):
                    is_ready = True
                    self.children += self.later
                    if when_ready:
                        when_ready()
                time.sleep(LOOK_EVERY)
            return 0
        finally:
            self._end()

    def _asked(self, _signal: int, _frame: FrameType | None) -> None:
        self.hurry = self.stopping  # asked a second time: no patience
        self.stopping = True

    def _keep(self, child: Child) -> bool:
        """Start a child that does not run; False when it has died too often."""
        now = time.monotonic()
        if child.process is not None:
            code = child.process.poll()
            if code is None:
                return True
            _end_group(child.process, signal.SIGKILL)  # what it may have left
            child.process = None
            child.deaths.append(now)
            while child.deaths and now - child.deaths[0] > DEATHS_WITHIN:
                child.deaths.popleft()
            if len(child.deaths) >= DEATHS_ALLOWED:
                say(f"「{child.name}」が1分間に{len(child.deaths)}回止まったため、終了します。上の記録を見てください。")
                say(f"“{child.name}” ended {len(child.deaths)} times within a minute: giving up. See the log above.")
                return False
            child.start_at = now + BACK_OFF * 2 ** len(child.deaths)
            say(f"「{child.name}」が止まりました（{code}）。起動し直します。 / ended ({code}), starting it again.")
        if now >= child.start_at:
            child.process = subprocess.Popen(  # noqa: S603  # our own commands only
                child.command, process_group=0, stdin=subprocess.DEVNULL
            )
        return True

    def _end(self) -> None:
        """Ask all children to end, wait, and end what is left with everything that it started."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + GRACE
        while any(process.poll() is None for process in running) and time.monotonic() < until and not self.hurry:
            time.sleep(0.05)
        for process in running:
            _end_group(process, signal.SIGKILL)
            process.wait()


def _end_group(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    # A group lives as long as any process in it, so its number can't be another's while we must fear for it.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, how)


def say(line: str) -> None:
    """Tell the person at the terminal."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()

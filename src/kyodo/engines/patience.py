"""How long a search may go on: a time limit, or until somebody presses Ctrl-C; then the best so far is given."""

from __future__ import annotations

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Any


class Patience:
    """A deadline that can also be cut short by an interrupt while it is held as a context.

    Parameters
    ----------
    seconds : float
        How long; infinite for no limit.
    """

    def __init__(self, seconds: float = float("inf")) -> None:
        self.began = time.monotonic()
        self.seconds = seconds
        self.stopped = False
        self._before: Any = None

    @property
    def interrupted(self) -> bool:
        """Whether somebody pressed Ctrl-C."""
        return self.stopped

    @property
    def left(self) -> float:
        """Seconds left; 0 after an interrupt."""
        return 0.0 if self.stopped else max(0.0, self.seconds - self.used)

    @property
    def used(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began

    @property
    def over(self) -> bool:
        """Whether to stop now."""
        return self.left <= 0

    def __enter__(self) -> Patience:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _interrupted(self, number: int, frame: FrameType | None) -> None:
        if self.stopped:  # asked twice: somebody really wants out
            raise KeyboardInterrupt
        self.stopped = True

    def at_most(self, seconds: float) -> Patience:
        """A shorter deadline within this one; an interrupt of this one ends it too."""
        return _Linked(self, min(seconds, self.left))

    def fresh(self, seconds: float) -> Patience:
        """A deadline of its own that starts now; an interrupt of this one ends it too."""
        return _Linked(self, seconds)


class _Linked(Patience):
    def __init__(self, whole: Patience, seconds: float) -> None:
        super().__init__(seconds)
        self._whole = whole

    @property
    def left(self) -> float:
        """Seconds left; 0 after an interrupt of the whole."""
        return 0.0 if self._whole.interrupted else super().left

    @property
    def interrupted(self) -> bool:
        """Whether somebody pressed Ctrl-C."""
        return self.stopped or self._whole.interrupted

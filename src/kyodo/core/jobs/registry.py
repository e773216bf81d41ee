"""Which jobs there are. A job is a function in a module's `tasks.py`, found by its name when a worker takes it up."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.module_loading import autodiscover_modules

from kyodo.core.jobs.rules import Queue


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job leaves: the page of what came out of it, a sentence with its facts, plain values for programs."""

    url: str = ""
    message: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)


class JobRefused(Exception):
    """The job can't be done as asked: `text` (a message id) says why and what to do. It is not tried again."""

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.text = text
        self.facts = facts


class UnknownJob(Exception):
    """No module declares a job of that name (any more)."""


@dataclass(frozen=True, slots=True)
class JobCard:
    """A declared job. Called, it is the function itself: what a test wants."""

    name: str
    title: str
    queue: Queue
    tries: int
    function: Callable[..., Outcome | None]

    def __call__(self, *args: Any, **kwargs: Any) -> Outcome | None:
        return self.function(*args, **kwargs)

    def check(self, params: Mapping[str, Any]) -> None:
        """TypeError where `params` do not fit the function: told to whoever starts it, not to the worker."""
        inspect.signature(self.function).bind(None, **params)


JOBS: dict[str, JobCard] = {}


def job(
    name: str, *, title: str, queue: Queue = Queue.QUICK, tries: int = 1
) -> Callable[[Callable[..., Outcome | None]], JobCard]:
    """Declare a job: a function whose first parameter is a `Progress`, the others plain JSON values by keyword.

    A job may be run again from its start when its worker died, so it asks what is there before it writes. `tries`
    above 1 lets it be tried again after an error too. Heavy libraries are imported inside the function: web workers
    load `tasks.py` only to start jobs.
    """

    def make(function: Callable[..., Outcome | None]) -> JobCard:
        if name in JOBS:
            raise ValueError(f"two jobs are called {name}")
        JOBS[name] = card = JobCard(name=name, title=title, queue=queue, tries=tries, function=function)
        return card

    return make


def discover() -> None:
    """Load the `tasks.py` of every part, and with it their jobs and timetables."""
    autodiscover_modules("tasks")


def find(name: str) -> JobCard:
    """The job of that name."""
    if name not in JOBS:
        discover()
    if name not in JOBS:
        raise UnknownJob(name)
    return JOBS[name]

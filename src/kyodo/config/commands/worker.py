"""`kyodo worker`: background work alone, for an installation that runs its web server by itself."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Queue(StrEnum):
    """The queues, named here again so that Django need not be loaded to print the help."""

    QUICK = "quick"
    HEAVY = "heavy"


def worker(
    queue: Annotated[Queue | None, typer.Option(help="Only this queue; without it a process each for both.")] = None,
) -> None:
    """Work through the queues: mails, imports, calculations, what comes back every day.

    Example: kyodo worker --queue heavy
    """
    if queue is None:
        from kyodo.config.supervisor import Supervisor, kyodo_child

        raise typer.Exit(Supervisor([kyodo_child("worker", "--queue", each.value) for each in Queue]).run())

    from kyodo.config.supervisor import die_with_parent

    die_with_parent()
    import django

    django.setup()

    from kyodo.core.jobs import rules
    from kyodo.core.jobs.worker import Worker

    Worker(rules.Queue(queue.value)).run()

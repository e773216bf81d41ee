"""Many returned files at once are looked at in the background, with one table at the end."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from kyodo.core import clock
from kyodo.core.files.store import Kept
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.jobs.rules import Queue
from kyodo.core.sheets import actions, intake, queries
from kyodo.core.sheets.compare import CellFault
from kyodo.core.sheets.intake import Handed, Taken
from kyodo.engines.words import _


def packed(handed: list[Handed]) -> list[list[object]]:
    """Files that were handed in as JSON values for the job."""
    return [
        [one.name, [one.kept.digest, one.kept.size, one.kept.media_type, one.kept.name] if one.kept else None]
        + ([one.fault.text, dict(one.fault.facts)] if one.fault else [])
        for one in handed
    ]


@job("sheets.receive", title=_("返送された様式の受付"), queue=Queue.HEAVY)
def receive(progress: Progress, *, batch: str, files: list[list[object]]) -> Outcome:
    """Look at every file, then keep all of them; run again, it finds that it has done so."""
    key = UUID(batch)
    if not queries.return_rows(progress.by, batch=key):
        looked: list[Taken] = []
        for number, (name, kept, *fault) in enumerate(files):
            progress.advance(number, len(files), _("{name}を確かめています。"), name=str(name))
            handed = Handed(
                str(name),
                Kept(*kept) if isinstance(kept, list) else None,
                CellFault("", "", str(fault[0]), dict(fault[1])) if fault else None,  # type: ignore[call-overload]
            )
            looked.append(intake.take(handed, actor=progress.by, today=clock.today(), before=looked))
        actions.receive(taken=looked, batch=key, by=progress.by, at=clock.now())
    return Outcome(
        url=reverse("sheets:batch", args=[key]), message=_("{count}件を受け付けました。"), facts={"count": len(files)}
    )

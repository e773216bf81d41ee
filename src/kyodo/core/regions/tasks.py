"""The job that registers the bodies of a region: the map takes seconds, so never in a web process."""

from __future__ import annotations

from kyodo.core import clock
from kyodo.core.access import actor as actors
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.jobs.rules import Queue
from kyodo.core.regions import actions, lists
from kyodo.engines.words import _


@job("regions.create", title=_("地域の団体の登録"), queue=Queue.HEAVY)
def make_region(progress: Progress, codes: list[str]) -> Outcome:
    """Register prefecture and municipalities of the codes; all of them, or none."""
    bodies = lists.from_codes(codes)
    progress.advance(0, len(bodies))
    tiles = actions.tiles_of(bodies)
    made = actions.create_region(
        bodies=bodies, tiles=tiles, dx_body="", by=actors.job("regions.create"), at=clock.now()
    )
    progress.advance(len(bodies), len(bodies))
    return Outcome(values={"bodies": len(made)})

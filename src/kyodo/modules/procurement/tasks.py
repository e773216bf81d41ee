"""Looking for demand lines that mean one thing: a worker does it, since it loads a dictionary and takes seconds."""

from __future__ import annotations

from kyodo.core import clock
from kyodo.core.access import actor as actors
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.jobs.rules import Queue
from kyodo.engines.words import _
from kyodo.modules.procurement.actions import merging
from kyodo.modules.procurement.queries import merging as queries
from kyodo.modules.procurement.queries.cases import any_case
from kyodo.modules.procurement.rules.case import address_of
from kyodo.modules.procurement.rules.merging import propose

STEPS = 3


@job("procurement.merge_lines", title=_("品目のまとめ方を調べる"), queue=Queue.HEAVY)
def merge_lines(progress: Progress, *, case: int) -> Outcome:
    """Read, compare, keep."""
    progress.advance(0, STEPS, _("回答の行を読んでいます。"))
    lines, denied = queries.demand_lines(case), queries.denied_pairs(case)
    progress.advance(1, STEPS, _("同じものを探しています。"))
    found = propose(lines, denied=denied)
    progress.advance(2, STEPS, _("提案をまとめています。"))
    by, at = actors.job("procurement.merge_lines"), clock.now()
    count = merging.keep(case=any_case(case), found=found, by=by, at=at)
    message = _("{count}件の提案があります。1件ずつ確かめてください。")
    return Outcome(
        url=f"{address_of(case)}survey/merging/", message=message, facts={"count": count}, values={"count": count}
    )

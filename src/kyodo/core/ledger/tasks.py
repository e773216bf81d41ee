"""Proving the whole record takes a while in an old region, so a worker does it and shows how far it is."""

from __future__ import annotations

from kyodo.core.audit.proof import FAULTS, verify_live
from kyodo.core.audit.record import head
from kyodo.core.jobs.progress import Progress
from kyodo.core.jobs.registry import Outcome, job
from kyodo.core.jobs.rules import Queue
from kyodo.engines.words import _


@job("ledger.prove", title=_("監査記録の証明"), queue=Queue.HEAVY)
def prove(progress: Progress) -> Outcome:
    """Go through the record from its first entry to its last."""
    total, _digest = head()
    verdict = verify_live(progress=lambda done: progress.advance(done, total, _("記録を1件ずつ確かめています。")))
    values = {"entries": verdict.entries, "head": verdict.head}
    if verdict.fault is None:
        message = _("{entries}件すべてがつながっていて、書き換えはありません。最後のハッシュ値は {head} です。")
        return Outcome(url="/audit/", message=message, facts=values, values={**values, "holds": True})
    fault = {"sequence": verdict.fault.sequence, "why": FAULTS[verdict.fault.code]}
    message = _("{sequence}番の記録が壊れています。{why}")
    return Outcome(
        url=f"/audit/{verdict.fault.sequence}/",
        message=message,
        facts=fault,
        values={**values, "holds": False, "sequence": verdict.fault.sequence},
    )

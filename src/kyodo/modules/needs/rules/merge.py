"""Which needs can become one. A merge only points from one need to another, so that undoing it loses nothing."""

from __future__ import annotations

from dataclasses import dataclass

from kyodo.core.faults import Fault
from kyodo.engines.words import _
from kyodo.modules.needs.rules.need import OPEN, SHARED, Audience, State


@dataclass(frozen=True, slots=True)
class MergeSide:
    """What matters of a need that is to be merged, or to be merged into."""

    id: int
    organisation_id: int
    state: State
    audience: Audience
    merged_into_id: int | None


def faults_of_merge(source: MergeSide, target: MergeSide) -> list[Fault]:
    """Why `source` can't be told on the page of `target`; nothing if it can."""
    found = []
    if source.id == target.id:
        found.append(Fault("target", _("同じ相談には統合できません。")))
    if source.merged_into_id is not None:
        found.append(Fault("sources", _("すでに統合された相談が含まれています。")))
    if target.merged_into_id is not None:
        found.append(
            Fault("target", _("統合先の相談は、すでにほかの相談に統合されています。その統合先を選んでください。"))
        )
    if source.state not in OPEN:
        found.append(Fault("sources", _("終わった相談は統合できません。")))
    if target.state not in OPEN:
        found.append(Fault("target", _("終わった相談には統合できません。")))
    if target.audience not in SHARED and source.organisation_id != target.organisation_id:
        # Whoever posted the source must be able to read what became of it.
        found.append(
            Fault("target", _("統合先が「調整担当のみ」です。統合される団体から見えないので、統合できません。"))
        )
    return found

"""Demand lines as the engine reads them, and its answers as what an officer is asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kyodo.engines.similarity.compare import UNIT
from kyodo.engines.similarity.merge import Line, merge
from kyodo.engines.words import _

PROPOSAL_KIND = "procurement.proposal"


class ProposalState(StrEnum):
    """What became of a proposal."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DENIED = "denied"


PROPOSAL_WORDS: dict[ProposalState, str] = {
    ProposalState.OPEN: _("確かめ待ち"),
    ProposalState.CONFIRMED: _("まとめた"),
    ProposalState.DENIED: _("別のもの"),
}


@dataclass(frozen=True, slots=True)
class DemandLine:
    """Something that is wanted: an item of the case (`item`), or a body's own line that no item has yet."""

    key: int
    text: str
    unit: str
    is_item: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """Own lines and items that may be one; `differs`: templates with facts, empty where nothing differs."""

    lines: tuple[int, ...]
    items: tuple[int, ...]
    thing: str
    score: float
    shared: tuple[tuple[str, str], ...]
    differs: tuple[tuple[str, Mapping[str, Any]], ...]


def propose(lines: Sequence[DemandLine], *, denied: Iterable[tuple[str, str]]) -> list[Proposal]:
    """What an officer is asked: clusters with an own line in them, and near misses of which only a unit is unsaid.

    `denied`: pairs of names (`name_of`) that were called different things before.
    """
    by_name = {name_of(line): line for line in lines}
    found = merge([Line(name_of(one), "", one.text, "", one.unit) for one in lines], denied=denied)
    made = []
    home: dict[str, tuple[str, ...]] = {}
    for cluster in found.clusters:
        home.update(dict.fromkeys(cluster.line_ids, cluster.line_ids))
        members = [by_name[name] for name in cluster.line_ids]
        if len(members) > 1 and any(not one.is_item for one in members):
            made.append(_proposal(members, cluster.thing, cluster.score, cluster.shared, ()))
    for near in found.near_misses:
        if any(one.about != UNIT or (one.one and one.other) for one in near.differences):
            continue
        members = [by_name[name] for name in (*home[near.one], *home[near.other])]
        if all(one.is_item for one in members) or sum(one.is_item for one in members) > 1:
            continue
        differs = tuple((one.sentence.template, dict(one.sentence.facts)) for one in near.differences)
        made.append(_proposal(members, near.thing, 0.0, (), differs))
    return made


def name_of(line: DemandLine) -> str:
    """A line as the engine knows it."""
    return f"item{line.key}" if line.is_item else f"line{line.key}"


def _proposal(
    members: Sequence[DemandLine],
    thing: str,
    score: float,
    shared: Sequence[tuple[str, str]],
    differs: tuple[tuple[str, Mapping[str, Any]], ...],
) -> Proposal:
    return Proposal(
        tuple(one.key for one in members if not one.is_item),
        tuple(one.key for one in members if one.is_item),
        thing,
        score,
        tuple(shared),
        differs,
    )

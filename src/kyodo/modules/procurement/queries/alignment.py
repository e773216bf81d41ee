"""Requirements beside one another, differences with their settlements, what waits for whom, versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.models import (
    CaseMember,
    Lot,
    LotPlace,
    Requirement,
    RequirementTopic,
    Settlement,
    SettlementReply,
    SpecificationVersion,
)
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import held_by, members_held_by, seen_from_inside
from kyodo.modules.procurement.rules import alignment as rules
from kyodo.modules.procurement.rules.alignment import Reply, RequirementLevel, SettlementKind, TopicState, Value
from kyodo.modules.procurement.rules.case import BUYING, CaseState

# Requirements are written while a case is being aligned, and mended until bodies commit.
ALIGNING = (CaseState.SURVEY, CaseState.ALIGNMENT, CaseState.MARKET)


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What a body answered."""

    organisation_id: int
    organisation: str
    reply: Reply
    remark: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """The proposal about a topic, with its answers. `waiting`: bodies (numbers) that are still to answer."""

    id: int
    kind: SettlementKind
    text: str
    lots: Mapping[int, str]
    leaving: tuple[int, ...]
    asked: tuple[int, ...]
    reason: str
    proposed_by: str
    proposed_at: datetime
    closed_by: str
    closed_at: datetime | None
    closed_reason: str
    replies: tuple[ReplyRow, ...]

    @property
    def waiting(self) -> tuple[int, ...]:
        """The bodies that are still to answer."""
        said = {reply.organisation_id for reply in self.replies}
        return () if self.closed_at else tuple(body for body in self.asked if body not in said)


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with what bodies require of it, and where it stands."""

    id: int
    number: int
    group: str
    name: str
    joint: str
    said: Mapping[int, tuple[str, RequirementLevel]]
    values: tuple[Value, ...]
    settlement: SettlementRow | None
    state: TopicState


@dataclass(frozen=True, slots=True)
class OwnRequirement:
    """What one body requires of a topic, for its form."""

    id: int
    topic_id: int
    group: str
    name: str
    joint: str
    text: str
    level: RequirementLevel
    is_said: bool
    revision: int


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot with the bodies in it."""

    id: int
    number: int
    name: str
    bodies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of the joint specification."""

    number: int
    note: str
    by: str
    at: datetime
    rows: tuple[Mapping[str, Any], ...]


def buyers_of(case_id: int) -> dict[int, str]:
    """The bodies that buy, by number, in the order of their codes."""
    found = CaseMember.objects.filter(case_id=case_id, left_at=None, role__in=BUYING)
    return dict(found.order_by("organisation__code").values_list("organisation_id", "organisation__name"))


def seen_by(actor: Actor, case_id: int) -> bool:
    """Requirements and their settlements are seen by the bodies in the case, coordinators and auditors."""
    return seen_from_inside(actor, case_id)


def topics_of(case_id: int, *, buyers: Mapping[int, str] | None = None) -> list[TopicRow]:
    """All topics of a case in four queries; of bodies that left nothing counts."""
    inside = buyers_of(case_id) if buyers is None else buyers
    said: dict[int, dict[int, tuple[str, RequirementLevel]]] = defaultdict(dict)
    levels = {level.value: level for level in RequirementLevel}
    found = Requirement.objects.filter(topic__case_id=case_id, topic__withdrawn_at=None).exclude(said_at=None)
    for topic, body, text, level in found.order_by().values_list("topic_id", "organisation_id", "text", "level"):
        if body in inside:
            said[topic][body] = (text, levels[level])
    settlements = _settlements(case_id)
    rows = RequirementTopic.objects.filter(case_id=case_id, withdrawn_at=None)
    return [
        _topic(key, number, group, name, joint, said[key], settlements.get(key), inside)
        for key, number, group, name, joint in rows.values_list("id", "number", "group", "name", "joint")
    ]


def topic_of(case_id: int, topic_id: int) -> TopicRow | None:
    """One topic."""
    return next((row for row in topics_of(case_id) if row.id == topic_id), None)


def settlement_held_by(actor: Actor, settlement_id: int) -> Settlement | None:
    """A proposal that the actor may close: of a case that they run."""
    found = Settlement.objects.standing().select_related("topic__case")
    found = found.filter(topic__case__in=held_by(actor, Permission.RUN).values("pk"))
    return found.filter(pk=settlement_id).first()


def own_requirements(case_id: int, organisation_id: int) -> list[OwnRequirement]:
    """What a body requires, topic by topic in their order."""
    found = Requirement.objects.filter(
        topic__case_id=case_id, topic__withdrawn_at=None, organisation_id=organisation_id
    ).order_by("topic__number", "topic_id")
    fields = ("id", "topic_id", "topic__group", "topic__name", "topic__joint", "text", "level", "said_at", "revision")
    return [
        OwnRequirement(key, topic, group, name, joint, text, RequirementLevel(level), said_at is not None, revision)
        for key, topic, group, name, joint, text, level, said_at, revision in found.values_list(*fields)
    ]


def align_place(actor: Actor, case_id: int, organisation_id: int | None = None) -> CaseMember | None:
    """The body's place for which the actor aligns; None where it has none, has left, or it is over."""
    places = members_held_by(actor, Permission.ALIGN).filter(
        case_id=case_id, left_at=None, role__in=BUYING, case__state__in=ALIGNING
    )
    found: CaseMember | None = places.filter(organisation_id=organisation_id or actor.organisation_id or 0).first()
    return found


def lots_of(case_id: int) -> list[LotRow]:
    """The lots of a case with their bodies."""
    places: dict[int, list[int]] = defaultdict(list)
    for lot, body in LotPlace.objects.filter(case_id=case_id).values_list("lot_id", "organisation_id"):
        places[lot].append(body)
    found = Lot.objects.filter(case_id=case_id).values_list("id", "number", "name")
    return [LotRow(key, number, name, tuple(places[key])) for key, number, name in found]


def versions_of(case_id: int) -> list[VersionRow]:
    """The versions of the joint specification, the first one first."""
    found = SpecificationVersion.objects.filter(case_id=case_id).values_list("number", "note", "by", "at", "rows")
    return [VersionRow(number, note, by, at, tuple(rows)) for number, note, by, at, rows in found]


def waiting_for(topics: Sequence[TopicRow], organisation_id: int) -> list[TopicRow]:
    """The proposals that a body is still to answer."""
    return [row for row in topics if row.settlement and organisation_id in row.settlement.waiting]


def open_by_body(topics: Sequence[TopicRow], buyers: Mapping[int, str]) -> dict[int, int]:
    """How many open topics wait for each body: its answer, or its agreement with the others."""
    counts = dict.fromkeys(buyers, 0)
    for row in topics:
        if row.state not in rules.OPEN_TOPICS:
            continue
        concerned = row.settlement.waiting if row.settlement else tuple(row.said)
        for body in concerned:
            if body in counts:
                counts[body] += 1
    return counts


def unsaid(case_id: int, buyers: Mapping[int, str]) -> dict[int, int]:
    """How many topics each body has not said anything about."""
    counts = dict.fromkeys(buyers, 0)
    found = Requirement.objects.filter(topic__case_id=case_id, topic__withdrawn_at=None, said_at=None)
    for body in found.order_by().values_list("organisation_id", flat=True):
        if body in counts:
            counts[body] += 1
    return counts


def has_topics(case_id: int) -> bool:
    """True where there is something to align."""
    return RequirementTopic.objects.filter(case_id=case_id, withdrawn_at=None).exists()


def _topic(
    key: int,
    number: int,
    group: str,
    name: str,
    joint: str,
    said: Mapping[int, tuple[str, RequirementLevel]],
    settlement: SettlementRow | None,
    inside: Mapping[int, str],
) -> TopicRow:
    found = tuple(rules.values(said))
    asked = [body for body in settlement.asked if body in inside] if settlement else []
    state = rules.state_of(
        found,
        is_settled=settlement is not None and settlement.closed_at is not None,
        has_proposal=settlement is not None,
        replies={reply.organisation_id: reply.reply for reply in settlement.replies} if settlement else {},
        asked=asked,
    )
    return TopicRow(key, number, group, name, joint, said, found, settlement, state)


def _settlements(case_id: int) -> dict[int, SettlementRow]:
    replies: dict[int, list[ReplyRow]] = defaultdict(list)
    here = SettlementReply.objects.filter(settlement__topic__case_id=case_id, settlement__replaced_at=None)
    fields = ("settlement_id", "organisation_id", "organisation__name", "reply", "remark", "by", "at")
    for settlement, body, name, reply, remark, by, at in here.values_list(*fields):
        replies[settlement].append(ReplyRow(body, name, Reply(reply), remark, by, at))
    found = Settlement.objects.standing().filter(topic__case_id=case_id)
    return {
        one.topic_id: SettlementRow(
            id=one.pk,
            kind=SettlementKind(one.kind),
            text=one.text,
            lots={int(lot): text for lot, text in one.lots.items()},
            leaving=tuple(one.leaving),
            asked=tuple(one.asked),
            reason=one.reason,
            proposed_by=one.proposed_by,
            proposed_at=one.proposed_at,
            closed_by=one.closed_by,
            closed_at=one.closed_at,
            closed_reason=one.closed_reason,
            replies=tuple(replies[one.pk]),
        )
        for one in found
    }

"""What bodies require in a case of the demonstration, what is proposed, and who answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from kyodo.core.demo import Act
from kyodo.modules.procurement.actions import aligning
from kyodo.modules.procurement.queries import alignment as queries
from kyodo.modules.procurement.rules.alignment import Reply, RequirementLevel, SettlementDraft, SettlementKind
from kyodo.modules.procurement.seed.case import CaseOfDemo


def alignment_acts(case: CaseOfDemo) -> Iterator[Act]:
    """Requirements, proposals with their answers, versions."""
    told = case.told.get("alignment", {})
    for number, one in enumerate(told.get("requires", [])):
        at = case.moment(one["after"], time(10 + number % 6, 15)) + timedelta(seconds=number)
        yield Act(at, partial(_require, case, one, at=at))
    for number, one in enumerate(told.get("proposals", [])):
        at = case.moment(one["after"], time(13, 5)) + timedelta(minutes=number)
        yield Act(at, partial(_propose, case, one, at=at))
        for place, reply in enumerate(one.get("replies", [])):
            when = case.moment(reply["after"], time(15, 5)) + timedelta(minutes=place)
            yield Act(when, partial(_reply, case, one["topic"], reply, at=when))
    for one in told.get("versions", []):
        at = case.moment(one["after"], time(16, 30))
        yield Act(at, partial(_publish, case, one["note"], at=at))


def _require(case: CaseOfDemo, told: dict[str, Any], *, at: datetime) -> None:
    """A topic that is not told is as the joint specification has it."""
    place = case.place(told["body"])
    said = {}
    for row in queries.own_requirements(place.case_id, place.organisation_id):
        text = told["said"].get(row.name, row.joint)
        level = RequirementLevel.NICE if row.name in told.get("nice", ()) else RequirementLevel.MUST
        said[row.id] = (text, level)
    aligning.require(place=place, said=said, revisions={}, by=case.people.anybody(told["body"]), at=at)


def _topic(case: CaseOfDemo, name: str) -> queries.TopicRow:
    return next(row for row in queries.topics_of(case.row().pk) if row.name == name)


def _propose(case: CaseOfDemo, told: dict[str, Any], *, at: datetime) -> None:
    leaving = tuple(case.place(code).organisation_id for code in told.get("leaving", ()))
    draft = SettlementDraft(SettlementKind(told["kind"]), told["text"], told["reason"], {}, leaving)
    topic = _topic(case, told["topic"])
    aligning.propose(case=case.row(), topic_id=topic.id, draft=draft, by=case.coordinator(), at=at)


def _reply(case: CaseOfDemo, topic: str, told: dict[str, Any], *, at: datetime) -> None:
    settlement = _topic(case, topic).settlement
    assert settlement is not None, f"nothing was proposed about {topic}"
    replies = {settlement.id: (Reply(told["reply"]), told.get("remark", ""))}
    by = case.people.anybody(told["body"])
    aligning.reply(place=case.place(told["body"]), replies=replies, by=by, at=at)


def _publish(case: CaseOfDemo, note: str, *, at: datetime) -> None:
    aligning.publish_version(case=case.row(), note=note, by=case.coordinator(), at=at)

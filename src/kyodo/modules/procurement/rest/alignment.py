"""The API of the alignment: requirements side by side, my body's own, answers to proposals, versions."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.refusals import READS, WRITES, refusals
from kyodo.modules.procurement.actions import aligning
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import alignment as queries
from kyodo.modules.procurement.rest.router import router
from kyodo.modules.procurement.schemas_parts import RepliesIn, RequirementsIn, SpecificationVersionOut, TopicOut


@router.get(
    "/{int:case_id}/alignment", response={200: list[TopicOut], **READS}, auth=Door(Permission.READ), summary="Topics"
)
def get_topics(request: ActorRequest, case_id: int) -> Any:
    """Each requirement with what bodies say of it: for the bodies in the case, coordinators and auditors."""
    if not queries.seen_by(request.actor, case_id):
        raise Http404
    own = {row.topic_id: row for row in queries.own_requirements(case_id, request.actor.organisation_id or 0)}
    return [
        {
            "id": row.id,
            "number": row.number,
            "group": row.group,
            "name": row.name,
            "joint": row.joint,
            "state": row.state,
            "values": [{"text": value.text, "bodies": list(value.bodies)} for value in row.values],
            "settlement_id": row.settlement.id if row.settlement else None,
            "own_requirement_id": own[row.id].id if row.id in own else None,
            "own_text": own[row.id].text if row.id in own else "",
            "own_revision": own[row.id].revision if row.id in own else None,
        }
        for row in queries.topics_of(case_id)
    ]


@router.put(
    "/{int:case_id}/alignment/requirements",
    response={204: None, **WRITES},
    auth=Door(Permission.ALIGN),
    summary="Say what my body requires",
)
def put_requirements(request: ActorRequest, case_id: int, payload: RequirementsIn) -> Any:
    """Write requirements of my body; what somebody else changed since it was read is not lost (409)."""
    place = _place(request, case_id)
    with refusals():
        aligning.require(
            place=place,
            said={one.id: (plain_text.tidy(one.text), one.level) for one in payload.requirements},
            revisions={one.id: one.revision for one in payload.requirements},
            by=request.actor,
            at=clock.now(),
        )
    return Status(204, None)


@router.put(
    "/{int:case_id}/alignment/replies",
    response={204: None, **WRITES},
    auth=Door(Permission.ALIGN),
    summary="Answer proposals for my body",
)
def put_replies(request: ActorRequest, case_id: int, payload: RepliesIn) -> Any:
    """Agree or object. Who agrees to a proposal that lets it go leaves the case."""
    place = _place(request, case_id)
    with refusals():
        aligning.reply(
            place=place,
            replies={one.settlement_id: (one.reply, plain_text.tidy(one.remark)) for one in payload.replies},
            by=request.actor,
            at=clock.now(),
        )
    return Status(204, None)


@router.get(
    "/{int:case_id}/alignment/versions",
    response={200: list[SpecificationVersionOut], **READS},
    auth=Door(Permission.READ),
    summary="Versions of the joint specification",
)
def get_versions(request: ActorRequest, case_id: int) -> Any:
    """All versions that were published."""
    if not queries.seen_by(request.actor, case_id):
        raise Http404
    return queries.versions_of(case_id)


def _place(request: ActorRequest, case_id: int) -> Any:
    place = queries.align_place(request.actor, case_id)
    if place is None:
        raise Http404
    return place

"""The API of surveys: how far one is and what comes out of it; my body's answers."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.refusals import READS, WRITES, refusals
from kyodo.modules.procurement.actions import surveying
from kyodo.modules.procurement.actions.surveying import Sitting
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import results
from kyodo.modules.procurement.queries import survey as queries
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rest.router import router
from kyodo.modules.procurement.schemas_parts import ReachedOut, ResponseIn, ResponseOut, SurveyOut


@router.get(
    "/{int:case_id}/survey",
    response={200: SurveyOut, **READS},
    auth=Door(Permission.READ),
    summary="A survey's results",
)
def get_survey(request: ActorRequest, case_id: int) -> Any:
    """How far all bodies are and demand by item: for the bodies in the case, coordinators and auditors."""
    stage = queries.survey_stage(case_id)
    if stage is None or not queries.survey_seen_by(request.actor, case_id):
        raise Http404
    items = items_of(case_id)
    found = results.by_item(
        results.demands(case_id), {item.id: item.unit for item in items}, results.not_concerned(case_id)
    )
    return {
        "stage": stage,
        "progress": queries.progress(case_id),
        "items": [
            {
                "item_id": item.id,
                "name": item.name,
                "unit": item.unit,
                "total": found[item.id].total,
                "joining": found[item.id].joining,
                "concerned": len(found[item.id].bodies),
                "undecided": len(found[item.id].undecided),
                "not_concerned": found[item.id].nothing,
                "without_number": found[item.id].without_number,
                "other_units": found[item.id].other_units,
            }
            for item in items
        ],
    }


@router.get(
    "/{int:case_id}/survey/response",
    response={200: ResponseOut, **READS},
    auth=Door(Permission.ANSWER),
    summary="My body's answers",
)
def get_response(request: ActorRequest, case_id: int) -> Any:
    """What my body was asked and answered."""
    row = queries.response_seen_by(request.actor, case_id, request.actor.organisation_id or 0)
    if row is None:
        raise Http404
    return row


@router.put(
    "/{int:case_id}/survey/response",
    response={200: ReachedOut, **WRITES},
    auth=Door(Permission.ANSWER),
    summary="Answer for my body",
)
def put_response(request: ActorRequest, case_id: int, payload: ResponseIn) -> Any:
    """Answer lines, in part or in whole; of two who answer for one body the second is told (409)."""
    held = queries.response_held_by(request.actor, case_id)
    if held is None:
        raise Http404
    sitting = Sitting(
        lines={one.id: one.draft() for one in payload.lines},
        contact=plain_text.tidy(payload.contact),
        stage=payload.stage,
        is_final=payload.is_final,
    )
    with refusals():
        stage = surveying.answer(
            response=held, sitting=sitting, revision=payload.revision, by=request.actor, at=clock.now()
        )
    return Status(200, {"stage": stage})

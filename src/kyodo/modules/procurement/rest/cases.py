"""The API of cases: the same permissions, queries and actions as the pages."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.idempotency.once import IdempotencyKey
from kyodo.core.lists.api import Cursor, Limit, Words, cursor_slice
from kyodo.core.refusals import READS, WRITES, Created, created, refusals
from kyodo.modules.procurement.actions import joining, moving, opening
from kyodo.modules.procurement.lists.cases import CASES
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases as queries
from kyodo.modules.procurement.queries.story import story
from kyodo.modules.procurement.rest.router import router
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.schemas import CaseIn, CaseList, CaseMoveIn, CaseStoryOut


@router.get("", response={200: CaseList, **READS}, auth=Door(Permission.READ), summary="Cases that I may see")
def list_cases(
    request: ActorRequest, cursor: Cursor = None, limit: Limit = 50, state: CaseState | None = None, q: Words = ""
) -> Any:
    """The newest first. `next` of the answer is the `cursor` of the next call."""
    found = cursor_slice(
        CASES,
        queries.listed(queries.visible_to(request.actor)),
        fields=queries.ROW_FIELDS,
        make=queries.rows,
        request=request,
        cursor=cursor,
        limit=limit,
    )
    return {"items": found.rows, "next": found.next}


@router.get(
    "/{int:case_id}", response={200: CaseStoryOut, **READS}, auth=Door(Permission.READ), summary="The whole of a case"
)
def get_case(request: ActorRequest, case_id: int) -> Any:
    """A case with its bodies, items, steps and days."""
    told = story(case_id, actor=request.actor)
    if told is None:
        raise Http404
    return told


@router.post("", response={201: Created, **WRITES}, auth=Door(Permission.RUN), summary="Open a case")
def open_case(request: ActorRequest, payload: CaseIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Open a case for needs and bodies; the items of its kind's template are in it."""
    at, given = clock.now(), payload.draft()
    draft = replace(given, title=plain_text.tidy(given.title), purpose=plain_text.tidy(given.purpose))
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: opening.open_case(
            draft=draft,
            need_ids=payload.need_ids,
            bodies=payload.bodies,
            submission=uuid.uuid4(),
            by=request.actor,
            at=at,
        ),
    )


@router.post("/{int:case_id}/moves", response={204: None, **WRITES}, auth=Door(Permission.RUN), summary="Take a step")
def move_case(request: ActorRequest, case_id: int, payload: CaseMoveIn) -> Any:
    """Take a case to another step; the bodies in it are told."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.RUN), pk=case_id)
    with refusals():
        moving.move_case(
            case=held, to=payload.to, reason=plain_text.tidy(payload.reason), by=request.actor, at=clock.now()
        )
    return Status(204, None)


@router.post(
    "/{int:case_id}/members", response={204: None, **WRITES}, auth=Door(Permission.JOIN), summary="Come into a case"
)
def join_case(request: ActorRequest, case_id: int) -> Any:
    """My body comes into a case that is shown to all bodies."""
    joinable = get_object_or_404(queries.joinable_by(request.actor), pk=case_id)
    with refusals():
        joining.join(case=joinable, by=request.actor, at=clock.now())
    return Status(204, None)

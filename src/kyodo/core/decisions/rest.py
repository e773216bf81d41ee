"""The API of decisions: where a matter stands, and recording a 決裁 that was made elsewhere."""

from __future__ import annotations

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from django.http import Http404
from ninja import Field, Query, Router, Schema

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.decisions import actions, queries, rules
from kyodo.core.decisions.permissions import Permission
from kyodo.core.decisions.rules import Division, Draft, Standing
from kyodo.core.gate import Door
from kyodo.core.idempotency.once import IdempotencyKey
from kyodo.core.problems import Refused
from kyodo.core.refusals import READS, WRITES, Created, created
from kyodo.engines.words import _

router = Router(tags=["decisions"])
TEXTS = ("number", "decider_name", "decider_duty", "remark")
Kind = Annotated[str, Query(max_length=60)]
Subject = Annotated[int, Query(ge=1, le=2**62)]


class DecisionOut(Schema):
    """Where a matter stands: by whom, and under which number and day it is recorded."""

    kind: str
    subject: int
    state: Standing
    by: str = ""
    level: int | None = None
    number: str = ""
    decided_on: date | None = None


class DecisionIn(Schema):
    """A decision that was made elsewhere. `same_number` says that a number used before in the fiscal year is meant."""

    kind: str = Field(max_length=60)
    subject: int = Field(ge=1, le=2**62)
    decided_on: date
    number: str = Field(max_length=rules.NUMBER_LENGTH[1])
    division: Division
    decider_name: str = Field(max_length=rules.NAME_LENGTH[1])
    decider_duty: str = Field("", max_length=rules.DUTY_LENGTH[1])
    remark: str = Field("", max_length=rules.REMARK_LENGTH[1])
    same_number: bool = False


@router.get("/", response={200: DecisionOut, **READS}, auth=Door(Permission.READ), summary="Where a matter stands")
def get_decision(request: ActorRequest, kind: Kind, subject: Subject) -> Any:
    """Whether a matter (`kind` and `subject`) was asked about, approved or recorded."""
    if queries.matter_seen_by(request.actor, kind, subject) is None:
        raise Http404
    found = queries.approval_of(kind, subject)
    if found is None:
        return DecisionOut(kind=kind, subject=subject, state=Standing.NONE)
    told = {name: getattr(found, name) for name in ("state", "by", "level", "number", "decided_on")}
    return DecisionOut(kind=kind, subject=subject, **told)


@router.post("/", response={201: Created, **WRITES}, auth=Door(Permission.RECORD), summary="Record a decision")
def record_decision(request: ActorRequest, payload: DecisionIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Record a decision that a body made in its own document system."""
    matter = queries.matter_held_by(request.actor, payload.kind, payload.subject, permission=Permission.RECORD)
    if matter is None:
        raise Http404
    texts = {name: plain_text.tidy(getattr(payload, name)) for name in TEXTS}
    draft, at = Draft(payload.decided_on, division=payload.division, **texts), clock.now()
    record = partial(actions.record_decision, matter=matter, draft=draft, by=request.actor, at=at)
    try:
        return created(request, idempotency_key, at=at, act=partial(record, same_number_is_meant=payload.same_number))
    except actions.NumberTaken as refusal:
        told = _("この年度に、同じ文書番号の決裁が記録されています。番号を確かめてください。")
        raise Refused(HTTPStatus.CONFLICT, told) from refusal
    except actions.AlreadyRecorded as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("この決裁は、すでに記録されています。")) from refusal

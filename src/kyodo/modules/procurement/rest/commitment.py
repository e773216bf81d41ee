"""The API of commitments: my body's, or all for those who see all."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from ninja import Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.idempotency.once import IdempotencyKey
from kyodo.core.refusals import READS, WRITES, Created, created, refusals
from kyodo.modules.procurement.actions import committing
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases
from kyodo.modules.procurement.queries import commitment as queries
from kyodo.modules.procurement.queries.cases import visible_to
from kyodo.modules.procurement.rest.router import router
from kyodo.modules.procurement.rules.law import Weight
from kyodo.modules.procurement.schemas_parts import BindIn, CommitmentIn, CommitmentOut, GroundIn


@router.get(
    "/{int:case_id}/commitments",
    response={200: list[CommitmentOut], **READS},
    auth=Door(Permission.READ),
    summary="Commitments that I may see",
)
def get_commitments(request: ActorRequest, case_id: int) -> Any:
    """All for coordinators and auditors; else my body's alone."""
    if not visible_to(request.actor).filter(pk=case_id).exists():
        raise Http404
    sees_all = cases.sees_all(request.actor)
    only = None if sees_all else [request.actor.organisation_id or 0]
    return [_told(row) for row in queries.commitments_of(case_id, only=only)]


@router.put(
    "/{int:case_id}/commitment",
    response={200: Created, **WRITES},
    auth=Door(Permission.COMMIT),
    summary="Write what my body takes",
)
def put_commitment(request: ActorRequest, case_id: int, payload: CommitmentIn) -> Any:
    """Write what my body takes; nobody is bound by that."""
    place = _place(request, case_id)
    with refusals():
        key = committing.write_commitment(
            place=place, draft=payload.draft(), revision=payload.revision, by=request.actor, at=clock.now()
        )
    return Status(200, {"id": key})


@router.post(
    "/{int:case_id}/commitment/bind",
    response={201: None, **WRITES},
    auth=Door(Permission.COMMIT),
    summary="Bind my body",
)
def bind_commitment(request: ActorRequest, case_id: int, payload: BindIn, idempotency_key: IdempotencyKey = "") -> Any:
    """By the approver's token, or any of the body's once its decision is recorded."""
    place, at = _place(request, case_id), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: committing.commit(
            place=place, knows_blocks=payload.knows_blocks, revision=payload.revision, by=request.actor, at=at
        ),
        tells_number=False,
    )


@router.post(
    "/{int:case_id}/commitment/grounds",
    response={201: Created, **WRITES},
    auth=Door(Permission.COMMIT),
    summary="Record a fact",
)
def record_ground(request: ActorRequest, case_id: int, payload: GroundIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Record a vote of the council or another fact that settles what the law asks for."""
    place, at = _place(request, case_id), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: committing.record_ground(
            place=place,
            kind=payload.kind,
            finding=payload.finding,
            number=plain_text.tidy(payload.number),
            on=payload.on,
            by=request.actor,
            at=at,
        ),
    )


def _told(row: queries.CommitmentRow) -> dict[str, Any]:
    names = ("organisation_id", "organisation", "state", "amount_yen", "yearly_yen", "planned_on", "budget")
    more = ("budget_year", "budget_item", "note", "revision")
    return {
        **{name: getattr(row, name) for name in (*names, *more)},
        "quantities": {item: quantity for item, (quantity, _form) in row.lines.items()},
        "blocks": [one.code for one in row.findings if one.weight is Weight.BLOCKS],
        "warns": [one.code for one in row.findings if one.weight is Weight.WARNS],
    }


def _place(request: ActorRequest, case_id: int) -> Any:
    place = queries.commit_place(request.actor, case_id)
    if place is None:
        raise Http404
    return place

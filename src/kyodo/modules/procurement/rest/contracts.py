"""The API of contracts that are known."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from ninja import Status

from kyodo.core import clock
from kyodo.core.access.doors import ActorRequest
from kyodo.core.access.roles import Reach
from kyodo.core.gate import Door
from kyodo.core.idempotency.once import IdempotencyKey
from kyodo.core.lists.api import Cursor, Limit, cursor_slice
from kyodo.core.problems import Refused
from kyodo.core.refusals import READS, WRITES, Created, created, refusals
from kyodo.engines.words import _
from kyodo.modules.procurement.actions import contracts as actions
from kyodo.modules.procurement.lists.contracts import CONTRACTS
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import contracts as queries
from kyodo.modules.procurement.rest.router import router
from kyodo.modules.procurement.schemas_parts import ContractIn, ContractList, ContractRewrite

MISSING = _("直すところがあります。")
WHICH_BODY = _("どの団体の契約かを示してください。")


@router.get(
    "/contracts", response={200: ContractList, **READS}, auth=Door(Permission.CONTRACTS), summary="Contracts known"
)
def list_contracts(request: ActorRequest, cursor: Cursor = None, limit: Limit = 50) -> Any:
    """My body's contracts, or those of all for coordinators and auditors; filtered as the page."""
    found = cursor_slice(
        CONTRACTS,
        queries.visible_to(request.actor),
        fields=queries.ROW_FIELDS,
        make=queries.rows,
        request=request,
        cursor=cursor,
        limit=limit,
    )
    return {"items": found.rows, "next": found.next}


@router.post(
    "/contracts", response={201: Created, **WRITES}, auth=Door(Permission.KEEP_CONTRACTS), summary="Add a contract"
)
def enter_contract(request: ActorRequest, payload: ContractIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Add a contract of my body; coordinators say of which."""
    own = request.actor.organisation_id if request.actor.reach(Permission.KEEP_CONTRACTS) is Reach.OWN else None
    key = payload.organisation_id or own
    if key is None:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, MISSING, [("organisation_id", gettext(WHICH_BODY))])
    body = get_object_or_404(queries.kept_bodies(request.actor), pk=key)
    at = clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: actions.enter_contract(organisation=body, draft=payload.draft(), by=request.actor, at=at),
    )


@router.put(
    "/contracts/{int:contract_id}",
    response={204: None, **WRITES},
    auth=Door(Permission.KEEP_CONTRACTS),
    summary="Mend a contract",
)
def rewrite_contract(request: ActorRequest, contract_id: int, payload: ContractRewrite) -> Any:
    """Mend a contract, if nobody did since `revision` was read (409)."""
    held = get_object_or_404(queries.held_by(request.actor).select_related("organisation"), pk=contract_id)
    with refusals():
        actions.edit_contract(
            contract=held, draft=payload.draft(), revision=payload.revision, by=request.actor, at=clock.now()
        )
    return Status(204, None)

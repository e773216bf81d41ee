"""The API of market and estimates: open requests for anybody, answers and estimates for whoever may read their page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from ninja import Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.problems import Problem
from kyodo.core.refusals import READS, WRITES, refusals
from kyodo.modules.procurement.actions import estimating
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import cases as case_queries
from kyodo.modules.procurement.queries import estimates as estimate_queries
from kyodo.modules.procurement.queries import market as queries
from kyodo.modules.procurement.queries.estimates import BodyEstimate, EstimateRow
from kyodo.modules.procurement.rest.router import router
from kyodo.modules.procurement.rules.estimate import Amounts, BudgetDraft
from kyodo.modules.procurement.schemas_market import BudgetIn, EstimateList, MarketOut, RfiList, RfiOut

PUBLIC: Any = {401: Problem, 404: Problem, 422: Problem}


@router.get("/public", response={200: RfiList, **PUBLIC}, auth=Door(Permission.MARKET_READ), summary="Open requests")
def list_open_requests(request: ActorRequest, response: HttpResponse) -> Any:
    """The requests for information that take answers today. Needs no token; any page may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return {"items": queries.open_requests()}


@router.get(
    "/public/{int:rfi_id}",
    response={200: RfiOut, **PUBLIC},
    auth=Door(Permission.MARKET_READ),
    summary="A request for information",
)
def get_open_request(request: ActorRequest, response: HttpResponse, rfi_id: int) -> Any:
    """A request with its items, their sums over all bodies, and the questions that were answered to all."""
    response["Access-Control-Allow-Origin"] = "*"
    row = queries.public_request(rfi_id)
    if row is None:
        raise Http404
    return row


@router.get(
    "/{int:case_id}/market",
    response={200: MarketOut, **READS},
    auth=Door(Permission.READ),
    summary="What companies answered",
)
def get_market(request: ActorRequest, case_id: int) -> Any:
    """The answers of companies; what they marked as confidential is for coordinators and auditors only."""
    row = queries.request_of(case_id, actor=request.actor)
    if row is None:
        raise Http404
    return {"request": row, "answers": [_answer(one) for one in queries.answers_of(row.id, actor=request.actor)]}


@router.get(
    "/{int:case_id}/estimates",
    response={200: EstimateList, **READS},
    auth=Door(Permission.READ),
    summary="Estimates for the budget",
)
def list_estimates(request: ActorRequest, case_id: int) -> Any:
    """The bodies' latest estimates and budgets: all for coordinators and auditors, else the own one."""
    if case_queries.head(case_id, actor=request.actor) is None:
        raise Http404
    return {"items": [_body(one) for one in estimate_queries.by_body(request.actor, case_id)]}


@router.post(
    "/{int:case_id}/estimates/confirmation",
    response={204: None, **WRITES},
    auth=Door(Permission.COMMIT),
    summary="Use my estimate",
)
def confirm_estimate(request: ActorRequest, case_id: int) -> Any:
    """My body uses its latest estimate for its budget; 409 where it said so before."""
    held = estimate_queries.estimate_held_by(request.actor, case_id)
    if held is None:
        raise Http404
    with refusals():
        estimating.confirm(estimate=held, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post(
    "/{int:case_id}/budget",
    response={204: None, **WRITES},
    auth=Door(Permission.COMMIT),
    summary="Record what my body got",
)
def record_budget(request: ActorRequest, case_id: int, payload: BudgetIn) -> Any:
    """What my body got in its budget; written anew with the `revision` that was read."""
    member = case_queries.buying_member(request.actor, Permission.COMMIT, case_id)
    if member is None:
        raise Http404
    draft = BudgetDraft(payload.kind, payload.yen, payload.decided_on, plain_text.tidy(payload.note))
    with refusals():
        estimating.record_budget(
            member=member, draft=draft, revision=payload.revision, by=request.actor, at=clock.now()
        )
    return Status(204, None)


def _answer(row: queries.AnswerRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "supplier_id": row.supplier_id,
        "name": row.name,
        "saved_at": row.saved_at,
        "figures": [
            {"item_id": key, **{name: getattr(one, name) for name in one.__dataclass_fields__}}
            for key, one in row.figures.items()
        ],
        "replies": [
            {"question_id": key, "text": one.text, "is_confidential": one.is_confidential}
            for key, one in row.replies.items()
        ],
        "hidden": sorted(row.hidden),
    }


def _body(row: BodyEstimate) -> dict[str, Any]:
    return {
        "organisation_id": row.organisation_id,
        "organisation": row.organisation,
        "code": row.code,
        "estimate": _estimate(row.estimate) if row.estimate else None,
        "budgets": list(row.budgets),
    }


def _estimate(row: EstimateRow) -> dict[str, Any]:
    names = ("id", "number", "made_at", "fiscal_year", "due_on", "is_due_assumed", "tax_percent", "confirmed_at")
    return {
        **{name: getattr(row, name) for name in names},
        "total": _amounts(row.total),
        "lines": [
            {
                "item_id": line.item_id,
                "name": line.name,
                "unit": line.unit,
                "quantity": line.quantity,
                "budget_class": line.budget_class,
                "basis": line.cost.basis,
                "answers": line.cost.answers,
                "amounts": _amounts(line.amounts),
            }
            for line in row.lines
        ],
    }


def _amounts(sums: Amounts) -> dict[str, Any]:
    return {
        name: {end: getattr(getattr(sums, name), end) for end in ("low", "likely", "high")}
        for name in ("initial", "yearly", "first_year")
    }

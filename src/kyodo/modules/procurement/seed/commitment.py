"""Bodies of the demonstration bind themselves: a line of the file says which, when, and what they recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from kyodo.core.access.roles import Role
from kyodo.core.demo import Act
from kyodo.engines.calendar import fiscal_year
from kyodo.modules.procurement.actions import committing
from kyodo.modules.procurement.queries import commitment as queries
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules.case import ContractForm
from kyodo.modules.procurement.rules.commitment import CommitmentDraft
from kyodo.modules.procurement.rules.law import Budget, GroundKind
from kyodo.modules.procurement.seed.case import CaseOfDemo


def commitment_acts(case: CaseOfDemo) -> Iterator[Act]:
    """What bodies write, what they record, and that their approvers bind them."""
    told = case.told.get("commitment", {})
    for number, one in enumerate(told.get("bodies", [])):
        at = case.moment(one["after"], time(10 + number % 6, 25)) + timedelta(seconds=number)
        yield Act(at, partial(_write, case, told, one, at=at))
        for ground in one.get("grounds", []):
            when = case.moment(ground["after"], time(11, 5)) + timedelta(seconds=number)
            yield Act(when, partial(_record, case, one, ground, at=when))
        if "bound" in one:
            bound = case.moment(one["bound"], time(16, 5)) + timedelta(seconds=number)
            yield Act(bound, partial(_bind, case, one, at=bound))


def _write(case: CaseOfDemo, told: dict[str, Any], one: dict[str, Any], *, at: datetime) -> None:
    place = case.place(one["body"])
    surveyed = queries.surveyed(place.case_id, place.organisation_id)
    prices = told["prices"]
    items = items_of(place.case_id)
    amount = sum(surveyed.get(item.id, 0) * prices[item.name] for item in items if item.name in prices)
    planned_on = case.on(told["planned"])
    draft = CommitmentDraft(
        lines={item.id: (surveyed.get(item.id, 0), ContractForm(one.get("form", item.form))) for item in items},
        amount_yen=amount,
        yearly_yen=None,
        planned_on=planned_on,
        budget=Budget(one.get("budget", "initial")),
        budget_year=fiscal_year(planned_on),
        budget_item=told.get("budget_item", ""),
    )
    by = case.people.anybody(one["body"])
    committing.write_commitment(place=place, draft=draft, revision=0, by=by, at=at)


def _record(case: CaseOfDemo, one: dict[str, Any], ground: dict[str, Any], *, at: datetime) -> None:
    """Record the fact for the first finding that it settles; a body for which nothing asks for it records nothing."""
    place, kind = case.place(one["body"]), GroundKind(ground["kind"])
    row = queries.commitment_of(place.case_id, place.organisation_id)
    found = next((finding for finding in row.findings if kind in finding.unblocks), None) if row else None
    if found is None:
        return
    by, on = case.people.anybody(one["body"]), _day(case, ground)
    committing.record_ground(place=place, kind=kind, finding=found.code, number=ground["number"], on=on, by=by, at=at)


def _bind(case: CaseOfDemo, one: dict[str, Any], *, at: datetime) -> None:
    by = case.people.person(one["body"], "課長", Role.APPROVER)
    place = case.place(one["body"])
    row = queries.commitment_of(place.case_id, place.organisation_id)
    if row is not None:
        committing.commit(place=place, knows_blocks=True, revision=row.revision, by=by, at=at)


def _day(case: CaseOfDemo, ground: dict[str, Any]) -> date:
    return case.on(ground["on"])

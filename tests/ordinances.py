"""Rows of a body's own ordinance, for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kyodo.core import clock
from kyodo.core.organisations.models import Organisation
from kyodo.core.statutes import actions
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.rules import Level, RowDraft, Sure
from tests.region import Region


def own_row(
    rule: str = "council_vote_property", kind: str = "", *, value: int | None = 70_000_000, **told: Any
) -> RowDraft:
    """A row that an ordinance of 1964 gives; higher than any class's floor."""
    facts: dict[str, Any] = {
        "valid_from": date(2020, 4, 1),
        "valid_until": None,
        "article": "第3条",
        "sure": Sure.SEEN,
        "law": "議会の議決に付すべき契約及び財産の取得又は処分に関する条例",
        "number": "昭和39年条例第12号",
        "enacted_on": date(1964, 3, 30),
        **told,
    }
    return RowDraft(
        rule=rule,
        kind=kind,
        level=Level.BODY,
        body_class=None,
        value=None if value is None else Decimal(value),
        **facts,
    )


def coordinating(region: Region) -> dict[str, Any]:
    """Who acts, and when: the coordinator, now."""
    return {"by": region.coordinator.actor, "at": clock.now()}


def added(region: Region, draft: RowDraft | None = None, *, body: Organisation | None = None) -> Statute:
    """A row of a body (of the village) that the coordinator wrote."""
    organisation = body or region.village
    key = actions.add_row(organisation=organisation, draft=draft or own_row(), reason="", **coordinating(region))
    return Statute.objects.get(pk=key)

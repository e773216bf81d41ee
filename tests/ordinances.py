"""Rows of a body's own ordinance, for tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kyodo.core.statutes.rules import Level, RowDraft, Sure


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

"""Of two who write the same at once, the first is done and the second is told: never overwritten, never an error."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from kyodo.modules.procurement.actions.refusals import CaseChanged
from kyodo.modules.procurement.models import JointProcurement
from kyodo.modules.procurement.rules.case import OPEN, CaseState


@contextmanager
def first_come() -> Iterator[None]:
    """Around a row of which there may be one: that there was none a moment ago does not mean that there is none now."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as second:
        raise CaseChanged from second


def claim(
    case: JointProcurement, *, revision: int, states: Collection[CaseState] = OPEN, values: dict[str, Any] | None = None
) -> None:
    """Take a case's next revision, if nobody has since `revision` was read; with `values` that it gets."""
    same = JointProcurement.objects.filter(pk=case.pk, revision=revision, state__in=states)
    if not same.update(**(values or {}), revision=F("revision") + 1):
        raise CaseChanged

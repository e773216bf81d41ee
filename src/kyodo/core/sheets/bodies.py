"""The bodies whose rows people add to a sheet: each is named by its code, and the own one need not be."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.organisations.models import Organisation
from kyodo.core.sheets.compare import ReadRow
from kyodo.engines.words import _

CODE = "code"  # the column in which the code stands
UNKNOWN_BODY = _("この団体コードの団体はないか、あなたが世話する団体ではありません。")


def places(
    actor: Actor, new: Sequence[ReadRow], *, kept: QuerySet[Organisation]
) -> list[tuple[ReadRow, Organisation | None]]:
    """Each new row with its body among those that the actor keeps, the own one where no code is told; else with None.

    One query, however many rows they are.
    """
    bodies = list(kept.order_by())
    by_code = {body.code: body for body in bodies if body.code}
    mine = next((body for body in bodies if body.pk == actor.organisation_id), None)
    return [(row, by_code.get(str(code)) if (code := row.values.get(CODE)) else mine) for row in new]

"""What the record gives to the first page: to an auditor, the latest entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from kyodo.core.access.doors import acting
from kyodo.core.audit.record import head
from kyodo.core.home.panels import Panel, Place, register
from kyodo.core.ledger import lists, queries
from kyodo.core.ledger.permissions import Permission

SHOWN = 10


def hand_over() -> None:
    """Put the panel on the first page."""
    register(Panel(Place.DESK, 30, "ledger/panel.html", latest))


def latest(request: HttpRequest) -> Mapping[str, Any] | None:
    """The latest entries, a sentence each, for whoever may prove the record."""
    actor = acting(request)
    if not actor.may(Permission.EXPORT):
        return None
    entries = queries.visible_to(actor).order_by("-sequence").values_list(*queries.FIELDS)[:SHOWN]
    rows = [{"at": row.at, "sentence": lists.sentence(row)} for row in queries.rows(entries)]
    return {"rows": rows, "count": head()[0]}

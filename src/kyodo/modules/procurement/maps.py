"""The region's tile map, as a case colours it: who takes part as what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kyodo.core.organisations.queries import Body, municipalities
from kyodo.core.ui.tiles import DARKEST, Tile, TileDrawing, draw
from kyodo.modules.procurement.queries.story import MemberRow
from kyodo.modules.procurement.rules.case import MEMBER_WORDS, MemberRole


def members(rows: Sequence[MemberRow]) -> TileDrawing | None:
    """The bodies in a case; None for a region without a map."""
    inside = {row.organisation_id: row for row in rows}

    def tile(body: Body) -> dict[str, Any]:
        row = inside.get(body.id)
        if row is None:
            return {}
        if row.left_at is not None:
            return {"shown": gettext("離脱"), "shade": 1}
        is_lead = row.role is MemberRole.LEAD
        shade = 2 if row.role is MemberRole.OBSERVER else DARKEST
        return {"shown": gettext(MEMBER_WORDS[row.role]), "shade": shade, "chosen": is_lead}

    count = sum(row.buys for row in rows)
    title = ngettext("いっしょに調達する%(count)d団体", "いっしょに調達する%(count)d団体", count) % {"count": count}
    tiles = [
        Tile(column=body.column, row=body.row, apart=body.apart, label=body.label, name=body.name, **tile(body))
        for body in municipalities()
        if body.column is not None and body.row is not None
    ]
    return draw(tiles, title=title, heading=gettext("かかわり"), labelled=False) if len(tiles) > 1 else None

"""The region's tile map, as needs colour it: where one was solved together, and who has the same trouble."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Any

from django.utils.translation import gettext, ngettext

from kyodo.core.organisations.queries import Body, municipalities
from kyodo.core.ui.tiles import DARKEST, Tile, TileDrawing, draw, shade_of


def solved(counts: Mapping[int, int]) -> dict[str, Any] | None:
    """How many needs each body solved with others; None for a region without a map."""
    highest = max(counts.values(), default=0)

    def tile(body: Body) -> dict[str, Any]:
        number = counts.get(body.id, 0)
        return {"shown": str(number), "shade": shade_of(number, highest)}

    drawing = _drawn(tile, title=gettext("直近12か月に一緒に解決した相談の数"), heading=gettext("件"))
    return {"drawing": drawing} if drawing else None


def same_trouble(*, owner: int | None, joined: Set[int]) -> TileDrawing | None:
    """The body that posted a need (where it is named) and those that joined."""

    def tile(body: Body) -> dict[str, Any]:
        if body.id == owner:
            return {"shown": gettext("投稿"), "shade": DARKEST, "chosen": True}
        return {"shown": gettext("うちも"), "shade": DARKEST} if body.id in joined else {}

    count = len(joined)
    title = ngettext("「うちも」と加わった%(count)d団体", "「うちも」と加わった%(count)d団体", count) % {"count": count}
    return _drawn(tile, title=title, heading=gettext("かかわり"), labelled=False)


def _drawn(
    tile: Callable[[Body], dict[str, Any]], *, title: str, heading: str, labelled: bool = True
) -> TileDrawing | None:
    tiles = [
        Tile(column=body.column, row=body.row, apart=body.apart, label=body.label, name=body.name, **tile(body))
        for body in municipalities()
        if body.column is not None and body.row is not None
    ]
    return draw(tiles, title=title, heading=heading, labelled=labelled) if len(tiles) > 1 else None

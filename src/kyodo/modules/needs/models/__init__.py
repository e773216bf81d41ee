"""The tables of needs, an aggregate a file."""

from __future__ import annotations

from kyodo.modules.needs.models.answer import NeedMeasure, NeedRating, NeedRoute
from kyodo.modules.needs.models.need import PUBLIC, Need, NeedBacking, NeedFollow, NeedMerge, NeedQuerySet, NeedStep

__all__ = [
    "PUBLIC",
    "Need",
    "NeedBacking",
    "NeedFollow",
    "NeedMeasure",
    "NeedMerge",
    "NeedQuerySet",
    "NeedRating",
    "NeedRoute",
    "NeedStep",
]

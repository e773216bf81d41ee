"""Tile maps: every place of a region as one square of the same size, near where it lies. Pure Python, numpy, scipy.

A map of areas shows forest; a region's smallest town then looks like its largest. One tile a body gives each the same
weight, and fits on a logo, a phone and a printed page. README.md tells how a layout is made and how good it is.
"""

from kyodo.engines.tilemap.adjust import Adjusted, Conflict, ConflictCode, adjust
from kyodo.engines.tilemap.layout import Cell, Place, TileMap
from kyodo.engines.tilemap.quality import Quality, measure
from kyodo.engines.tilemap.solver import lay_out

__all__ = [
    "Adjusted",
    "Cell",
    "Conflict",
    "ConflictCode",
    "Place",
    "Quality",
    "TileMap",
    "adjust",
    "lay_out",
    "measure",
]

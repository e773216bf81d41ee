"""What was read so far: each value with the place where it stood, so that later checks can name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from kyodo.engines.award.problem import Demand, Evaluation, Item, LotKey, Offer, Package, Rules, Supplier

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Placed(Generic[Value]):
    """A value and its JSON path."""

    where: str
    value: Value


@dataclass(frozen=True, slots=True)
class Draft:
    """All parts of a document, each sound by itself."""

    items: list[Placed[Item]]
    demands: list[Placed[Demand]]
    reserves: dict[LotKey, tuple[str, int | None]]
    suppliers: list[Placed[Supplier]]
    offers: list[Placed[Offer]]
    packages: list[Placed[Package]]
    rules: Rules
    evaluation: Evaluation

"""The parts of a case, each with a page of its own: how its card on the case's page is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.queries.story import CaseStory


@dataclass(frozen=True, slots=True)
class PartCard:
    """A part in short: its name, its page, one line of where it stands, and whether it waits for the reader."""

    label: str
    address: str
    line: str
    waits: str = ""  # what the reader is to do there now; empty where nothing waits for them
    minutes: int | None = None


# Each part (survey, alignment, market, estimates, commitment) tells its card, None where the reader has none.
Teller = Callable[[CaseStory, Actor], PartCard | None]
TELLERS: tuple[Teller, ...] = ()


def cards(story: CaseStory, *, actor: Actor) -> list[PartCard]:
    """The cards of all parts that there are for the reader, in the order of the work."""
    return [card for teller in TELLERS if (card := teller(story, actor)) is not None]

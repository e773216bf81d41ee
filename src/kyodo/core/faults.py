"""What is wrong with what somebody handed in, all of it at once, and the refusal that carries it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kyodo.core import plain_text
from kyodo.engines.words import _

FARTHEST = timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with what was handed in: in which field, and a sentence to translate."""

    field: str
    sentence: str


class Faulty(Exception):
    """Something is wrong with what was handed in; `faults` names all of it. Each part's refusal is one of these."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.sentence}" for fault in self.faults))


class Changed(Exception):
    """Somebody else changed what was to be written since it was read."""


def of_line(key: int | str, faults: Iterable[Fault]) -> Iterator[Fault]:
    """The faults of one line of several: their fields get the line's key, as the form names them."""
    for fault in faults:
        yield Fault(f"{fault.field}-{key}", fault.sentence)


def fault_of_text(field: str, text: str, length: tuple[int, int], *, one_line: bool = False) -> Iterator[Fault]:
    """What is wrong with a text, if anything."""
    fault = plain_text.fault_of(text, shortest=length[0], longest=length[1], one_line=one_line)
    if fault:
        yield Fault(field, fault)


def fault_of_day(field: str, day: date | None, *, today: date) -> Iterator[Fault]:
    """What is wrong with a day to come, if anything; none need be given."""
    if day is None:
        return
    if day < today:
        yield Fault(field, _("今日より後の日を選んでください。"))
    elif day > today + FARTHEST:
        yield Fault(field, _("10年より先の日は選べません。"))

"""更新レーダー: what ends when in the region, and who could buy together since their contracts end together. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kyodo.modules.procurement.rules.timeline import Entry as Joined
from kyodo.modules.procurement.rules.timeline import best_start, entry, month_of, months_between

MONTHS_AHEAD = 36
APART = 3  # months by which ends may differ from the middle of a group: longer is seldom bridged by an extension


@dataclass(frozen=True, slots=True)
class End:
    """A contract that ends. `is_free`: its body is in no case of the kind, and does not go on by itself."""

    organisation_id: int
    organisation: str
    kind: str
    item: str
    ends_on: date
    is_free: bool = True


@dataclass(frozen=True, slots=True)
class Companion:
    """A body in a group: when its last contract of the kind in it ends, for what, and how it would come in."""

    organisation_id: int
    organisation: str
    ends_on: date
    items: tuple[str, ...]
    joins: Joined


@dataclass(frozen=True, slots=True)
class Together:
    """Bodies whose contracts of a kind end so near one another that they could buy together from `starts_on`."""

    kind: str
    first: date
    last: date
    starts_on: date
    bodies: tuple[Companion, ...]


def month_after(day: date, months: int) -> date:
    """The first day of the month that comes `months` after that of a day."""
    year, index = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, index + 1, 1)


def months_of(told: Iterable[End]) -> dict[str, dict[date, set[str]]]:
    """Names of bodies by kind and month in which something of theirs ends."""
    made: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in told:
        made[one.kind][month_of(one.ends_on)].add(one.organisation)
    return {kind: {month: found[month] for month in sorted(found)} for kind, found in made.items()}


def groups(told: Iterable[End], *, months: dict[str, int]) -> list[Together]:
    """Who could join together, the soonest first: the month around which most bodies end is taken, then the next.

    `months`: how long a contract of each kind usually runs, which says who would come too late to come in at all.
    """
    free: dict[str, list[End]] = defaultdict(list)
    for one in told:
        if one.is_free:
            free[one.kind].append(one)
    found = []
    for kind, left in free.items():
        while chosen := _densest(left):
            found.append(_group(kind, chosen, months.get(kind, 12)))
            left = [one for one in left if one not in chosen]
    return sorted(found, key=lambda group: (group.starts_on, group.kind))


def _densest(left: Sequence[End]) -> list[End]:
    """The ends around the month that has most bodies within reach; nothing where none has two."""
    best: list[End] = []
    most = 1
    for month in sorted({month_of(one.ends_on) for one in left}):
        near = [one for one in left if abs(months_between(month, one.ends_on)) <= APART]
        if (count := len({one.organisation_id for one in near})) > most:
            best, most = near, count
    return best


def _group(kind: str, chosen: Sequence[End], months: int) -> Together:
    first, last = min(one.ends_on for one in chosen), max(one.ends_on for one in chosen)
    start = best_start((one.ends_on for one in chosen), since=first, until=month_after(last, 1))
    assert start is not None, "something ends in a group"
    by_body: dict[int, list[End]] = defaultdict(list)
    for one in chosen:
        by_body[one.organisation_id].append(one)
    bodies = []
    for key, ends in by_body.items():
        until = max(one.ends_on for one in ends)
        joins = entry(until, has_contract=True, starts_on=start, months=months)
        items = tuple(dict.fromkeys(one.item for one in ends))
        bodies.append(Companion(key, ends[0].organisation, until, items, joins))
    return Together(kind, first, last, start, tuple(bodies))

"""When which body can join: the ends of the contracts that run now, and how a gap is bridged. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kyodo.engines.words import _

LONGEST_BRIDGE = 12  # months: more is no bridge but a contract of its own


class Joining(StrEnum):
    """How a body comes into a contract that begins on a day."""

    FREE = "free"
    ON_TIME = "on_time"
    BRIDGE = "bridge"
    LATER = "later"
    APART = "apart"
    UNKNOWN = "unknown"


JOINING_WORDS: dict[Joining, str] = {
    Joining.FREE: _("契約なし：はじめから参加できる"),
    Joining.ON_TIME: _("終了と同時に参加できる"),
    Joining.BRIDGE: _("延長または短期契約でつなぐ"),
    Joining.LATER: _("契約が終わってから途中参加"),
    Joining.APART: _("つなぐには長すぎる：先に単独で契約するか、見送る"),
    Joining.UNKNOWN: _("契約の終わりがわからない"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """How and from when a body can join. `months`: to be bridged before the start, or missed after it."""

    how: Joining
    from_month: date | None
    months: int = 0


def month_of(day: date) -> date:
    """The first day of a month."""
    return day.replace(day=1)


def months_between(first: date, second: date) -> int:
    """Whole calendar months from the month of `first` to that of `second`."""
    return (second.year - first.year) * 12 + second.month - first.month


def entry(until: date | None, *, has_contract: bool | None, starts_on: date, months: int) -> Entry:
    """How a body whose contract ends on `until` joins a contract of `months` that begins on `starts_on`.

    A contract that ends on the last day before the start needs no bridge; one that ends later lets the body join the
    month after, if something of the common contract is left then.
    """
    if has_contract is False:
        return Entry(Joining.FREE, month_of(starts_on))
    if until is None:
        return Entry(Joining.UNKNOWN, None)
    free_from = until + timedelta(days=1)
    gap = months_between(free_from, starts_on)
    if free_from <= starts_on and gap == 0:
        return Entry(Joining.ON_TIME, month_of(starts_on))
    if free_from < starts_on:
        how = Joining.BRIDGE if gap <= LONGEST_BRIDGE else Joining.APART
        return Entry(how, month_of(starts_on), gap)
    late = months_between(starts_on, free_from) + (free_from.day > 1)
    if late >= months:
        return Entry(Joining.APART, None, late)
    year, month = divmod(starts_on.year * 12 + starts_on.month - 1 + late, 12)
    return Entry(Joining.LATER, date(year, month + 1, 1), late)


def best_start(ends: Iterable[date], *, since: date, until: date) -> date | None:
    """The month between two days for which the fewest months are bridged or missed; the earliest of equals."""
    known = Counter(month_of(end + timedelta(days=1)) for end in ends)
    if not known:
        return None
    candidates = []
    month = month_of(since)
    while month <= until:
        cost = sum(count * abs(months_between(end, month)) for end, count in known.items())
        candidates.append((cost, month))
        month = (month + timedelta(days=32)).replace(day=1)
    return min(candidates)[1] if candidates else None

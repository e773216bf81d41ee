"""What the calendar backwards needs to know of the bodies of a case: sessions, budget deadlines, who has to vote."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from kyodo.core.field_calendar import queries as field_calendar
from kyodo.core.field_calendar.rules import Kind
from kyodo.engines.calendar import fiscal_year
from kyodo.modules.procurement.queries.alignment import buyers_of
from kyodo.modules.procurement.queries.commitment import commitments_of
from kyodo.modules.procurement.rules.backwards import BodyDates, Deadline, Session
from kyodo.modules.procurement.rules.law.council import CONTRACT_VOTES

BACK = timedelta(days=550)


def dates_of(case_id: int, *, starts_on: date) -> list[BodyDates]:
    """The bodies that buy, with their sessions and the deadline of the fiscal year in which it starts.

    Those vote on the contract of whom the law asks it and that have not voted yet; on the agreement of the way (規約)
    each council votes anyhow, and the calendar plans that by itself.
    """
    buyers = buyers_of(case_id)
    voting = {
        row.organisation_id
        for row in commitments_of(case_id)
        if any(one.code in CONTRACT_VOTES and one.settled_by is None for one in row.findings)
    }
    sessions: dict[int, list[Session]] = defaultdict(list)
    for day in field_calendar.sessions_of(list(buyers), starts_on - BACK, starts_on):
        session = Session(day.name, day.first, day.last, day.bills_due_on, day.is_estimate)
        sessions[day.organisation_id].append(session)
    year = fiscal_year(starts_on)
    deadlines = {
        body.id: Deadline(day.first, day.is_estimate)
        for body in field_calendar.year_of(year - 1)
        for day in body.days
        if day.kind is Kind.BUDGET and day.fiscal_year == year
    }
    return [
        BodyDates(
            body,
            name,
            tuple(sessions[body]),
            {year: deadlines[body]} if body in deadlines else {},
            needs_vote=body in voting,
        )
        for body, name in buyers.items()
    ]

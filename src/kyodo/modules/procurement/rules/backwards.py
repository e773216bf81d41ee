"""The calendar backwards: from the wished start to the day on which the survey has to begin.

Three anchors pull on the steps: the wished start, the sessions of councils that have to vote, and the day until which
each body asks for its budget, which comes before all. Each step is due on the earliest day that one of them asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kyodo.engines.calendar import fiscal_year, is_business_day, last_business_day
from kyodo.engines.words import _
from kyodo.modules.procurement.rules.methods import Row, Step, Table, table

NONE: frozenset[date] = frozenset()
# Bills are handed in so many open days before a session begins, where the body has not said its day.
BILLS_BEFORE = 10

LATE = _("もう過ぎています。")
BEGIN_LATE = _("{days}日かかるので、もう始めていなければなりません。")
NO_SESSION = _("契約の予定日までに終わる議会がありません。臨時会か、開始の延期を相談してください。")
NO_DEADLINE = _("この年度の予算要求の締切がわかりません。")
DEBT = _("{year}年度の予算で払う契約を、その前の年度に結びます。債務負担行為が要ります。")
SUPPLEMENTARY = _("当初予算の締切を過ぎています。補正予算か、開始の延期を相談してください。")


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a council. `bills_due_on` is None where the body has not said it."""

    name: str
    first: date
    last: date
    bills_due_on: date | None = None
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """The day until which a budget is asked for."""

    on: date
    is_estimate: bool = False


@dataclass(frozen=True, slots=True)
class BodyDates:
    """A body: its sessions, its budget deadlines by the fiscal year that is asked for, days on which it is closed."""

    id: int
    name: str
    sessions: tuple[Session, ...] = ()
    budget_deadlines: Mapping[int, Deadline] = field(default_factory=dict)
    needs_vote: bool = False
    closed: frozenset[date] = NONE


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with the day until which it is done (`due`) and the one on which it begins; of one body, or of all.

    `note` is a sentence with gaps for `facts`; `name` is what the body calls its session. `due` is None where nothing
    fits or is known.
    """

    code: str
    who: str
    due: date | None
    begin: date | None
    days: int = 0
    unit: str = "open"
    article: str = ""
    papers: tuple[str, ...] = ()
    body_id: int | None = None
    body: str = ""
    name: str = ""
    is_estimate: bool = False
    is_late: bool = False
    note: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Backwards:
    """The whole calendar. `steps` in order of their days, budget deadlines before all else."""

    wished_start: date
    contract_on: date
    fiscal_year: int
    steps: tuple[PlannedStep, ...]

    @property
    def budget(self) -> tuple[PlannedStep, ...]:
        """The budget deadlines of the bodies."""
        return tuple(step for step in self.steps if step.code == "budget_request")

    @property
    def late(self) -> tuple[PlannedStep, ...]:
        """What is late already."""
        return tuple(step for step in self.steps if step.is_late)


def calendar_backwards(
    method: Row,
    way: Row,
    *,
    wished_start: date,
    bodies: Sequence[BodyDates],
    today: date,
    notice_days: int | None = None,
    closed: Set[date] = NONE,
    of: Table | None = None,
) -> Backwards:
    """All steps, counted backwards from the wished start. `notice_days` is what the lead body's own rules say."""
    rows = of or table()
    plan = _Plan(today, closed)
    after = [step for step in method.steps if step.code in {"order", "preparation"}]
    contract_due = plan.back_over(after, last_business_day(wished_start, also=closed))
    opening, award_by = _with_votes(plan, method, contract_due, bodies)
    market = plan.chain(_until_award(method, notice_days), award_by)
    before_market = plan.chain(opening, market.opens)
    agreed = _with_way(plan, way, before_market.begin, bodies)
    committed = plan.chain(rows.after_budget, agreed)
    year = fiscal_year(wished_start)
    plan.tell_of_debt(year)
    asked = _budgets(plan, bodies, year)
    first = min([committed.begin, *(plan.back(day, 1, "open") for day in asked)])
    plan.chain(rows.before_budget, first)
    return Backwards(wished_start, contract_due, year, tuple(sorted(plan.steps, key=_place)))


@dataclass(frozen=True, slots=True)
class _Chained:
    """When a chain of steps begins, and when its first public step does."""

    begin: date
    opens: date


class _Plan:
    """Steps as they are found, from the last to the first."""

    def __init__(self, today: date, closed: Set[date]) -> None:
        self.today, self.closed = today, closed
        self.steps: list[PlannedStep] = []

    def back(self, day: date, days: int, unit: str) -> date:
        """The day that lies so many days before; an open one."""
        if unit == "all":
            return last_business_day(day - timedelta(days=days), also=self.closed)
        while days > 0:
            day -= timedelta(days=1)
            days -= is_business_day(day, also=self.closed)
        return last_business_day(day, also=self.closed)

    def back_over(self, steps: Sequence[Step], due: date) -> date:
        """Put steps down from the last one, which is due on a day; when what comes before them is due."""
        for step in reversed(steps):
            begin = self.back(due, step.days, step.unit)
            self.steps.append(self._planned(step, due, begin))
            due = begin
        return due

    def chain(self, steps: Sequence[Step], due: date) -> _Chained:
        """The same; when the chain begins and when the market first hears of it."""
        opens = due
        for step in reversed(steps):
            begin = self.back_over([step], due)
            opens = begin if step.opens else opens
            due = begin
        return _Chained(due, opens)

    def of_body(self, step: PlannedStep, *, late: str = LATE) -> None:
        """Put a body's own step down."""
        if step.due is not None and step.due < self.today:
            step = _marked(step, late)
        self.steps.append(step)

    def tell_of_debt(self, year: int) -> None:
        """A contract before the year in which it is paid needs more than that year's budget."""
        for number, step in enumerate(self.steps):
            if step.code == "contract" and step.due and fiscal_year(step.due) < year and not step.note:
                self.steps[number] = replace(step, note=DEBT, facts={"year": year})

    def _planned(self, step: Step, due: date, begin: date) -> PlannedStep:
        planned = PlannedStep(step.code, step.who, due, begin, step.days, step.unit, step.article, step.papers)
        if due < self.today:
            return _marked(planned, LATE)
        if begin < self.today:
            return _marked(planned, BEGIN_LATE, days=step.days)
        return planned


def _marked(step: PlannedStep, note: str, **facts: int) -> PlannedStep:
    return replace(step, is_late=True, note=note, facts=facts)


def _until_award(method: Row, notice_days: int | None) -> list[Step]:
    """The steps from the first public one to the award, with the notice as long as the body's rules say."""
    codes = [step.code for step in method.steps]
    opens = next((number for number, step in enumerate(method.steps) if step.opens), 0)
    steps = method.steps[opens : codes.index("award") + 1]
    return [
        replace(step, days=notice_days, unit="all") if step.is_notice and notice_days is not None else step
        for step in steps
    ]


def _with_votes(plan: _Plan, method: Row, contract_due: date, bodies: Sequence[BodyDates]) -> tuple[list[Step], date]:
    """The contract, and the votes it needs; what comes before the market hears of it, and the award's last day."""
    codes = [step.code for step in method.steps]
    opens = next((number for number, step in enumerate(method.steps) if step.opens), 0)
    between = method.steps[codes.index("award") + 1 : codes.index("contract") + 1]
    award_by = plan.back_over(between, contract_due)
    for body in bodies:
        if body.needs_vote:
            bill = _vote(plan, body, contract_due, vote="council_vote", article="地方自治法96条")
            award_by = min(award_by, bill or award_by)
    return list(method.steps[:opens]), award_by


def _with_way(plan: _Plan, way: Row, due: date, bodies: Sequence[BodyDates]) -> date:
    """The agreement with its votes; when the bodies have to have committed."""
    if not way.steps:
        return due
    last = way.steps[1:] if way.votes else way.steps
    due = plan.back_over(last, due)
    if not way.votes:
        return due
    bills = [_vote(plan, body, due, vote="way_vote", article=way.article) for body in bodies]
    due = min([due, *(bill for bill in bills if bill)])
    return plan.back_over(way.steps[:1], due)


def _vote(plan: _Plan, body: BodyDates, until: date, *, vote: str, article: str) -> date | None:
    """The last session that ends by a day, and when its bills are handed in; None where no session fits."""
    fitting = [session for session in body.sessions if session.last <= until]
    own = PlannedStep(vote, "council", None, None, article=article, body_id=body.id, body=body.name)
    if not fitting:
        plan.steps.append(_marked(own, NO_SESSION))
        return None
    session = max(fitting, key=lambda one: one.last)
    bill = session.bills_due_on or plan.back(session.first, BILLS_BEFORE, "open")
    own = replace(own, name=session.name, is_estimate=session.is_estimate)
    plan.of_body(replace(own, due=session.last, begin=session.first))
    is_estimate = session.is_estimate or session.bills_due_on is None
    handed = replace(own, code="bill", who="bodies", due=bill, begin=bill, papers=("bill",), is_estimate=is_estimate)
    plan.of_body(handed)
    return bill


def _budgets(plan: _Plan, bodies: Iterable[BodyDates], year: int) -> list[date]:
    """The budget deadline of each body; those that are known."""
    known = []
    for body in bodies:
        deadline = body.budget_deadlines.get(year)
        own = PlannedStep("budget_request", "bodies", None, None, body_id=body.id, body=body.name, papers=("estimate",))
        if deadline is None:
            plan.steps.append(replace(own, note=NO_DEADLINE))
            continue
        known.append(deadline.on)
        dated = replace(own, due=deadline.on, begin=deadline.on, is_estimate=deadline.is_estimate)
        plan.of_body(dated, late=SUPPLEMENTARY)
    return known


def _place(step: PlannedStep) -> tuple[int, date, str]:
    return (0 if step.code == "budget_request" else 1, step.due or date.max, step.body)

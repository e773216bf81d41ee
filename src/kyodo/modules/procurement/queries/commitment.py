"""Commitments with what the law says to each: of one body, or of all in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.statutes.queries import books_of
from kyodo.core.statutes.rules import Book
from kyodo.engines.calendar import fiscal_year
from kyodo.modules.procurement.models import (
    CaseMember,
    Commitment,
    CommitmentLine,
    JointProcurement,
    RecordedGround,
)
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import members_held_by, sees_all, visible_to
from kyodo.modules.procurement.queries.estimates import demanded
from kyodo.modules.procurement.rules.case import BUYING, CaseState, ContractForm
from kyodo.modules.procurement.rules.commitment import CommitmentState, merged
from kyodo.modules.procurement.rules.law import (
    Budget,
    CommitmentFacts,
    Finding,
    Ground,
    GroundKind,
    LikePurchase,
    Subject,
    findings_of,
)

COMMITTING = (CaseState.MARKET, CaseState.COMMITMENT)
# After a body committed it may still leave, and facts are still recorded, until the tender is out.
BOUND = (*COMMITTING, CaseState.READY)


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """A commitment with what is to be known about it. `lines`: quantity and form by item."""

    id: int
    case_id: int
    organisation_id: int
    organisation: str
    state: CommitmentState
    amount_yen: int | None
    yearly_yen: int | None
    planned_on: date
    budget: Budget
    budget_year: int | None
    budget_item: str
    note: str
    committed_at: datetime | None
    committed_by: str
    revision: int
    state_since: datetime  # of a draft: since when it is as it is now
    lines: Mapping[int, tuple[int, ContractForm]]
    grounds: tuple[Ground, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law needs to know of the case itself."""

    method: str
    way: str
    months: int
    kind: str


FIELDS = (
    "id",
    "case_id",
    "organisation_id",
    "organisation__name",
    "state",
    "amount_yen",
    "yearly_yen",
    "planned_on",
    "budget",
    "budget_year",
    "budget_item",
    "note",
    "committed_at",
    "committed_by",
    "revision",
    "state_since",
)


def commit_place(actor: Actor, case_id: int, organisation_id: int | None = None) -> CaseMember | None:
    """The place for which the actor commits; None where it has none, has left, or it is not the time."""
    places = members_held_by(actor, Permission.COMMIT).filter(
        case_id=case_id, left_at=None, role__in=BUYING, case__state__in=BOUND
    )
    found: CaseMember | None = places.filter(organisation_id=organisation_id or actor.organisation_id or 0).first()
    return found


def commitment_of(case_id: int, organisation_id: int) -> CommitmentRow | None:
    """A body's commitment."""
    return next(iter(commitments_of(case_id, only=[organisation_id])), None)


def commitments_of(case_id: int, *, only: Collection[int] | None = None) -> list[CommitmentRow]:
    """The commitments of a case (or of some bodies), in the order of their codes, in seven queries."""
    rows = Commitment.objects.filter(case_id=case_id)
    if only is not None:
        rows = rows.filter(organisation_id__in=only)
    found = list(rows.values_list(*FIELDS))
    if not found:
        return []
    keys = [values[0] for values in found]
    lines: dict[int, dict[int, tuple[int, ContractForm]]] = defaultdict(dict)
    told = CommitmentLine.objects.filter(commitment_id__in=keys, item__withdrawn_at=None)
    for commitment, item, quantity, form in told.values_list("commitment_id", "item_id", "quantity", "form"):
        lines[commitment][item] = (quantity, ContractForm(form))
    grounds = _grounds(keys)
    terms = _terms(case_id)
    bodies = {values[2] for values in found}
    books, like = books_of(bodies), like_purchases(case_id, bodies)
    today = clock.today()
    made = []
    for values in found:
        key, case, body, name, state, amount, yearly, planned_on, budget, year, item, note, *written = values
        at, by, revision, since = written
        own_lines, own_grounds = lines[key], tuple(grounds[key])
        facts = _facts(
            terms,
            lines=own_lines,
            amount=amount,
            yearly=yearly,
            planned_on=planned_on,
            budget=Budget(budget),
            budget_year=year,
            grounds=own_grounds,
            like=like.get(body, ()),
        )
        book = books.get(body)
        findings = merged(findings_of(one, book=book, today=today) for one in facts) if book else []
        made.append(
            CommitmentRow(
                key,
                case,
                body,
                name,
                CommitmentState(state),
                amount,
                yearly,
                planned_on,
                Budget(budget),
                year,
                item,
                note,
                at,
                by,
                revision,
                since,
                own_lines,
                own_grounds,
                tuple(findings),
            )
        )
    return made


def _grounds(commitments: Collection[int]) -> dict[int, list[Ground]]:
    grounds: dict[int, list[Ground]] = defaultdict(list)
    recorded = RecordedGround.objects.filter(commitment_id__in=commitments, withdrawn_at=None)
    for commitment, kind, finding, number, on, by in recorded.values_list(
        "commitment_id", "kind", "finding", "number", "on", "by"
    ):
        grounds[commitment].append(Ground(GroundKind(kind), finding, number, on, by))
    return grounds


def like_purchases(case_id: int, bodies: Collection[int]) -> dict[int, tuple[LikePurchase, ...]]:
    """What each body buys of the same kind in other cases of the same fiscal year: splitting is seen by it."""
    here = JointProcurement.objects.filter(pk=case_id).values_list("kind", "starts_on").first()
    if here is None:
        return {}
    kind, starts_on = here
    others = Commitment.objects.filter(organisation_id__in=bodies, case__kind=kind).exclude(case_id=case_id)
    made: dict[int, list[LikePurchase]] = defaultdict(list)
    for body, title, amount, day in (
        others.exclude(amount_yen=None)
        .exclude(state=CommitmentState.LEFT)
        .values_list("organisation_id", "case__title", "amount_yen", "planned_on")
    ):
        if fiscal_year(day) == fiscal_year(starts_on) or abs((day - starts_on).days) < 366:
            made[body].append(LikePurchase(title, amount or 0, day))
    return {body: tuple(found) for body, found in made.items()}


def surveyed(case_id: int, organisation_id: int) -> dict[int, int]:
    """What a body said in the survey, by item: with it a commitment begins."""
    told = demanded(case_id, only=organisation_id).get(organisation_id, {})
    return {item: one.quantity for item, one in told.items() if one.quantity is not None}


def volumes(case_id: int) -> dict[int, dict[int, int]]:
    """Quantities by item and body of all that did not leave: committed where they are, surveyed where not yet."""
    made: dict[int, dict[int, int]] = defaultdict(dict)
    inside = CaseMember.objects.filter(case_id=case_id, left_at=None, role__in=BUYING).values("organisation_id")
    own = Commitment.objects.filter(case_id=case_id, organisation_id__in=inside).exclude(state=CommitmentState.LEFT)
    written = set(own.values_list("organisation_id", flat=True))
    for body, items in demanded(case_id).items():
        for item, one in items.items() if body not in written else ():
            if one.quantity is not None:
                made[item][body] = one.quantity
    lines = CommitmentLine.objects.filter(commitment__in=own, item__withdrawn_at=None)
    for item, body, quantity in lines.values_list("item_id", "commitment__organisation_id", "quantity"):
        made[item][body] = quantity
    return dict(made)


def seen_by(actor: Actor, case_id: int, organisation_id: int) -> bool:
    """A commitment, with its amounts, is seen by its own body, coordinators and auditors."""
    if not visible_to(actor).filter(pk=case_id).exists():
        return False
    return sees_all(actor) or organisation_id == actor.organisation_id


def heard_by(actor: Actor, commitments: set[int], is_internal: bool) -> set[int]:
    """Those of the commitments of which the actor may hear: those that they see."""
    if is_internal and not actor.may(Permission.RUN):
        return set()
    found = Commitment.objects.filter(pk__in=commitments, case__in=visible_to(actor))
    if not sees_all(actor):
        found = found.filter(organisation_id=actor.organisation_id or 0)
    return set(found.values_list("pk", flat=True))


def place_of(commitment_id: int) -> tuple[int, int] | None:
    """Case and body of a commitment."""
    return Commitment.objects.filter(pk=commitment_id).values_list("case_id", "organisation_id").first()


def standing_of(case_id: int) -> dict[int, CommitmentState]:
    """How far each body is bound: no amounts, so all in the case may know."""
    found = Commitment.objects.filter(case_id=case_id).values_list("organisation_id", "state")
    return {body: CommitmentState(state) for body, state in found}


def book_of(organisation_id: int) -> Book | None:
    """The rules that bind a body."""
    return books_of([organisation_id]).get(organisation_id)


def _terms(case_id: int) -> Terms:
    return Terms(*JointProcurement.objects.values_list("method", "way", "months", "kind").get(pk=case_id))


def _facts(
    terms: Terms,
    *,
    lines: Mapping[int, tuple[int, ContractForm]],
    amount: int | None,
    yearly: int | None,
    planned_on: date,
    budget: Budget,
    budget_year: int | None,
    grounds: tuple[Ground, ...],
    like: tuple[LikePurchase, ...],
) -> list[CommitmentFacts]:
    """The commitment as the law looks at it: once for each form in which something is taken, with the whole amount.

    A purchase with a service in it is a purchase for the council, and many years for the budget: the stricter holds.
    """
    forms = dict.fromkeys(form for quantity, form in lines.values() if quantity)
    return [
        _fact(
            terms,
            form,
            amount=amount,
            yearly=yearly,
            planned_on=planned_on,
            budget=budget,
            budget_year=budget_year,
            grounds=grounds,
            like=like,
        )
        for form in forms
    ]


def _fact(terms: Terms, form: ContractForm, *, planned_on: date, **told: Any) -> CommitmentFacts:
    """One form: what is bought is paid at once, the rest over the fiscal years of the term."""
    is_once = form in {ContractForm.PURCHASE, ContractForm.WORKS}
    first = fiscal_year(planned_on)
    last = first if is_once else fiscal_year(_later(planned_on, terms.months))
    return CommitmentFacts(
        subject=Subject(form.value),
        method=terms.method,
        way=terms.way,
        planned_on=planned_on,
        months=None if is_once else terms.months,
        fiscal_years=tuple(range(first, last + 1)),
        **told,
    )


def _later(day: date, months: int) -> date:
    """The last day of so many months from a day on; the 28th stands for the end of every month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28)) - timedelta(days=1)

"""Hand out estimates for the budget, confirm one's own, and record what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.faults import Fault
from kyodo.core.field_calendar.queries import budget_request_deadline
from kyodo.core.files.store import Kept
from kyodo.core.proxy.actions import Entered, enter
from kyodo.core.proxy.rules import SourceDraft
from kyodo.core.proxy.settling import settle
from kyodo.engines.calendar import fiscal_year
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import label_of, sign, tell_bodies
from kyodo.modules.procurement.models import (
    BudgetResult,
    CaseMember,
    Estimate,
    EstimateLine,
    JointProcurement,
)
from kyodo.modules.procurement.queries import estimates
from kyodo.modules.procurement.queries.estimates import Demanded
from kyodo.modules.procurement.queries.people import people_of
from kyodo.modules.procurement.queries.story import ItemRow, items_of
from kyodo.modules.procurement.rules import estimate as rules
from kyodo.modules.procurement.rules.case import BUYING, CaseState, ContractForm, address_of
from kyodo.modules.procurement.rules.estimate import (
    BUDGET_KIND,
    ESTIMATE_KIND,
    BudgetClass,
    BudgetDraft,
    usual_class,
)
from kyodo.modules.procurement.rules.market import FIGURES, FigureDraft
from kyodo.modules.procurement.rules.survey import BUDGET_WORDS

GIVEN_IN = frozenset({CaseState.MARKET, CaseState.COMMITMENT})
NO_RATE = _("消費税の率が、法令の表にありません。法令・例規の表を確かめてください。")
NOBODY = _("意向調査に答えて「関係あり」「未定」とした団体がないので、見積をつくれません。")
NOTHING_NEW = _("どの団体の見積も、前に渡したものと変わりません。")


class Terms(NamedTuple):
    """What the sums of a version stand on beside its lines."""

    fiscal_year: int
    months: int
    tax_percent: Decimal


@action("procurement.estimates_handed_out", _("{who}が共同調達 {subject} の予算要求用見積を渡しました。"))
def hand_out(*, case: JointProcurement, classes: Mapping[int, BudgetClass], by: Actor, at: datetime) -> list[int]:
    """Freeze a version for each body whose figures are new; those bodies. Each has its day to ask for its budget."""
    if case.state not in GIVEN_IN:
        raise CaseChanged
    wanted = estimates.demanded(case.pk)
    bodies = [
        body
        for body in CaseMember.objects.filter(case=case, left_at=None, role__in=BUYING).values_list(
            "organisation_id", flat=True
        )
        if wanted.get(body)
    ]
    if not bodies:
        raise CaseRefused([Fault("", NOBODY)])
    percents = estimates.tax_percents(bodies, clock.day_of(at))
    if len(percents) < len(bodies):
        raise CaseRefused([Fault("", NO_RATE)])
    items, figures = items_of(case.pk), estimates.market_figures(case.pk)
    latest = {row.organisation_id: row for row in estimates.rows(Estimate.objects.filter(case=case).order_by("number"))}
    given = []
    for body in bodies:
        terms = Terms(
            fiscal_year(case.starts_on), rules.months_in_first_year(case.starts_on, case.months), percents[body]
        )
        lines = _lines(case, items, wanted[body], figures, classes, percent=terms.tax_percent)
        if lines and _is_new(latest.get(body), lines, terms):
            number = latest[body].number + 1 if body in latest else 1
            with first_come():
                _freeze(case, body, number, lines, terms, by=by, at=at)
            given.append(body)
    if not given:
        raise CaseRefused([Fault("", NOTHING_NEW)])
    set_due(case, at=at, bodies=given)
    told = _("{subject} の予算要求用見積ができました。確かめて、予算要求に使ってください。")
    address = f"{address_of(case.pk)}estimates/"
    tell_bodies(case, told, by=by, at=at, people=people_of(given), address=address)
    sign(case, changed={"bodies": (None, given)})
    return given


@action("procurement.estimate_confirmed", _("{who}が共同調達 {subject} の予算要求用見積を確かめました。"))
def confirm(*, estimate: Estimate, by: Actor, at: datetime) -> None:
    """The body uses this version for its budget; what was due of it in this step is done."""
    newer = Estimate.objects.filter(
        case_id=estimate.case_id, organisation_id=estimate.organisation_id, number__gt=estimate.number
    )
    mine = Estimate.objects.filter(pk=estimate.pk, confirmed_at=None)
    if newer.exists() or not mine.update(confirmed_at=at, confirmed_by=by.label):
        raise CaseChanged
    set_due(estimate.case, at=at, bodies=[estimate.organisation_id])
    sign(
        estimate.case,
        changed={"version": (None, estimate.number)},
        organisation=estimate.organisation_id,
        kind=ESTIMATE_KIND,
        subject=estimate.pk,
    )


@action("procurement.budget_recorded", _("{who}が共同調達 {subject} の予算の結果を記録しました。"))
def record_budget(*, member: CaseMember, draft: BudgetDraft, revision: int | None, by: Actor, at: datetime) -> int:
    """Keep what a body got in its budget; written anew if nobody did since `revision` was read (None: not there)."""
    if faults := rules.faults_of_budget(draft, today=clock.day_of(at)):
        raise CaseRefused(faults)
    values = {
        "yen": draft.yen,
        "decided_on": draft.decided_on,
        "note": draft.note,
        "recorded_at": at,
        "recorded_by": by.label,
    }
    own = BudgetResult.objects.filter(case=member.case, organisation_id=member.organisation_id, kind=draft.kind)
    before = own.values_list("yen", flat=True).first()
    if before is None:
        with first_come():
            row = BudgetResult.objects.create(
                case=member.case, organisation_id=member.organisation_id, kind=draft.kind, **values
            )
    else:
        if not own.filter(revision=revision or 0).update(**values, revision=F("revision") + 1):
            raise CaseChanged
        row = own.get()
    settle(BUDGET_KIND, row.pk, by=by, at=at)
    set_due(member.case, at=at, bodies=[member.organisation_id])
    sign(
        member.case,
        changed={"budget": (None, draft.kind.value), "yen": (before, draft.yen)},
        organisation=member.organisation_id,
        kind=BUDGET_KIND,
        subject=row.pk,
    )
    return row.pk


def record_budget_by_proxy(
    *,
    member: CaseMember,
    draft: BudgetDraft,
    revision: int | None,
    source: SourceDraft,
    files: Sequence[Kept],
    by: Actor,
    at: datetime,
) -> int:
    """Record a body's budget for it; it is asked to confirm. The number of the record."""

    def act() -> Entered:
        key = record_budget(member=member, draft=draft, revision=revision, by=by, at=at)
        address = f"{address_of(member.case_id)}estimates/{member.organisation_id}/"
        told = [
            [_("予算"), BUDGET_WORDS[draft.kind], True],
            [_("予算額"), f"{draft.yen:,}円", False],
            [_("決まった日"), f"{draft.decided_on:%Y/%m/%d}", False],
        ]
        return Entered(BUDGET_KIND, key, label_of(member.case), address, told)

    return enter(source=source, files=files, act=act, by=by, at=at)


def _lines(
    case: JointProcurement,
    items: Sequence[ItemRow],
    wanted: Mapping[int, Demanded],
    figures: Mapping[int, Sequence[FigureDraft]],
    classes: Mapping[int, BudgetClass],
    *,
    percent: Decimal,
) -> list[EstimateLine]:
    made = []
    for item in items:
        one = wanted.get(item.id)
        if one is None:
            continue
        form = ContractForm(one.form) if one.form else item.form
        cost = rules.unit_cost(figures.get(item.id, ()), own_price=one.price, form=form, percent=percent)
        made.append(
            EstimateLine(
                item_id=item.id,
                name=item.name,
                unit=item.unit,
                quantity=one.quantity,
                is_about=one.is_about,
                budget_class=classes.get(item.id) or usual_class(item.form, case.kind),
                basis=cost.basis,
                answers=cost.answers,
                **{f"initial_{end}": value for end, value in asdict(cost.initial).items()},
                **{f"yearly_{end}": value for end, value in asdict(cost.yearly).items()},
            )
        )
    return made


COMPARED = ("item_id", "quantity", "is_about", "budget_class", "basis", "answers")


def _is_new(last: estimates.EstimateRow | None, lines: Sequence[EstimateLine], terms: Terms) -> bool:
    if last is None or Terms(last.fiscal_year, last.months, last.tax_percent) != terms:
        return True
    if len(last.lines) != len(lines):
        return True
    return any(
        (old.item_id, old.quantity, old.is_about, old.budget_class, old.cost.basis, old.cost.answers)
        != tuple(getattr(new, name) for name in COMPARED)
        or (*asdict(old.cost.initial).values(), *asdict(old.cost.yearly).values())
        != tuple(getattr(new, name) for name in FIGURES)
        for old, new in zip(last.lines, lines, strict=True)
    )


def _freeze(
    case: JointProcurement,
    body: int,
    number: int,
    lines: Sequence[EstimateLine],
    terms: Terms,
    *,
    by: Actor,
    at: datetime,
) -> None:
    day = budget_request_deadline(body, terms.fiscal_year)
    row = Estimate.objects.create(
        case=case,
        organisation_id=body,
        number=number,
        made_at=at,
        made_by=by.label,
        due_on=day.first,
        is_due_assumed=day.is_estimate,
        **terms._asdict(),
    )
    for line in lines:
        line.estimate = row
    EstimateLine.objects.bulk_create(lines)

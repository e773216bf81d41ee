"""What a survey's pages show: how far all are, demand by item, when who can join, what they mean to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from kyodo.core.ui.charts import Bar, BarChart, bar_chart
from kyodo.core.ui.dates import shown_day, shown_full_day, shown_month
from kyodo.core.ui.parts import Link, Tone
from kyodo.modules.procurement.queries import results
from kyodo.modules.procurement.queries import survey as queries
from kyodo.modules.procurement.queries.cases import CaseRow
from kyodo.modules.procurement.queries.story import ItemRow
from kyodo.modules.procurement.queries.survey import LineRow, Progress, ResponseRow
from kyodo.modules.procurement.rules import timeline
from kyodo.modules.procurement.rules.case import FORM_WORDS, ContractForm
from kyodo.modules.procurement.rules.survey import (
    BUDGET_WORDS,
    CONTRACT_WORDS,
    INTENTION_WORDS,
    RELEVANCE_WORDS,
    STAGE_WORDS,
    BudgetState,
    ContractState,
    Intention,
    Relevance,
)
from kyodo.modules.procurement.rules.timeline import JOINING_WORDS
from kyodo.modules.procurement.story.joining import JOINING_TONES, detail_of

BEFORE, AFTER = 6, 30  # months around the wished start in which a better one is looked for


@dataclass(frozen=True, slots=True)
class ShownProgress:
    """How far a body is, in words."""

    row: Progress
    stage: str
    tone: Tone
    when: str
    address: str


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far a survey is: what is asked, of how many, who has answered it, who stays, body by body."""

    asked: int
    asked_words: str
    done: int
    asked_of: int
    staying: int
    progress: tuple[ShownProgress, ...]


@dataclass(frozen=True, slots=True)
class ShownDemand:
    """An item's demand in words."""

    number: int
    name: str
    unit: str
    total: str
    joining: str
    bodies: str
    undecided: int
    nothing: int
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """How a body can join."""

    body: str
    until: str
    how: str
    tone: Tone
    detail: str


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that say the same."""

    label: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """What comes out of a survey."""

    demands: tuple[ShownDemand, ...]
    entries: tuple[ShownEntry, ...]
    ends: BarChart | None
    best_start: str
    intentions: tuple[Group, ...]
    budgets: tuple[Group, ...]
    own: tuple[results.Demand, ...]


@dataclass(frozen=True, slots=True)
class StageLink:
    """A stage as a place to go to."""

    link: Link
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a response in words."""

    row: LineRow
    relevance: str
    contract: str
    budget: str
    form: str
    intention: str


def tell(case: CaseRow, items: Sequence[ItemRow], *, may_see_bodies: bool) -> SurveyPage:
    """What comes out of the survey of a case; what bodies mean to pay is for those who may see their answers."""
    told = results.demands(case.id)
    nothing = results.not_concerned(case.id)
    by_item = results.by_item(told, {item.id: item.unit for item in items}, nothing)
    ends = results.ends_by_body(told)
    known = [end for _name, end, _has in ends.values() if end is not None]
    return SurveyPage(
        demands=tuple(_demand(item, by_item[item.id]) for item in items),
        entries=tuple(_entries(ends.values(), case)),
        ends=_ends(known, case),
        best_start=_best(known, case),
        intentions=_groups(results.by_intention(told)),
        budgets=tuple(
            Group(gettext(BUDGET_WORDS[state]), tuple(sorted(bodies)))
            for state, bodies in sorted(
                results.by_budget(told).items(), key=lambda pair: list(BudgetState).index(pair[0])
            )
        )
        if may_see_bodies
        else (),
        own=tuple(results.own_lines(told)),
    )


def how_far(case_id: int, *, may_see_bodies: bool) -> HowFar:
    """How far the survey of a case is; each body's answers are linked where the reader may open them."""
    progress, asked = queries.progress(case_id), queries.survey_stage(case_id) or 1
    return HowFar(
        asked=asked,
        asked_words=gettext(STAGE_WORDS[asked]),
        done=sum(row.stage >= asked for row in progress),
        asked_of=len(progress),
        staying=sum(row.stays > 0 for row in progress),
        progress=tuple(_progress(row, case_id, asked=asked, linked=may_see_bodies) for row in progress),
    )


def tell_response(row: ResponseRow) -> list[ShownLine]:
    """A body's lines in words."""
    return [_line(line) for line in row.lines]


def stage_links(row: ResponseRow, stage: int) -> list[StageLink]:
    """The stages that are asked, each as a place to go to."""
    return [
        StageLink(Link(gettext(STAGE_WORDS[number]), f"?stage={number}"), row.stage >= number, number == stage)
        for number in STAGE_WORDS
        if number <= row.asked
    ]


def _progress(row: Progress, case_id: int, *, asked: int, linked: bool) -> ShownProgress:
    if row.stage >= asked:
        stage, tone = gettext("回答済み"), Tone.DONE
    elif row.stage or row.answered_at:
        last = gettext(STAGE_WORDS[row.stage]) if row.stage else gettext("途中")
        stage, tone = gettext("{stage}まで").format(stage=last), Tone.GO
    else:
        stage, tone = gettext("未回答"), Tone.PLAIN
    return ShownProgress(
        row,
        stage,
        tone,
        shown_day(row.answered_at),
        f"/procurement/{case_id}/survey/{row.organisation_id}/" if linked else "",
    )


def _demand(item: ItemRow, demand: results.ItemDemand) -> ShownDemand:
    remarks = []
    if demand.other_units:
        units = gettext("、").join(f"{number:,}{unit}" for unit, number in sorted(demand.other_units.items()))
        remarks.append(gettext("単位の違う回答（合計に入れていません）：{units}").format(units=units))
    if demand.without_number:
        count = demand.without_number
        told = ngettext("数量のない回答が%(n)d件あります。", "数量のない回答が%(n)d件あります。", count) % {"n": count}
        remarks.append(told)
    for name, number in demand.outliers:
        remarks.append(gettext("けた違いかもしれません：{body} {number}").format(body=name, number=f"{number:,}"))
    about = gettext("約") if demand.is_about and demand.total else ""
    return ShownDemand(
        number=item.number,
        name=item.name,
        unit=item.unit,
        total=f"{about}{demand.total:,}",
        joining=f"{demand.joining:,}" if demand.joining else "",
        bodies=str(len(demand.bodies)),
        undecided=len(demand.undecided),
        nothing=demand.nothing,
        remarks=tuple(remarks),
    )


def _entries(ends: Iterable[tuple[str, date | None, bool | None]], case: CaseRow) -> Iterable[ShownEntry]:
    for name, end, has in ends:
        entry = timeline.entry(end, has_contract=has, starts_on=case.starts_on, months=case.months)
        how = gettext(JOINING_WORDS[entry.how])
        yield ShownEntry(name, shown_full_day(end), how, JOINING_TONES[entry.how], detail_of(entry))


def _ends(known: Sequence[date], case: CaseRow) -> BarChart | None:
    if not known:
        return None
    months = Counter(timeline.month_of(end) for end in known)
    start = timeline.month_of(case.starts_on)
    bars = [
        Bar(
            label=shown_month(month),
            value=count,
            shown=ngettext("%(n)d団体", "%(n)d団体", count) % {"n": count},
            quiet=month >= start,
        )
        for month, count in sorted(months.items())
    ]
    return bar_chart(
        bars,
        title=gettext("いまの契約が終わる月"),
        headings=(gettext("月"), gettext("団体")),
        description=gettext("薄い色は、希望する利用開始より後に終わる契約です。"),
    )


def _best(known: Sequence[date], case: CaseRow) -> str:
    """The month in which fewest months would have to be bridged or waited for, where that is not the wished one."""
    if len(known) < 2:
        return ""
    start = timeline.month_of(case.starts_on)
    first, last = _shifted(start, -BEFORE), _shifted(start, AFTER)
    best = timeline.best_start(known, since=first, until=last)
    if best is None or best == start:
        return ""
    return shown_month(best)


def _shifted(month: date, by: int) -> date:
    year, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, index + 1, 1)


def _groups(told: dict[Intention | None, set[str]]) -> tuple[Group, ...]:
    order: list[Intention | None] = [*Intention, None]
    return tuple(
        Group(gettext(INTENTION_WORDS[said]) if said else gettext("まだ聞いていない"), tuple(sorted(told[said])))
        for said in order
        if said in told
    )


def _line(line: LineRow) -> ShownLine:
    draft = line.draft
    return ShownLine(
        line,
        relevance=gettext(RELEVANCE_WORDS[Relevance(draft.relevance)]) if draft.relevance else "",
        contract=gettext(CONTRACT_WORDS[ContractState(draft.contract)]) if draft.contract else "",
        budget=gettext(BUDGET_WORDS[BudgetState(draft.budget)]) if draft.budget else "",
        form=gettext(FORM_WORDS[ContractForm(draft.form)]) if draft.form else "",
        intention=gettext(INTENTION_WORDS[Intention(draft.intention)]) if draft.intention else "",
    )

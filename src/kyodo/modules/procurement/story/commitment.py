"""Commitments in words: what the law says, what unblocks, what one body's leaving does to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from kyodo.core.statutes import shown as statutes
from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.core.ui.parts import Tone
from kyodo.modules.procurement.queries import commitment as queries
from kyodo.modules.procurement.queries.commitment import CommitmentRow
from kyodo.modules.procurement.queries.story import CaseStory, ItemRow, MemberRow
from kyodo.modules.procurement.rules.case import FORM_WORDS
from kyodo.modules.procurement.rules.commitment import (
    BUDGET_STATE_WORDS,
    COMMITMENT_WORDS,
    CommitmentState,
    losses,
)
from kyodo.modules.procurement.rules.law import GROUND_WORDS, WEIGHT_WORDS, Finding, Weight

WEIGHT_TONES: dict[Weight, Tone] = {Weight.BLOCKS: Tone.ERROR, Weight.WARNS: Tone.WARN, Weight.TELLS: Tone.PLAIN}
STATE_TONES: dict[CommitmentState, Tone] = {
    CommitmentState.DRAFT: Tone.GO,
    CommitmentState.COMMITTED: Tone.DONE,
    CommitmentState.LEFT: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What the law says, in a sentence, with the article and how sure it is."""

    weight: str
    tone: Tone
    sentence: str
    article: str
    level: str
    sure: str
    figure: str
    unblocks: str
    settled: str


@dataclass(frozen=True, slots=True)
class ShownCommitment:
    """A commitment in words."""

    row: CommitmentRow
    state: str
    tone: Tone
    lines: tuple[tuple[str, str, str], ...]
    amount: str
    budget: str
    planned: str
    committed: str
    findings: tuple[ShownFinding, ...]
    blocks: int
    warns: int


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in the table of all: with a commitment or without one yet."""

    organisation_id: int
    body: str
    state: str
    tone: Tone
    amount: str
    budget: str
    blocks: int
    warns: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far all bodies are: those that have begun, in words; how many are bound; the state by body."""

    states: tuple[tuple[str, str], ...]
    committed: int
    of: Mapping[int, CommitmentState]


@dataclass(frozen=True, slots=True)
class ShownLoss:
    """What the others lose of an item."""

    name: str
    before: str
    after: str
    percent: int


def shown(row: CommitmentRow, items: Sequence[ItemRow]) -> ShownCommitment:
    """A commitment in words."""
    names = {item.id: item for item in items}
    return ShownCommitment(
        row=row,
        state=gettext(COMMITMENT_WORDS[row.state]),
        tone=STATE_TONES[row.state],
        lines=tuple(
            (names[key].name, f"{quantity:,}{names[key].unit}", gettext(FORM_WORDS[form]))
            for key, (quantity, form) in row.lines.items()
            if key in names and quantity
        ),
        amount=yen(row.amount_yen),
        budget=gettext(BUDGET_STATE_WORDS[row.budget]),
        planned=shown_full_day(row.planned_on),
        committed=gettext("{who}（{day}）").format(who=row.committed_by, day=shown_day(row.committed_at))
        if row.committed_at
        else "",
        findings=tuple(finding(one) for one in row.findings),
        blocks=sum(one.weight is Weight.BLOCKS for one in row.findings),
        warns=sum(one.weight is Weight.WARNS for one in row.findings),
    )


def finding(one: Finding) -> ShownFinding:
    """A finding in words, with the row that bites."""
    settled = ""
    if one.settled_by is not None:
        ground = one.settled_by
        settled = gettext("{what} {number}（{day}、{who}が記録）").format(
            what=gettext(GROUND_WORDS[ground.kind]), number=ground.number, day=shown_day(ground.on), who=ground.by
        )
    return ShownFinding(
        weight=gettext(WEIGHT_WORDS[one.weight]),
        tone=Tone.DONE if settled else WEIGHT_TONES[one.weight],
        sentence=sentence_of(one),
        article=one.row.cited if one.row else "",
        level=statutes.whose(one.row) if one.row else "",
        sure=statutes.sure(one.row) if one.row else "",
        figure=statutes.figure_of(one.row),
        unblocks=gettext("、").join(gettext(GROUND_WORDS[kind]) for kind in one.unblocks),
        settled=settled,
    )


def sentence_of(one: Finding) -> str:
    """The sentence of a finding with its facts; numbers are grouped."""
    facts = {key: f"{value:,}" if isinstance(value, int) else value for key, value in one.facts.items()}
    return gettext(one.sentence).format(**facts)


def table(members: Sequence[MemberRow], rows: Sequence[CommitmentRow]) -> list[BodyLine]:
    """All bodies that buy, with how far they are."""
    known = {row.organisation_id: row for row in rows}
    made = []
    for member in members:
        if not member.buys:
            continue
        row = known.get(member.organisation_id)
        if row is None:
            made.append(
                BodyLine(member.organisation_id, member.organisation, gettext("未記入"), Tone.PLAIN, "", "", 0, 0)
            )
            continue
        made.append(
            BodyLine(
                member.organisation_id,
                member.organisation,
                gettext(COMMITMENT_WORDS[row.state]),
                STATE_TONES[row.state],
                yen(row.amount_yen),
                gettext(BUDGET_STATE_WORDS[row.budget]),
                sum(one.weight is Weight.BLOCKS for one in row.findings),
                sum(one.weight is Weight.WARNS for one in row.findings),
            )
        )
    return made


def standing(told: CaseStory) -> Standing:
    """How far the bodies of a case are, without what anybody takes or pays."""
    known = queries.standing_of(told.case.id)
    return Standing(
        states=tuple(
            (member.organisation, gettext(COMMITMENT_WORDS[known[member.organisation_id]]))
            for member in told.buyers
            if member.organisation_id in known
        ),
        committed=sum(known.get(one.organisation_id) is CommitmentState.COMMITTED for one in told.buyers),
        of=known,
    )


def effect_of_leaving(case_id: int, organisation_id: int, items: Sequence[ItemRow]) -> list[ShownLoss]:
    """What the others lose if a body leaves."""
    names: Mapping[int, ItemRow] = {item.id: item for item in items}
    return [
        ShownLoss(
            names[loss.item].name,
            f"{loss.before:,}{names[loss.item].unit}",
            f"{loss.after:,}{names[loss.item].unit}",
            loss.percent,
        )
        for loss in losses(queries.volumes(case_id), organisation_id)
        if loss.item in names
    ]


def yen(amount: int | None) -> str:
    """A sum in words."""
    return "" if amount is None else gettext("{amount}円").format(amount=f"{amount:,}")

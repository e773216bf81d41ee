"""Ask the engine which lines are one thing, and let an officer say so: nothing is joined by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import F

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.jobs.actions import start
from kyodo.core.jobs.registry import JobCard
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.preparing import prepare_survey
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import label_of, sign
from kyodo.modules.procurement.models import CaseItem, ItemProposal, JointProcurement, Survey, SurveyLine
from kyodo.modules.procurement.queries import merging as queries
from kyodo.modules.procurement.rules import case as case_rules
from kyodo.modules.procurement.rules.case import CaseState, ContractForm
from kyodo.modules.procurement.rules.merging import PROPOSAL_KIND, Proposal, ProposalState


@action("procurement.merging_asked", _("{who}が共同調達 {subject} の品目のまとめ方を調べ始めました。"))
def ask(*, case: JointProcurement, job: JobCard, by: Actor, at: datetime) -> UUID:
    """Let a worker look for lines that mean one thing; the id of the job's page."""
    if not Survey.objects.filter(pk=case.pk).exists():
        raise CaseChanged
    uuid = start(job, by=by, at=at, about=label_of(case), case=case.pk)
    sign(case, changed={"lines": (None, queries.without_item(case.pk))})
    return uuid


@action("procurement.lines_proposed", _("{who}が共同調達 {subject} の品目のまとめ方を提案しました。"))
def keep(*, case: JointProcurement, found: list[Proposal], by: Actor, at: datetime) -> int:
    """Keep what the engine proposes; what was open from an earlier run goes. How many there are."""
    ItemProposal.objects.filter(survey_id=case.pk, state=ProposalState.OPEN).delete()
    ItemProposal.objects.bulk_create(
        ItemProposal(
            survey_id=case.pk,
            lines=list(one.lines),
            items=list(one.items),
            thing=one.thing[:100],
            score=one.score,
            shared=[list(pair) for pair in one.shared],
            differs=[[template, dict(facts)] for template, facts in one.differs],
            state=ProposalState.OPEN,
            made_at=at,
        )
        for one in found
    )
    sign(case, changed={"proposals": (None, len(found))})
    return len(found)


@action("procurement.lines_joined", _("{who}が共同調達 {subject} の品目をまとめました。"))
def confirm(
    *, case: JointProcurement, proposal_id: int, name: str, unit: str, keys: list[int], by: Actor, at: datetime
) -> int:
    """Join chosen lines of a proposal to its item, or to a new one of a name and unit; the number of the item."""
    decided = {"state": ProposalState.CONFIRMED, "decided_by": by.label, "decided_at": at}
    open_one = ItemProposal.objects.filter(pk=proposal_id, survey_id=case.pk, state=ProposalState.OPEN)
    if not open_one.update(**decided):
        raise CaseChanged
    proposal = ItemProposal.objects.get(pk=proposal_id)
    lines = queries.lines_without_item(case.pk, keys)
    if case.state != CaseState.SURVEY or len(lines) < len(keys):
        raise CaseChanged
    if not lines or set(keys) - set(proposal.lines):
        raise CaseRefused([Fault("lines", _("まとめる行を選んでください。"))])
    item = next(iter(CaseItem.objects.filter(case=case, pk__in=proposal.items, withdrawn_at=None)), None)
    if item is None:
        item = _new_item(case, name, unit, at=at)
    for line in lines:
        line.item, line.revision = item, line.revision + 1
        line.unit = line.unit or item.unit
    SurveyLine.objects.bulk_update(lines, ["item", "unit", "revision"])
    joined = [line.text for line in lines]
    sign(case, changed={"lines": (None, joined), "item": (None, item.name)}, kind=PROPOSAL_KIND, subject=proposal.pk)
    return item.pk


@action("procurement.lines_kept_apart", _("{who}が共同調達 {subject} の品目を別のものとしました。"))
def deny(*, case: JointProcurement, proposal_id: int, by: Actor, at: datetime) -> None:
    """These are different things: they are not proposed again."""
    proposal = ItemProposal.objects.filter(pk=proposal_id, survey_id=case.pk, state=ProposalState.OPEN)
    if not proposal.update(state=ProposalState.DENIED, decided_by=by.label, decided_at=at):
        raise CaseChanged
    sign(case, changed={"state": (ProposalState.OPEN, ProposalState.DENIED)}, kind=PROPOSAL_KIND, subject=proposal_id)


@action("procurement.line_parted", _("{who}が共同調達 {subject} のまとめた行を外しました。"))
def part(*, case: JointProcurement, line_id: int, by: Actor, at: datetime) -> None:
    """Take a joined line out again: undo."""
    line = SurveyLine.objects.filter(pk=line_id, response__survey_id=case.pk).exclude(text="").exclude(item=None)
    found = line.first()
    if found is None or case.state != CaseState.SURVEY:
        raise CaseChanged
    line.update(item=None, revision=F("revision") + 1)
    sign(case, changed={"item": (found.item_id, None), "lines": (found.text, None)})


def _new_item(case: JointProcurement, name: str, unit: str, *, at: datetime) -> CaseItem:
    faults = [
        *fault_of_text("name", name, case_rules.ITEM_LENGTH, one_line=True),
        *fault_of_text("unit", unit, case_rules.UNIT_LENGTH, one_line=True),
    ]
    if CaseItem.objects.filter(case=case, name=name, withdrawn_at=None).exists():
        faults.append(Fault("name", _("同じ品目が2回あります。")))
    if faults:
        raise CaseRefused(faults)
    last = CaseItem.objects.filter(case=case).order_by("-number").values_list("number", "form").first()
    number, form = last or (0, ContractForm.SERVICE)
    with first_come():
        item = CaseItem.objects.create(case=case, number=number + 1, name=name, unit=unit, form=form)
    prepare_survey(case, at=at)
    set_due(case, at=at)
    return item

"""Ask further in a survey, ask own questions, and answer for a body: in part, in whole, on a sheet or by proxy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import plain
from kyodo.core.faults import Fault, fault_of_text, of_line
from kyodo.core.proxy.settling import settle
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.contracts import note_from_survey
from kyodo.modules.procurement.actions.ordering import put_in_order
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.racing import claim
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import (
    JointProcurement,
    Survey,
    SurveyAnswer,
    SurveyLine,
    SurveyQuestion,
    SurveyResponse,
)
from kyodo.modules.procurement.queries.people import people_of
from kyodo.modules.procurement.queries.survey import draft_of, progress, questions_of
from kyodo.modules.procurement.rules import survey as rules
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.survey import RESPONSE_KIND, STAGE_WORDS, LineDraft, Quantity, QuestionDraft


@dataclass(frozen=True, slots=True)
class OwnLine:
    """Something that a body wants bought and that was not asked about: its words, and what it says of it."""

    text: str
    draft: LineDraft


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a body hands in at once. `lines` by their number; `answers` by question; `seconds` it took, if known.

    `is_final`: the asked stage is answered with this, or what is missing is told; else it is kept as far as it goes.
    """

    lines: Mapping[int, LineDraft]
    own: Sequence[OwnLine] = ()
    answers: Mapping[int, str] = field(default_factory=dict)
    contact: str = ""
    stage: int = 1
    is_final: bool = False
    seconds: int | None = None


@action("procurement.survey_asked", _("{who}が共同調達 {subject} の意向調査を次の段階に進めました。"))
def ask_stage(*, case: JointProcurement, stage: int, by: Actor, at: datetime) -> None:
    """Ask further (or less far) of those who stay; they are told, and what they owe is due again."""
    before = Survey.objects.filter(pk=case.pk).values_list("stage", flat=True).first()
    if before is None or case.state != CaseState.SURVEY or stage not in rules.STAGES:
        raise CaseChanged
    if not Survey.objects.filter(pk=case.pk, stage=before).update(stage=stage):
        raise CaseChanged
    set_due(case, at=at)
    owing = [body.organisation_id for body in progress(case.pk) if body.stage < stage]
    told = _("{subject} の意向調査で「{stage}」をお尋ねします。")
    tell_bodies(case, told, by=by, at=at, people=people_of(owing), words={"stage": STAGE_WORDS[stage]})
    sign(case, changed={"stage": (before, stage)})


@action("procurement.questions_set", _("{who}が共同調達 {subject} の意向調査に質問を加えました。"))
def set_questions(
    *,
    case: JointProcurement,
    questions: Sequence[tuple[int | None, QuestionDraft]],
    revision: int,
    by: Actor,
    at: datetime,
) -> None:
    """Say what is asked beside the items: known questions by number, new ones with None; the others are withdrawn."""
    faults = [
        fault
        for number, (_key, draft) in enumerate(questions)
        for fault in of_line(number, rules.faults_of_question(draft))
    ]
    if len(questions) > rules.MOST_QUESTIONS:
        faults.append(Fault("", _("質問は20までです。減らしてください。")))
    if faults:
        raise CaseRefused(faults)
    if not Survey.objects.filter(pk=case.pk).exists():
        raise CaseChanged
    claim(case, revision=revision)
    before = [row.text for row in questions_of(case.pk)]
    given = [(key, {**asdict(draft), "choices": list(draft.choices)}) for key, draft in questions]
    put_in_order(SurveyQuestion.objects.all(), given, owner={"survey_id": case.pk}, at=at)
    sign(case, changed={"questions": (before, [draft.text for _k, draft in questions])})


@action("procurement.answered", _("{who}が共同調達 {subject} の意向調査に答えました。"))
def answer(*, response: SurveyResponse, sitting: Sitting, revision: int, by: Actor, at: datetime) -> int:
    """Keep what a body says; the last stage that it has answered now. Of two of one body the second is told."""
    case = response.survey.case
    lines = {line.pk: line for line in _lines(response)}
    if set(sitting.lines) - set(lines) or case.state != CaseState.SURVEY:
        raise CaseChanged
    drafts = {key: draft_of(line) for key, line in lines.items()} | dict(sitting.lines)
    faults = _faults(sitting, drafts, case=case, at=at)
    stage = rules.stage_answered([*drafts.values(), *(line.draft for line in sitting.own)])
    if sitting.is_final and not faults and stage < sitting.stage:
        faults = [
            fault
            for key, draft in drafts.items()
            for fault in of_line(key, rules.missing_of_line(draft, stage=sitting.stage))
        ]
    if faults:
        raise CaseRefused(faults)
    changed = _write(response, lines, sitting, drafts, at=at)
    _keep(response, sitting, stage, revision=revision, by=by, at=at)
    settle(RESPONSE_KIND, response.pk, by=by, at=at)
    set_due(case, at=at, bodies=[response.organisation_id])
    sign(
        case,
        changed=changed,
        organisation=response.organisation_id,
        kind=RESPONSE_KIND,
        subject=response.pk,
    )
    return stage


def store(line: SurveyLine, draft: LineDraft) -> None:
    """Put what was said into a line, with the number that its quantity stands for."""
    for name in LineDraft.__dataclass_fields__:
        setattr(line, name, getattr(draft, name))
    read = rules.read_quantity(draft.quantity_said)
    quantity = read if isinstance(read, Quantity) else Quantity(None)
    line.quantity, line.is_about = quantity.number, quantity.is_about
    if quantity.is_lump and not line.unit:
        line.unit = "式"
    line.revision += 1


STORED = (*LineDraft.__dataclass_fields__, "quantity", "is_about", "revision")


def _faults(sitting: Sitting, drafts: Mapping[int, LineDraft], *, case: JointProcurement, at: datetime) -> list[Fault]:
    today = clock.day_of(at)
    faults = [fault for key in sitting.lines for fault in of_line(key, rules.faults_of_line(drafts[key], today=today))]
    for number, own in enumerate(sitting.own):
        faults += fault_of_text(f"own_text-{number}", own.text, rules.TEXT_LENGTH, one_line=True)
        faults += [
            Fault(f"own_{fault.field}-{number}", fault.sentence)
            for fault in rules.faults_of_line(own.draft, today=today)
        ]
    if sitting.answers:
        known = {row.id: row for row in questions_of(case.pk)}
        for key, value in sitting.answers.items():
            if key not in known:
                raise CaseChanged
            if sentence := rules.fault_of_answer(known[key].kind, known[key].choices, value):
                faults.append(Fault(f"question-{key}", sentence))
    faults += fault_of_text("contact", sitting.contact, (0, rules.CONTACT_LENGTH), one_line=True)
    return faults


def _write(
    response: SurveyResponse,
    lines: Mapping[int, SurveyLine],
    sitting: Sitting,
    drafts: Mapping[int, LineDraft],
    *,
    at: datetime,
) -> dict[str, tuple[Any, Any]]:
    """Write what changed; it, for the record."""
    changed: dict[str, tuple[Any, Any]] = {}
    touched = []
    made = []
    for key in sitting.lines:
        line = lines[key]
        if differing := rules.changed_fields(draft_of(line), drafts[key]):
            for name, (before, after) in differing.items():
                changed[f"{name} #{key}"] = (plain(before), plain(after))
            store(line, drafts[key])
            touched.append(line)
    SurveyLine.objects.bulk_update(touched, STORED)
    room = rules.MOST_OWN_LINES - sum(bool(line.text) for line in lines.values())
    for own in sitting.own[: max(0, room)]:
        line = SurveyLine(response=response, text=own.text)
        store(line, own.draft)
        line.save()
        made.append(line)
        changed[f"own #{line.pk}"] = (None, own.text)
    note_from_survey(response, [*touched, *made], at)
    for key, value in sitting.answers.items():
        if value:
            SurveyAnswer.objects.update_or_create(question_id=key, response=response, defaults={"value": value})
        else:
            SurveyAnswer.objects.filter(question_id=key, response=response).delete()
        changed[f"question #{key}"] = (None, value)
    return changed


def _lines(response: SurveyResponse) -> QuerySet[SurveyLine]:
    return SurveyLine.objects.filter(response=response, item__withdrawn_at=None).select_related("item")


def _keep(response: SurveyResponse, sitting: Sitting, stage: int, *, revision: int, by: Actor, at: datetime) -> None:
    seconds = dict(response.seconds)
    if sitting.seconds is not None and by.on_behalf_of is None:
        spent = min(max(0, sitting.seconds), rules.LONGEST_SITTING)
        seconds[str(sitting.stage)] = int(seconds.get(str(sitting.stage), 0)) + spent
    same = SurveyResponse.objects.filter(pk=response.pk, revision=revision)
    values = {"stage": stage, "answered_at": at, "answered_by": by.label, "seconds": seconds}
    if sitting.contact:
        values["contact"] = sitting.contact
    if not same.update(**values, revision=F("revision") + 1):
        raise CaseChanged

"""What a body was asked and answered, what it said the last time, and how far all bodies are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from kyodo.core.access.actor import Actor
from kyodo.core.proxy import marks as proxy
from kyodo.modules.procurement.models import (
    CaseMember,
    Survey,
    SurveyAnswer,
    SurveyLine,
    SurveyQuestion,
    SurveyResponse,
)
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import members_held_by, seen_from_inside, sees_all, visible_to
from kyodo.modules.procurement.rules.case import BUYING, CaseState
from kyodo.modules.procurement.rules.survey import (
    RESPONSE_KIND,
    STAYING,
    LineDraft,
    QuestionKind,
)

DRAFT_FIELDS = tuple(one.name for one in fields(LineDraft))


RESPONSE_FIELDS = ("stage", "contact", "revision", "answered_at", "answered_by")


@dataclass(frozen=True, slots=True)
class LineRow:
    """A body's answer about an item, or about something of its own."""

    id: int
    item_id: int | None
    name: str
    unit: str
    note: str
    is_own: bool
    revision: int
    draft: LineDraft


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """An own question, with what the body answered."""

    id: int
    number: int
    text: str
    why: str
    kind: QuestionKind
    choices: tuple[str, ...]
    stage: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """Everything that a body was asked and answered. `asked`: the stage that is asked now; `stage`: the last done."""

    id: int
    case_id: int
    organisation_id: int
    organisation: str
    asked: int
    stage: int
    contact: str
    revision: int
    answered_at: datetime | None
    answered_by: str
    by_proxy: str | None
    lines: tuple[LineRow, ...]
    questions: tuple[QuestionRow, ...]

    @property
    def wants(self) -> int | None:
        """The stage that the body is to answer now; None where it has answered what is asked of it."""
        return self.stage + 1 if self.stage < self.asked else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a body is."""

    organisation_id: int
    organisation: str
    code: str
    stage: int
    stays: int
    answered_at: datetime | None
    answered_by: str
    by_proxy: str | None


def lines_held_by(actor: Actor) -> QuerySet[SurveyLine]:
    """The lines that the actor may answer on a sheet: of bodies that buy, in surveys that go on."""
    places = members_held_by(actor, Permission.SHEET).filter(
        left_at=None,
        role__in=BUYING,
        case__state=CaseState.SURVEY,
        organisation_id=OuterRef("response__organisation_id"),
    )
    return SurveyLine.objects.filter(Exists(places.filter(case_id=OuterRef("response__survey_id"))))


def open_for(actor: Actor) -> set[int]:
    """The surveys that go on and that the actor's body answers."""
    places = members_held_by(actor, Permission.SHEET).filter(
        left_at=None, role__in=BUYING, case__state=CaseState.SURVEY, organisation_id=actor.organisation_id or 0
    )
    return set(places.values_list("case_id", flat=True))


def survey_stage(case_id: int) -> int | None:
    """How far the survey asks now; None where there is none yet."""
    return Survey.objects.filter(pk=case_id).values_list("stage", flat=True).first()


def response_held_by(actor: Actor, case_id: int, organisation_id: int | None = None) -> SurveyResponse | None:
    """The response that the actor may write to: of the own body (or the one they enter for), while it buys."""
    body = organisation_id or actor.organisation_id or 0
    places = members_held_by(actor, Permission.ANSWER).filter(
        case_id=case_id, organisation_id=body, left_at=None, role__in=BUYING, case__state=CaseState.SURVEY
    )
    if not places.exists():
        return None
    found = SurveyResponse.objects.select_related("survey__case", "organisation")
    return found.filter(survey_id=case_id, organisation_id=body).first()


def response_seen_by(actor: Actor, case_id: int, organisation_id: int) -> ResponseRow | None:
    """A body's response, whole: for its own people, coordinators and auditors, and nobody else."""
    if not sees_all(actor) and organisation_id != actor.organisation_id:
        return None
    if not visible_to(actor).filter(pk=case_id).exists():
        return None
    found = SurveyResponse.objects.filter(survey_id=case_id, organisation_id=organisation_id)
    told = found.annotate(by_proxy=proxy.state_of(RESPONSE_KIND)).values(
        "id", "survey_id", "organisation_id", "organisation__name", "survey__stage", "by_proxy", *RESPONSE_FIELDS
    )
    row = told.first()
    if row is None:
        return None
    return ResponseRow(
        id=row["id"],
        case_id=row["survey_id"],
        organisation_id=row["organisation_id"],
        organisation=row["organisation__name"],
        asked=row["survey__stage"],
        by_proxy=row["by_proxy"],
        **{name: row[name] for name in RESPONSE_FIELDS},
        lines=lines_of(row["id"]),
        questions=questions_of(case_id, response_id=row["id"]),
    )


def lines_of(response_id: int) -> tuple[LineRow, ...]:
    """A body's lines: those of the case's items in their order, then its own."""
    found = SurveyLine.objects.filter(response_id=response_id, item__withdrawn_at=None)
    told = found.order_by("text", "item__number", "id").values_list(
        "id", "item_id", "text", "item__name", "item__unit", "item__note", "revision", *DRAFT_FIELDS
    )
    return tuple(
        LineRow(
            id=key,
            item_id=item,
            name=text or name,
            unit=item_unit if item_unit and not text else "",
            note=note if note and not text else "",
            is_own=bool(text),
            revision=revision,
            draft=LineDraft(*draft),
        )
        for key, item, text, name, item_unit, note, revision, *draft in told
    )


def questions_of(case_id: int, *, response_id: int | None = None) -> tuple[QuestionRow, ...]:
    """The own questions of a survey, with what a body answered."""
    said: Mapping[int, str] = {}
    if response_id is not None:
        said = dict(SurveyAnswer.objects.filter(response_id=response_id).values_list("question_id", "value"))
    found = SurveyQuestion.objects.filter(survey_id=case_id, withdrawn_at=None)
    return tuple(
        QuestionRow(key, number, text, why, QuestionKind(kind), tuple(choices), stage, said.get(key, ""))
        for key, number, text, why, kind, choices, stage in found.values_list(
            "id", "number", "text", "why", "kind", "choices", "stage"
        )
    )


def last_answers(case_id: int, organisation_id: int) -> dict[str, LineDraft]:
    """What the body said of items of the same name in the last earlier survey of the kind: for 「前回と同じ」."""
    kind = Survey.objects.filter(pk=case_id).values_list("case__kind", flat=True).first()
    earlier = SurveyResponse.objects.filter(
        organisation_id=organisation_id, survey__case__kind=kind, stage__gte=1, survey_id__lt=case_id
    )
    last = earlier.order_by("-answered_at", "-id").values_list("pk", flat=True).first()
    return {} if last is None else {line.name: line.draft for line in lines_of(last) if line.draft.relevance}


def progress(case_id: int) -> list[Progress]:
    """How far each body that buys is, in the order of their codes; what those that left said is not counted."""
    inside = CaseMember.objects.filter(case_id=case_id, left_at=None, role__in=BUYING).values("organisation_id")
    found = SurveyResponse.objects.filter(survey_id=case_id, organisation_id__in=inside)
    stays = SurveyLine.objects.filter(response__survey_id=case_id, relevance__in=STAYING).order_by()
    staying = dict(stays.values_list("response_id").annotate(Count("pk")))
    fields_ = ("id", "organisation_id", "organisation__name", "organisation__code", "stage")
    told = found.values_list(*fields_, "answered_at", "answered_by", proxy.state_of(RESPONSE_KIND))
    return [
        Progress(body, name, code or "", stage, staying.get(key, 0), at, by, by_proxy)
        for key, body, name, code, stage, at, by, by_proxy in told
    ]


def measured_seconds(case_id: int, stage: int) -> list[int]:
    """What answering a stage took the bodies that did, in seconds; of entries by proxy nothing is known."""
    found = SurveyResponse.objects.filter(survey_id=case_id, stage__gte=stage).values_list("seconds", flat=True)
    return [int(told[str(stage)]) for told in found if str(stage) in told]


def survey_seen_by(actor: Actor, case_id: int) -> bool:
    """True where the actor may read what came out: whoever is or was in the case, coordinators and auditors."""
    return seen_from_inside(actor, case_id) and Survey.objects.filter(pk=case_id).exists()


def unanswered(actor: Actor) -> list[tuple[int, str, date | None, int, datetime]]:
    """Surveys that wait for the actor's body: case, title, day, the stage that it is to answer, since when."""
    if not actor.may(Permission.ANSWER) or actor.organisation_id is None:
        return []
    inside = CaseMember.objects.filter(
        organisation_id=actor.organisation_id, left_at=None, role__in=BUYING, case__state=CaseState.SURVEY
    )
    cases = dict(inside.values_list("case_id", "case__title"))
    if not cases:
        return []
    waiting = SurveyResponse.objects.filter(
        organisation_id=actor.organisation_id, survey_id__in=cases, stage__lt=F("survey__stage")
    )
    due = dict(inside.filter(case__days__state=CaseState.SURVEY).values_list("case_id", "case__days__due_on"))
    return [
        (case, cases[case], due.get(case), stage + 1, opened_at)
        for case, stage, opened_at in waiting.values_list("survey_id", "stage", "survey__opened_at")
    ]


def draft_of(line: SurveyLine) -> LineDraft:
    """A line as the draft that it came from."""
    told: dict[str, Any] = {name: getattr(line, name) for name in DRAFT_FIELDS}
    return LineDraft(**told)

"""What bodies answered in the survey of a case of the demonstration: a line of the CSV an item, by body."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from kyodo.core.demo import Act
from kyodo.modules.procurement.actions import surveying
from kyodo.modules.procurement.actions.surveying import OwnLine, Sitting
from kyodo.modules.procurement.models import SurveyResponse
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.survey import LineDraft, QuestionDraft, QuestionKind
from kyodo.modules.procurement.seed.case import CaseOfDemo

TEXTS = ("relevance", "quantity_said", "unit", "contract", "supplier", "must", "nice", "budget", "form", "intention")


def survey_acts(case: CaseOfDemo, answers: Path) -> Iterator[Act]:
    """Questions, stages, and what bodies handed in."""
    survey = case.told.get("survey", {})
    if "questions" in survey:
        at = case.moment(survey["after"], time(10, 20))
        yield Act(at, partial(_questions, case, survey["questions"], at=at))
    for stage in survey.get("stages", []):
        at = case.moment(stage["after"], time(10, 40))
        yield Act(at, partial(_ask, case, stage["stage"], at=at))
    if not answers.exists():
        return
    with answers.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    sittings: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        sittings[row["body"], int(row["after"])].append(row)
    for number, ((body, after), lines) in enumerate(sorted(sittings.items(), key=lambda pair: pair[0][1])):
        at = case.moment(after, time(10 + number % 6, 45)) + timedelta(seconds=number)
        yield Act(at, partial(_answer, case, body, lines, at=at))


def _questions(case: CaseOfDemo, told: list[dict[str, Any]], *, at: datetime) -> None:
    questions = [
        (
            None,
            QuestionDraft(
                one["text"], one["why"], QuestionKind(one["kind"]), one["stage"], tuple(one.get("choices", ()))
            ),
        )
        for one in told
    ]
    surveying.set_questions(
        case=case.row(), questions=questions, revision=case.row().revision, by=case.coordinator(), at=at
    )


def _ask(case: CaseOfDemo, stage: int, *, at: datetime) -> None:
    surveying.ask_stage(case=case.row(), stage=stage, by=case.coordinator(), at=at)


def _answer(case: CaseOfDemo, body: str, rows: list[dict[str, str]], *, at: datetime) -> None:
    """What is not said of an item is 「関係なし」; a line whose item is not asked for is one of the body's own."""
    held = SurveyResponse.objects.select_related("survey__case", "organisation").get(
        survey_id=case.row().pk, organisation__code=body
    )
    said = {row["item"]: row for row in rows}
    lines = lines_of(held.pk)
    names = {line.name for line in lines}
    surveying.answer(
        response=held,
        sitting=Sitting(
            lines={line.id: _draft(said[line.name]) if line.name in said else _nothing(line.draft) for line in lines},
            own=[OwnLine(name, _draft(row)) for name, row in said.items() if name not in names],
            stage=held.survey.stage,
            contact=rows[0].get("contact", ""),
            seconds=int(rows[0]["seconds"]) if rows[0].get("seconds") else None,
        ),
        revision=held.revision,
        by=case.people.anybody(body),
        at=at,
    )


def _nothing(draft: LineDraft) -> LineDraft:
    return draft if draft.relevance else LineDraft(relevance="no")


def _draft(row: dict[str, str]) -> LineDraft:
    told: dict[str, Any] = {name: row.get(name) or "" for name in TEXTS}
    return LineDraft(
        **told,
        contract_until=date.fromisoformat(row["contract_until"]) if row.get("contract_until") else None,
        unit_price_yen=int(row["unit_price_yen"]) if row.get("unit_price_yen") else None,
        reason=row.get("reason") or "",
    )

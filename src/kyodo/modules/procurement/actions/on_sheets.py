"""Writes what came back on sheets of a survey, inside the action that applies a return."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import F

from kyodo.core.access.actor import Actor
from kyodo.core.proxy.settling import settle
from kyodo.modules.procurement.actions.contracts import note_from_answers
from kyodo.modules.procurement.actions.owing import set_due
from kyodo.modules.procurement.actions.surveying import STORED, store
from kyodo.modules.procurement.models import SurveyLine, SurveyResponse
from kyodo.modules.procurement.queries.survey import draft_of, lines_held_by, open_for
from kyodo.modules.procurement.rules.survey import RESPONSE_KIND, LineDraft, Relevance, stage_answered

BATCH = 500
Own = tuple[Any, str, LineDraft]


def write_lines(
    *, changes: Mapping[int, tuple[int, Mapping[str, Any]]], own: Sequence[Own], by: Actor, at: datetime
) -> list[int] | None:
    """Write changed lines (id → revision and fields) and own ones; None where something moved meanwhile."""
    held = lines_held_by(by).select_related("item").select_for_update(of=("self",)).in_bulk(list(changes))
    touched: dict[int, list[SurveyLine]] = defaultdict(list)
    for key, (revision, fields) in changes.items():
        line = held.get(key)
        if line is None or line.revision != revision:
            return None
        store(line, replace(draft_of(line), **fields))
        touched[line.response_id].append(line)
    made = []
    open_ones = open_for(by) if own else set()
    mine = SurveyResponse.objects.filter(survey_id__in=open_ones, organisation_id=by.organisation_id or 0)
    responses = {response.survey_id: response for response in mine}
    for case, text, draft in own:
        response = responses.get(case_of(case, open_ones) or 0)
        if response is None:
            return None
        line = SurveyLine(response=response, text=text)
        store(line, draft if draft.relevance else replace(draft, relevance=Relevance.YES))
        line.save()
        touched[response.pk].append(line)
        made.append(line.pk)
    SurveyLine.objects.bulk_update([one for lines in touched.values() for one in lines], STORED, batch_size=BATCH)
    _settle(touched, by=by, at=at)
    return made


def case_of(case: Any, open_ones: Collection[int]) -> int | None:
    """The survey that a new row belongs to: the one that it names, or the only one that is open."""
    if case in (None, ""):
        return next(iter(open_ones)) if len(open_ones) == 1 else None
    return int(case) if int(case) in open_ones else None


def _settle(responses: Mapping[int, Sequence[SurveyLine]], *, by: Actor, at: datetime) -> None:
    """How far each body is now; what it answered in full is due no more."""
    drafts: dict[int, list[LineDraft]] = defaultdict(list)
    for line in SurveyLine.objects.filter(response_id__in=responses, item__withdrawn_at=None):
        drafts[line.response_id].append(draft_of(line))
    found = SurveyResponse.objects.filter(pk__in=responses).select_related("survey__case")
    for response in found:
        stage = stage_answered(drafts[response.pk])
        SurveyResponse.objects.filter(pk=response.pk).update(
            stage=stage, answered_at=at, answered_by=by.label, revision=F("revision") + 1
        )
        settle(RESPONSE_KIND, response.pk, by=by, at=at)
        set_due(response.survey.case, at=at, bodies=[response.organisation_id])
    note_from_answers([(response, responses[response.pk]) for response in found], at)

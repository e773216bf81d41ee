"""What coordinators enter for a body in a case: the same acts as its own people's, with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.files.store import Kept
from kyodo.core.proxy.actions import Entered, enter
from kyodo.core.proxy.rules import SourceDraft
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.aligning import Said, require
from kyodo.modules.procurement.actions.committing import write_commitment
from kyodo.modules.procurement.actions.signing import label_of
from kyodo.modules.procurement.actions.surveying import Sitting, answer
from kyodo.modules.procurement.models import CaseMember, SurveyResponse
from kyodo.modules.procurement.queries.alignment import own_requirements
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.queries.survey import lines_of
from kyodo.modules.procurement.rules.alignment import REQUIREMENTS_KIND
from kyodo.modules.procurement.rules.case import address_of
from kyodo.modules.procurement.rules.commitment import BUDGET_STATE_WORDS, COMMITMENT_KIND, CommitmentDraft
from kyodo.modules.procurement.rules.survey import RELEVANCE_WORDS, RESPONSE_KIND, STAGE_WORDS, LineDraft, Relevance

MOST_TOLD = 40


def answer_by_proxy(
    *,
    response: SurveyResponse,
    sitting: Sitting,
    revision: int,
    source: SourceDraft,
    files: Sequence[Kept],
    by: Actor,
    at: datetime,
) -> int:
    """Answer a survey for a body, which is asked to confirm it; the number of its response."""

    def act() -> Entered:
        answer(response=response, sitting=sitting, revision=revision, by=by, at=at)
        told: list[list[Any]] = [[_("意向調査の段階"), STAGE_WORDS[sitting.stage], True]]
        told += [
            [line.name, words_of(line.draft), False]
            for line in lines_of(response.pk)
            if line.id in sitting.lines and line.draft.relevance
        ][:MOST_TOLD]
        case = response.survey.case
        address = f"{address_of(case.pk)}survey/{response.organisation_id}/"
        return Entered(RESPONSE_KIND, response.pk, label_of(case), address, told)

    return enter(source=source, files=files, act=act, by=by, at=at)


def require_by_proxy(
    *,
    place: CaseMember,
    said: Said,
    revisions: Mapping[int, int],
    source: SourceDraft,
    files: Sequence[Kept],
    by: Actor,
    at: datetime,
) -> int:
    """Write a body's requirements for it, which is asked to confirm them; the number of its place."""

    def act() -> Entered:
        require(place=place, said=said, revisions=revisions, by=by, at=at)
        names = {row.id: row.name for row in own_requirements(place.case_id, place.organisation_id)}
        told: list[list[Any]] = [[names[key], text, False] for key, (text, _level) in said.items() if text][:MOST_TOLD]
        address = f"{address_of(place.case_id)}alignment/"
        return Entered(REQUIREMENTS_KIND, place.pk, label_of(place.case), address, told)

    return enter(source=source, files=files, act=act, by=by, at=at)


def commit_by_proxy(
    *,
    place: CaseMember,
    draft: CommitmentDraft,
    revision: int,
    source: SourceDraft,
    files: Sequence[Kept],
    by: Actor,
    at: datetime,
) -> int:
    """Write a body's commitment for it, which is asked to confirm it; nobody is bound by that. Its number."""

    def act() -> Entered:
        key = write_commitment(place=place, draft=draft, revision=revision, by=by, at=at)
        names = {item.id: item for item in items_of(place.case_id)}
        told: list[list[Any]] = [
            [names[item].name, f"{quantity:,}{names[item].unit}", False]
            for item, (quantity, _form) in draft.lines.items()
            if quantity
        ]
        told.append([_("見込みの金額（税込・全期間、円）"), f"{draft.amount_yen:,}", False])
        told.append([_("予算"), BUDGET_STATE_WORDS[draft.budget], True])
        address = f"{address_of(place.case_id)}commitment/{place.organisation_id}/"
        return Entered(COMMITMENT_KIND, key, label_of(place.case), address, told[:MOST_TOLD])

    return enter(source=source, files=files, act=act, by=by, at=at)


def words_of(draft: LineDraft) -> str:
    """What was said about an item, in one line as it was said."""
    told = [RELEVANCE_WORDS[Relevance(draft.relevance)]] if draft.relevance else []
    told += [text for text in (f"{draft.quantity_said}{draft.unit}", _day(draft.contract_until)) if text]
    return "、".join(told)


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}まで" if day else ""

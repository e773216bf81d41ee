"""The parts of a case, each with a page of its own: how its card on the case's page is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext

from kyodo.core.access.actor import Actor
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import survey
from kyodo.modules.procurement.queries.story import CaseStory
from kyodo.modules.procurement.rules.case import CaseState, address_of
from kyodo.modules.procurement.rules.survey import STAGE_WORDS, expected_minutes


@dataclass(frozen=True, slots=True)
class PartCard:
    """A part in short: its name, its page, one line of where it stands, and whether it waits for the reader."""

    label: str
    address: str
    line: str
    waits: str = ""  # what the reader is to do there now; empty where nothing waits for them
    minutes: int | None = None


# Each part tells its card, None where the reader has none.
Teller = Callable[[CaseStory, Actor], PartCard | None]


def survey_card(story: CaseStory, actor: Actor) -> PartCard | None:
    """How far the survey is; what waits for the reader's body in it."""
    case = story.case
    if not survey.survey_seen_by(actor, case.id):
        return None
    told = survey.progress(case.id)
    asked = survey.survey_stage(case.id) or 1
    done = sum(body.stage >= asked for body in told)
    line = gettext("{stage}：{count}団体のうち{done}団体が回答").format(
        stage=gettext(STAGE_WORDS[asked]), count=len(told), done=done
    )
    own = next((body for body in told if body.organisation_id == actor.organisation_id), None)
    if case.state is not CaseState.SURVEY or own is None or own.stage >= asked or not actor.may(Permission.ANSWER):
        return PartCard(gettext("意向調査"), f"{address_of(case.id)}survey/", line)
    stage = own.stage + 1
    lines = len(story.items) if stage == 1 else max(1, own.stays)
    minutes = expected_minutes(stage, lines, survey.measured_seconds(case.id, stage))
    waits = gettext("意向調査の「{stage}」に答えてください。").format(stage=gettext(STAGE_WORDS[stage]))
    return PartCard(gettext("意向調査に答える"), f"{address_of(case.id)}survey/answer/", line, waits, minutes)


TELLERS: tuple[Teller, ...] = (survey_card,)


def cards(story: CaseStory, *, actor: Actor) -> list[PartCard]:
    """The cards of all parts that there are for the reader, in the order of the work."""
    return [card for teller in TELLERS if (card := teller(story, actor)) is not None]

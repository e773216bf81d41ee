"""The calendar backwards in words: a line a step, the bodies of one day together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext

from kyodo.core.ui.dates import shown_full_day
from kyodo.core.ui.japanese import japanese
from kyodo.modules.procurement.queries.calendar import dates_of
from kyodo.modules.procurement.queries.story import CaseStory
from kyodo.modules.procurement.rules.backwards import Backwards, PlannedStep, calendar_backwards
from kyodo.modules.procurement.rules.methods import PAPER_WORDS, STEP_WORDS, WHO_WORDS, methods_on, ways_on
from kyodo.modules.procurement.story.names import in_short

MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in words; `bodies` where it is of some of them."""

    name: str
    who: str
    due: str
    begin: str
    article: str
    papers: str
    bodies: str
    note: str
    is_late: bool
    is_estimate: bool


def backwards(story: CaseStory, *, today: date) -> Backwards | None:
    """The calendar of a case; None where its method or way does not hold on that day."""
    day = story.case.starts_on
    method, way = methods_on(day).get(story.method), ways_on(day).get(story.way)
    if method is None or way is None:
        return None
    bodies = dates_of(story.case.id, starts_on=day)
    return calendar_backwards(method, way, wished_start=day, bodies=bodies, today=today)


def tell(calendar: Backwards) -> list[ShownStep]:
    """The steps in order; what several bodies do on one day stands in one line."""
    return [_shown(steps) for steps in _together(calendar)]


def _together(calendar: Backwards) -> Iterator[list[PlannedStep]]:
    def of_one_day(step: PlannedStep) -> tuple[object, ...]:
        return (step.code, step.due, step.note, step.is_estimate, step.body_id is None)

    for _key, steps in groupby(calendar.steps, key=of_one_day):
        yield list(steps)


def _shown(steps: list[PlannedStep]) -> ShownStep:
    step = steps[0]
    return ShownStep(
        name=_name(step),
        who=gettext(WHO_WORDS[step.who]),
        due=shown_full_day(step.due) if step.due else gettext("日は未定"),
        begin=shown_full_day(step.begin) if step.begin and step.begin != step.due else "",
        article=step.article,
        papers=gettext("、").join(gettext(PAPER_WORDS[paper]) for paper in step.papers),
        bodies=in_short([one.body for one in steps if one.body], most=MOST_NAMES),
        note=gettext(step.note).format(**step.facts) if step.note else "",
        is_late=any(one.is_late for one in steps),
        is_estimate=step.is_estimate,
    )


def _name(step: PlannedStep) -> str:
    """What a body calls its session, as it wrote it; an assumed session and all other steps have words of ours."""
    if not step.name:
        return gettext(STEP_WORDS[step.code])
    said = gettext(step.name)
    return said if said != step.name else japanese(step.name)

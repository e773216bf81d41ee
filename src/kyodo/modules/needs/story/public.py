"""A published story as everybody reads it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.core.ui.parts import Fact, Step, StepState, Tone
from kyodo.core.ui.tiles import TileDrawing
from kyodo.modules.needs import lists, maps
from kyodo.modules.needs.queries import PublicPage, PublicStory
from kyodo.modules.needs.rules import PATH, STATE_WORDS, TOPIC_WORDS, State
from kyodo.modules.needs.story.measures import ShownMeasure, ShownRoute, show_measures, show_routes


@dataclass(frozen=True, slots=True)
class PublicStoryPage:
    """What the template of a published story shows."""

    story: PublicStory
    number: int
    published: str
    replaced: str
    state: str
    tone: Tone
    topic: str
    posted: str
    steps: tuple[Step, ...]
    outcome: str
    routes: tuple[ShownRoute, ...]
    measures: tuple[ShownMeasure, ...]
    figures: tuple[Fact, ...]
    map: TileDrawing | None


def tell_public(page: PublicPage) -> PublicStoryPage:
    """Make the page of a published story."""
    story, version = page.story, page.version
    reasons = [step.reason for step in story.steps if step.state in (State.DONE, State.CONFIRMED) and step.reason]
    return PublicStoryPage(
        story=story,
        number=version.number,
        published=shown_full_day(version.published_at),
        replaced=shown_full_day(version.replaced_at),
        state=gettext(STATE_WORDS[story.state]),
        tone=lists.TONES[story.state],
        topic=gettext(TOPIC_WORDS[story.topic]),
        posted=shown_full_day(story.posted_at),
        steps=_steps(story),
        outcome="\n\n".join(reasons),
        routes=show_routes(story.answers),
        measures=show_measures(story.measures),
        figures=_figures(story),
        map=maps.same_trouble(owner=story.organisation_id, joined={body.id for body in story.bodies}),
    )


def _steps(story: PublicStory) -> tuple[Step, ...]:
    reached = {State.RECEIVED: story.posted_at, **{step.state: step.at for step in story.steps}}
    at = PATH.index(story.state)
    return tuple(
        Step(
            label=gettext(STATE_WORDS[state]),
            state=StepState.DONE if index <= at else StepState.NEXT,
            note=shown_day(reached[state]) if index <= at and state in reached else "",
        )
        for index, state in enumerate(PATH)
    )


def _figures(story: PublicStory) -> tuple[Fact, ...]:
    named = (
        (gettext("影響する人数"), story.people, gettext("年 {number}人")),
        (gettext("職員がかけていた時間"), story.hours_per_year, gettext("年 {number}時間")),
        (gettext("かかっていた費用"), story.yen_per_year, gettext("年 {number}円")),
    )
    return tuple(Fact(term, form.format(number=f"{number:,}")) for term, number, form in named if number is not None)

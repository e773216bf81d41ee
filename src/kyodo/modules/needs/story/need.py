"""A need's story as its page shows it: steps, whose turn it is, facts, the conversation in order of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kyodo.core.threads.queries import PostRow
from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.parts import Fact, Step, StepState, Tone
from kyodo.core.ui.tiles import TileDrawing
from kyodo.modules.needs import lists, maps
from kyodo.modules.needs.queries import NeedStory, StepRow
from kyodo.modules.needs.rules import (
    AUDIENCES,
    OPEN,
    PATH,
    PRICE_READERS,
    ROUTE_ENDED,
    ROUTE_WORDS,
    STANDING_WORDS,
    STATE_WORDS,
    TOPIC_WORDS,
    RouteState,
    State,
)
from kyodo.modules.needs.story.events import draw, events_of
from kyodo.modules.needs.story.measures import ShownMeasure, ShownRoute, in_short, show_measures, show_routes


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What the template shows of a story beside the rows themselves."""

    state: str
    tone: Tone
    topic: str
    audience: str
    audience_who: str
    standing: str
    price_readers: str
    posted: str
    wish: str
    steps: tuple[Step, ...]
    events: SafeString
    figures: tuple[Fact, ...]
    outcome: StepRow | None
    routes: tuple[ShownRoute, ...]
    measures: tuple[ShownMeasure, ...]
    map: TileDrawing | None
    is_open: bool
    is_waiting: bool


def tell(story: NeedStory, posts: Sequence[PostRow] = (), standing: Mapping[int, str] | None = None) -> StoryPage:
    """Make the page of a story, with what was written about it and where its answers stand in other modules."""
    need = story.need
    outcome = next((step for step in reversed(story.steps) if step.after is need.state and step.reason), None)
    outcome = outcome if need.state not in OPEN else None
    return StoryPage(
        state=gettext(STATE_WORDS[need.state]),
        tone=lists.TONES[need.state],
        topic=gettext(TOPIC_WORDS[need.topic]),
        audience=gettext(AUDIENCES[need.audience].name),
        audience_who=gettext(AUDIENCES[need.audience].who),
        standing=gettext(STANDING_WORDS[story.standing]),
        price_readers=gettext(PRICE_READERS[story.price_readers]),
        posted=shown_full_day(need.posted_at),
        wish=shown_full_day(need.wish_on),
        steps=_steps(story),
        events=draw(events_of(story, outcome, posts)),
        figures=_figures(story),
        outcome=outcome,
        routes=show_routes(story.routes, standing),
        measures=show_measures(story.measures),
        map=maps.same_trouble(owner=need.organisation_id, joined={one.organisation_id for one in story.bodies}),
        is_open=need.state in OPEN and need.merged_into_id is None,
        is_waiting=need.state in {State.RECEIVED, State.CHECKING},
    )


def _steps(story: NeedStory) -> tuple[Step, ...]:
    """The path with the day of each step that was taken; a need that was declined stops where it was.

    What was split off began further on: of the steps before that no day is known.
    """
    reached = {State.RECEIVED: story.need.posted_at}
    for step in story.steps:
        reached[step.after] = step.at
    now = story.need.state
    if now is State.DECLINED:
        last = story.steps[-1]
        path: tuple[State, ...] = (*PATH[: PATH.index(last.before) + 1], State.DECLINED)
    else:
        path = PATH
    at = path.index(now)
    return tuple(
        Step(
            label=gettext(STATE_WORDS[state]),
            state=_place(index, at, is_end=now in {State.CONFIRMED, State.DECLINED}),
            note=_note(state, story) if index > at or state is State.WORKING else shown_day(reached.get(state)),
        )
        for index, state in enumerate(path)
    )


def _place(index: int, at: int, *, is_end: bool) -> StepState:
    if index < at or (index == at and is_end):
        return StepState.DONE
    return StepState.NOW if index == at else StepState.NEXT


def _note(state: State, story: NeedStory) -> str:
    """What is known of a step that is under way or to come: how it is answered, until when, what was promised."""
    if state is State.WORKING:
        kinds = dict.fromkeys(
            gettext(ROUTE_WORDS[one.kind]) for one in story.routes if one.state is not RouteState.STOPPED
        )
        return gettext("・").join(kinds)
    if state is State.DONE:
        days = [one.due_on for one in story.routes if one.due_on and one.state not in ROUTE_ENDED]
        return gettext("{day}（予定）").format(day=shown_day(max(days))) if days else ""
    if state is State.CONFIRMED and story.measures:
        return format_html(gettext("約束：{promise}"), promise=japanese(in_short(story.measures[0])))
    return ""


def _figures(story: NeedStory) -> tuple[Fact, ...]:
    need = story.need
    named = (
        (gettext("影響する人数"), need.people, gettext("年 {number}人")),
        (gettext("職員がかけている時間"), need.hours_per_year, gettext("年 {number}時間")),
        (gettext("かかっている費用"), need.yen_per_year, gettext("年 {number}円")),
        (gettext("いまの契約金額"), story.price_yen, gettext("年 {number}円")),
    )
    return tuple(Fact(term, form.format(number=f"{number:,}")) for term, number, form in named if number is not None)

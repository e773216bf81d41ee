"""A need's story as its page shows it: steps, whose turn it is, facts, the conversation in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.core.ui.parts import Entry, Fact, Step, StepState, Tone
from kyodo.core.ui.tiles import TileDrawing
from kyodo.modules.needs import lists, maps
from kyodo.modules.needs.like import LikeNeed
from kyodo.modules.needs.queries import NeedRow, NeedStory, StepRow
from kyodo.modules.needs.rules import AUDIENCES, OPEN, PATH, STANDING_WORDS, STATE_WORDS, TOPIC_WORDS, State


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What the template shows of a story beside the rows themselves."""

    state: str
    tone: Tone
    topic: str
    audience: str
    audience_who: str
    standing: str
    posted: str
    wish: str
    steps: tuple[Step, ...]
    events: tuple[Entry, ...]
    figures: tuple[Fact, ...]
    outcome: StepRow | None
    map: TileDrawing | None
    is_open: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class LikenessRow:
    """A like need in the words of a page."""

    need: NeedRow
    state: str
    tone: Tone
    bodies: int
    shared: str
    may_back: bool
    is_solved: bool


def likenesses(found: list[LikeNeed]) -> list[LikenessRow]:
    """Like needs as pages show them: state, how many bodies have the trouble, the words that are shared."""
    return [
        LikenessRow(
            need=one.need,
            state=gettext(STATE_WORDS[one.need.state]),
            tone=lists.TONES[one.need.state],
            bodies=one.need.backing_count + 1,
            shared="・".join(one.shared),
            may_back=one.may_back,
            is_solved=one.is_solved,
        )
        for one in found
    ]


def tell(story: NeedStory) -> StoryPage:
    """Make the page of a story."""
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
        posted=shown_full_day(need.posted_at),
        wish=shown_full_day(need.wish_on),
        steps=_steps(story),
        events=_events(story, outcome),
        figures=_figures(story),
        outcome=outcome,
        map=maps.same_trouble(owner=need.organisation_id, joined={one.organisation_id for one in story.backings}),
        is_open=need.state in OPEN,
        is_waiting=need.state in {State.RECEIVED, State.CHECKING},
    )


def _steps(story: NeedStory) -> tuple[Step, ...]:
    """The path with the day of each step that was taken; a need that was declined stops where it was."""
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
            note=shown_day(reached[state]) if index <= at else "",
        )
        for index, state in enumerate(path)
    )


def _place(index: int, at: int, *, is_end: bool) -> StepState:
    if index < at or (index == at and is_end):
        return StepState.DONE
    return StepState.NOW if index == at else StepState.NEXT


def _events(story: NeedStory, outcome: StepRow | None) -> tuple[Entry, ...]:
    """Joins with a word, and changes of state but the one told as the outcome, in order of time."""
    told = [(step.at, _moved(step)) for step in story.steps if step is not outcome]
    told += [
        (
            backing.backed_at,
            Entry(
                f"{backing.organisation} {backing.section}",
                shown_day(backing.backed_at),
                backing.note,
                backing.backed_at.isoformat(),
                gettext("うちも"),
                Tone.GO,
            ),
        )
        for backing in story.backings
        if backing.note
    ]
    return tuple(entry for _at, entry in sorted(told, key=lambda pair: pair[0]))


def _moved(step: StepRow) -> Entry:
    to = gettext("{state}へ").format(state=gettext(STATE_WORDS[step.after]))
    return Entry(step.by, shown_day(step.at), step.reason, step.at.isoformat(), to, lists.TONES[step.after])


def _figures(story: NeedStory) -> tuple[Fact, ...]:
    need = story.need
    named = (
        (gettext("影響する人数"), need.people, gettext("年 {number}人")),
        (gettext("職員がかけている時間"), need.hours_per_year, gettext("年 {number}時間")),
        (gettext("かかっている費用"), need.yen_per_year, gettext("年 {number}円")),
    )
    return tuple(Fact(term, form.format(number=f"{number:,}")) for term, number, form in named if number is not None)

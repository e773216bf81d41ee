"""A case's page: steps with their days, whose turn it is, the parts of the work, what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kyodo.core.threads import drawing
from kyodo.core.threads.drawing import Event
from kyodo.core.threads.queries import PostRow
from kyodo.core.ui.dates import shown_day, shown_full_day
from kyodo.core.ui.parts import Step, StepState, Tone
from kyodo.core.ui.tiles import TileDrawing
from kyodo.modules.procurement import maps
from kyodo.modules.procurement.lists.cases import TONES
from kyodo.modules.procurement.queries.story import CaseStory, MemberRow
from kyodo.modules.procurement.rules.case import (
    AUDIENCE_WORDS,
    DUE_WORDS,
    ENDED,
    FORM_WORDS,
    MEMBER_WORDS,
    METHOD_WORDS,
    PATH,
    STATE_WORDS,
    WAY_WORDS,
    CaseState,
)
from kyodo.modules.procurement.rules.kinds import KIND_WORDS
from kyodo.modules.procurement.story.parts import PartCard


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """The bodies of a part, in the order of their codes."""

    role: str
    members: tuple[MemberRow, ...]


@dataclass(frozen=True, slots=True)
class ShownLeaver:
    """A body that left, and when."""

    row: MemberRow
    left: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item in words."""

    number: int
    name: str
    unit: str
    form: str
    note: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """What the template shows of a case beside the rows themselves."""

    state: str
    tone: Tone
    kind: str
    method: str
    way: str
    audience: str
    starts: str
    steps: tuple[Step, ...]
    groups: tuple[ShownGroup, ...]
    left: tuple[ShownLeaver, ...]
    items: tuple[ShownItem, ...]
    events: SafeString
    map: TileDrawing | None
    due: str
    due_what: str
    is_late: bool
    parts: tuple[PartCard, ...]
    is_open: bool
    has_turn: bool


def tell(story: CaseStory, parts: Sequence[PartCard], posts: Sequence[PostRow], *, today: date) -> CasePage:
    """Make the page of a case."""
    case = story.case
    due = story.days.get(case.state)
    return CasePage(
        state=gettext(STATE_WORDS[case.state]),
        tone=TONES[case.state],
        kind=gettext(KIND_WORDS[case.kind]),
        method=gettext(METHOD_WORDS[story.method]),
        way=gettext(WAY_WORDS[story.way]),
        audience=gettext(AUDIENCE_WORDS[case.audience]),
        starts=shown_full_day(case.starts_on),
        steps=steps(story),
        groups=tuple(_groups(story.members)),
        left=tuple(_leaver(row) for row in story.members if row.left_at is not None),
        items=tuple(
            ShownItem(number, row.name, row.unit, gettext(FORM_WORDS[row.form]), row.note)
            for number, row in enumerate(story.items, start=1)
        ),
        events=_events(story, posts),
        map=maps.members(story.members),
        due=shown_full_day(due) if due else "",
        due_what=gettext(DUE_WORDS[case.state]) if case.state in DUE_WORDS else "",
        is_late=due is not None and due < today,
        parts=tuple(parts),
        is_open=case.state not in ENDED,
        has_turn=any(part.waits for part in parts),
    )


def steps(story: CaseStory) -> tuple[Step, ...]:
    """The path with the day of each step that was taken, and the day by which each to come is due."""
    now = story.case.state
    reached = {CaseState.CANDIDATE: story.case.opened_at, **{step.after: step.at for step in story.steps}}
    path: tuple[CaseState, ...] = PATH
    if now not in PATH:
        last = next((step.before for step in reversed(story.steps) if step.before in PATH), CaseState.CANDIDATE)
        path = (*PATH[: PATH.index(last) + 1], now)
    at = path.index(now)
    made = []
    for index, state in enumerate(path):
        if index < at or now in ENDED:
            place, day = StepState.DONE, reached.get(state)
            note = shown_day(day) if day else gettext("飛ばした")
        else:
            place = StepState.NOW if index == at else StepState.NEXT
            planned = story.days.get(state)
            note = gettext("{day}まで").format(day=shown_day(planned)) if planned else ""
        made.append(Step(gettext(STATE_WORDS[state]), place, note))
    return tuple(made)


def _events(story: CaseStory, posts: Sequence[PostRow]) -> SafeString:
    """Steps and posts in order of time."""
    told = [
        Event(
            step.at,
            step.by,
            step.reason,
            gettext("{state}へ").format(state=gettext(STATE_WORDS[step.after])),
            TONES[step.after],
        )
        for step in story.steps
    ]
    told += [drawing.posted(post) for post in posts]
    return drawing.draw(sorted(told, key=lambda event: event.at))


def _groups(members: Sequence[MemberRow]) -> Iterator[ShownGroup]:
    for role, word in MEMBER_WORDS.items():
        if found := tuple(row for row in members if row.role is role and row.left_at is None):
            yield ShownGroup(gettext(word), found)


def _leaver(row: MemberRow) -> ShownLeaver:
    step = gettext(STATE_WORDS[CaseState(row.left_in)]) if row.left_in else ""
    return ShownLeaver(row, gettext("{day}に離脱（{step}）").format(day=shown_day(row.left_at), step=step))

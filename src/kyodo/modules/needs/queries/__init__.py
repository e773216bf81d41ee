"""Reads of needs, a subject a file. Each starts from what the actor may see."""

from __future__ import annotations

from kyodo.modules.needs.queries.beginning import any_answered, any_posted
from kyodo.modules.needs.queries.board import Board, BoardCard, board
from kyodo.modules.needs.queries.needs import (
    ROW_FIELDS,
    HeldNeed,
    NeedRow,
    Needs,
    Values,
    backable_by,
    backing_held_by,
    held_by,
    measures_held_by,
    names_shown_to,
    public_solved,
    routes_held_by,
    rows,
    section_of,
    visible_to,
    who_asked_not_to_be_named,
)
from kyodo.modules.needs.queries.people import coordinators, followers
from kyodo.modules.needs.queries.public import (
    PublicAnswer,
    PublicMeasure,
    PublicPage,
    PublicStory,
    latest_solved,
    public_figures,
    published,
    solved_by_body,
)
from kyodo.modules.needs.queries.report import Report, report
from kyodo.modules.needs.queries.story import (
    MeasureRow,
    MergeRow,
    NeedStory,
    RouteRow,
    StepRow,
    story,
)
from kyodo.modules.needs.queries.thread import thread_subject
from kyodo.modules.needs.queries.waiting import counts, joinable, own_open, unrated, untaken, untaken_of_all

__all__ = [
    "ROW_FIELDS",
    "Board",
    "BoardCard",
    "HeldNeed",
    "MeasureRow",
    "MergeRow",
    "NeedRow",
    "NeedStory",
    "Needs",
    "PublicAnswer",
    "PublicMeasure",
    "PublicPage",
    "PublicStory",
    "Report",
    "RouteRow",
    "StepRow",
    "Values",
    "any_answered",
    "any_posted",
    "backable_by",
    "backing_held_by",
    "board",
    "coordinators",
    "counts",
    "followers",
    "held_by",
    "joinable",
    "latest_solved",
    "measures_held_by",
    "names_shown_to",
    "own_open",
    "public_figures",
    "public_solved",
    "published",
    "report",
    "routes_held_by",
    "rows",
    "section_of",
    "solved_by_body",
    "story",
    "thread_subject",
    "unrated",
    "untaken",
    "untaken_of_all",
    "visible_to",
    "who_asked_not_to_be_named",
]

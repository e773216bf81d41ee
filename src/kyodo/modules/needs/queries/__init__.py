"""Reads of needs, a subject a file. Each starts from what the actor may see."""

from __future__ import annotations

from kyodo.modules.needs.queries.board import Board, BoardCard, board
from kyodo.modules.needs.queries.needs import (
    ROW_FIELDS,
    NeedRow,
    Needs,
    Values,
    backable_by,
    backings_held_by,
    held_by,
    names_shown_to,
    public_solved,
    rows,
    section_of,
    visible_to,
)
from kyodo.modules.needs.queries.people import coordinators, followers, members
from kyodo.modules.needs.queries.public import (
    PublicPage,
    PublicStory,
    content_of,
    latest_solved,
    public_figures,
    published,
    solved_by_body,
)
from kyodo.modules.needs.queries.report import Report, report
from kyodo.modules.needs.queries.story import (
    BackingRow,
    MeasureRow,
    MergeRow,
    NeedStory,
    RatingRow,
    RouteRow,
    StepRow,
    story,
)
from kyodo.modules.needs.queries.thread import subject_of, thread_subject
from kyodo.modules.needs.queries.waiting import Unrated, counts, joinable, own_open, unrated, untaken

__all__ = [
    "ROW_FIELDS",
    "BackingRow",
    "Board",
    "BoardCard",
    "MeasureRow",
    "MergeRow",
    "NeedRow",
    "NeedStory",
    "Needs",
    "PublicPage",
    "PublicStory",
    "RatingRow",
    "Report",
    "RouteRow",
    "StepRow",
    "Unrated",
    "Values",
    "backable_by",
    "backings_held_by",
    "board",
    "content_of",
    "coordinators",
    "counts",
    "followers",
    "held_by",
    "joinable",
    "latest_solved",
    "members",
    "names_shown_to",
    "own_open",
    "public_figures",
    "public_solved",
    "published",
    "report",
    "rows",
    "section_of",
    "solved_by_body",
    "story",
    "subject_of",
    "thread_subject",
    "unrated",
    "untaken",
    "visible_to",
]

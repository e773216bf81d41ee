"""Writes to needs, a use case a file. Each says who and when, and leaves one entry in the record."""

from __future__ import annotations

from kyodo.modules.needs.actions.answering import open_route, promise, record_result, report_route
from kyodo.modules.needs.actions.arranging import arrange_needs
from kyodo.modules.needs.actions.backing import back_need, withdraw_backing
from kyodo.modules.needs.actions.by_proxy import back_by_proxy, edit_by_proxy, post_by_proxy, rate_by_proxy
from kyodo.modules.needs.actions.merging import merge_needs, split_need, undo_merge
from kyodo.modules.needs.actions.moving import move_need, move_needs
from kyodo.modules.needs.actions.posting import draft_of, edit_need, post_need
from kyodo.modules.needs.actions.rating import follow_need, rate_need, unfollow_need
from kyodo.modules.needs.actions.refusals import (
    AlreadyBacked,
    AlreadyPosted,
    NeedChanged,
    NeedIsMerged,
    NeedRefused,
    NotNarrower,
)

__all__ = [
    "AlreadyBacked",
    "AlreadyPosted",
    "NeedChanged",
    "NeedIsMerged",
    "NeedRefused",
    "NotNarrower",
    "arrange_needs",
    "back_by_proxy",
    "back_need",
    "draft_of",
    "edit_by_proxy",
    "edit_need",
    "follow_need",
    "merge_needs",
    "move_need",
    "move_needs",
    "open_route",
    "post_by_proxy",
    "post_need",
    "promise",
    "rate_by_proxy",
    "rate_need",
    "record_result",
    "report_route",
    "split_need",
    "undo_merge",
    "unfollow_need",
    "withdraw_backing",
]

"""ETag and If-Match for what two people may edit: who writes says which revision was read (RFC 9110, section 13).

A strong entity tag is made of what the thing is, its number and its revision, and means: "what can be edited is as it
was". It does not cover what others add beside it, so no answer is ever withheld because of it (no 304).
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from django.utils.http import parse_etags
from ninja import Header

from kyodo.core.problems import Refused
from kyodo.engines.words import _

IfMatch = Annotated[
    str,
    Header(
        alias="If-Match",
        max_length=1000,
        description="The ETag that was read. 412 if somebody changed it since.",
    ),
]


def etag(kind: str, number: int, revision: int) -> str:
    """The entity tag of one revision."""
    return f'"{kind}-{number}-{revision}"'


def revision_read(if_match: str, told: int | None, *, kind: str, number: int, current: int) -> int:
    """The revision that the writer has read, from `If-Match` or else from the body (`told`).

    Refuses with 428 where neither is given, and with 412 where If-Match names another revision than the current one,
    or the two contradict each other. `*` stands for whatever is there.
    """
    if not if_match:
        if told is None:
            raise Refused(
                HTTPStatus.PRECONDITION_REQUIRED,
                _("読んだ版を If-Match ヘッダーか revision で示してください。"),
            )
        return told
    tags = parse_etags(if_match)
    if (tags != ["*"] and etag(kind, number, current) not in tags) or told not in {None, current}:
        raise Refused(HTTPStatus.PRECONDITION_FAILED, _("読んだ後に変わりました。もう一度読んでから送ってください。"))
    return current

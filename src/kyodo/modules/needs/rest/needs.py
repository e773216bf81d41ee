"""The API of needs: the same permissions, queries and actions as the pages."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.idempotency.once import IdempotencyKey
from kyodo.core.lists.api import Cursor, Limit, Words, cursor_slice
from kyodo.core.preconditions import IfMatch, etag, revision_read
from kyodo.core.problems import Problem
from kyodo.modules.needs import actions, lists, queries
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rest.refusals import EDITS, ETAG, KIND, READS, WRITES, created, refusals
from kyodo.modules.needs.rules import OPEN, State, Topic
from kyodo.modules.needs.schemas import (
    BackingIn,
    MoveIn,
    NeedCreated,
    NeedIn,
    NeedList,
    NeedRewrite,
    StoryOut,
)

router = Router(tags=["needs"])


@router.get("", response={200: NeedList, **READS}, auth=Door(Permission.READ), summary="Needs that I may see")
def list_needs(
    request: ActorRequest,
    cursor: Cursor = None,
    limit: Limit = 50,
    state: State | None = None,
    topic: Topic | None = None,
    q: Words = "",
) -> Any:
    """The newest first. `next` of the answer is the `cursor` of the next call."""
    return _sliced(request, lists.NEEDS, queries.visible_to(request.actor), cursor=cursor, limit=limit)


@router.get(
    "/public",
    response={200: NeedList, 401: Problem, 422: Problem},
    auth=Door(Permission.PUBLIC_READ),
    summary="Solved in public",
)
def list_public(
    request: ActorRequest,
    response: HttpResponse,
    cursor: Cursor = None,
    limit: Limit = 50,
    topic: Topic | None = None,
    q: Words = "",
) -> Any:
    """What was solved and marked as public. Needs no token; any page may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return _sliced(request, lists.PUBLIC, queries.public_solved(), cursor=cursor, limit=limit)


@router.get(
    "/public/{int:need_id}",
    response={200: queries.PublicStory, 401: Problem, 404: Problem, 422: Problem},
    auth=Door(Permission.PUBLIC_READ),
    summary="A story solved in public",
)
def get_public(request: ActorRequest, response: HttpResponse, need_id: int) -> Any:
    """The story of a need that was solved in public."""
    response["Access-Control-Allow-Origin"] = "*"
    page = queries.published(need_id)
    if page is None:
        raise Http404
    return page.story


@router.post("", response={201: NeedCreated, **WRITES}, auth=Door(Permission.POST), summary="Post")
def post_need(request: ActorRequest, payload: NeedIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Post a need for the body of the token."""
    draft, section, at = _tidied(payload), queries.section_of(request.actor), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: actions.post_need(draft=draft, section=section, submission=uuid.uuid4(), by=request.actor, at=at),
    )


@router.get(
    "/{int:need_id}",
    response={200: StoryOut, **READS},
    auth=Door(Permission.READ),
    summary="A need's story",
    openapi_extra=ETAG,
)
def get_need(request: ActorRequest, response: HttpResponse, need_id: int) -> Any:
    """The whole story of a need, as I may see it. Its ETag is what `If-Match` wants when it is rewritten."""
    story = _found(queries.story(need_id, actor=request.actor))
    response["ETag"] = etag(KIND, need_id, story.revision)
    return story


@router.put("/{int:need_id}", response={204: None, **EDITS}, auth=Door(Permission.POST), summary="Rewrite")
def rewrite_need(request: ActorRequest, need_id: int, payload: NeedRewrite, if_match: IfMatch = "") -> Any:
    """Rewrite an open need of my body, if nobody changed it since it was read.

    Say what was read by `If-Match` (412 if it changed) or by `revision` (409); with neither it is refused (428).
    """
    held = get_object_or_404(queries.held_by(request.actor, Permission.POST), pk=need_id, state__in=OPEN)
    revision = revision_read(if_match, payload.revision, kind=KIND, number=need_id, current=held.revision)
    with refusals(overtaken=HTTPStatus.PRECONDITION_FAILED if if_match else HTTPStatus.CONFLICT):
        actions.edit_need(need=held, draft=_tidied(payload), revision=revision, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/{int:need_id}/backing", response={201: None, **WRITES}, auth=Door(Permission.BACK), summary="Join")
def back_need(request: ActorRequest, need_id: int, payload: BackingIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Join an open need of another body."""
    draft = BackingIn(
        volume=plain_text.tidy(payload.volume), wish_on=payload.wish_on, note=plain_text.tidy(payload.note)
    ).draft()
    section, at = queries.section_of(request.actor), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: actions.back_need(
            need=get_object_or_404(queries.backable_by(request.actor), pk=need_id),
            draft=draft,
            section=section,
            by=request.actor,
            at=at,
        ),
        tells_number=False,
    )


@router.delete("/{int:need_id}/backing", response={204: None, **WRITES}, auth=Door(Permission.BACK), summary="Leave")
def withdraw_backing(request: ActorRequest, need_id: int) -> Any:
    """Take the backing of my body back while the need is open."""
    backing = queries.backing_held_by(request.actor, need_id)
    if backing is None:
        raise Http404
    with refusals():
        actions.withdraw_backing(backing=backing, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/{int:need_id}/moves", response={201: None, **WRITES}, auth=Door(Permission.MOVE), summary="Move")
def move_need(request: ActorRequest, need_id: int, payload: MoveIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Move a need to another state."""
    reason, at = plain_text.tidy(payload.reason), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: actions.move_need(
            need=get_object_or_404(queries.held_by(request.actor, Permission.MOVE), pk=need_id),
            to=payload.to,
            reason=reason,
            by=request.actor,
            at=at,
        ),
        tells_number=False,
    )


def _sliced(
    request: ActorRequest, listing: lists.NeedListing, rows: queries.Needs, *, cursor: int | None, limit: int
) -> dict[str, Any]:
    found = cursor_slice(
        listing,
        rows,
        fields=queries.ROW_FIELDS,
        make=lambda values: queries.rows(values, actor=request.actor),
        request=request,
        cursor=cursor,
        limit=limit,
    )
    return {"items": found.rows, "next": found.next}


def _found(story: queries.NeedStory | None) -> queries.NeedStory:
    if story is None:
        raise Http404
    return story


def _tidied(payload: NeedIn) -> Any:
    for field in ("title", "trouble", "vendor"):
        setattr(payload, field, plain_text.tidy(getattr(payload, field)))
    return payload.draft()

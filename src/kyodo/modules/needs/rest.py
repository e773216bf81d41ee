"""The API of needs: the same permissions, queries and actions as the pages."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from ninja import Header, Query, Router, Status

from kyodo.core import clock, plain_text, workflow
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.lists.api import MOST, cursor_slice
from kyodo.core.problems import Problem, Refused
from kyodo.engines.words import _
from kyodo.modules.needs import actions, lists, queries
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import OPEN, State, Topic
from kyodo.modules.needs.schemas import (
    BackingIn,
    MoveIn,
    NeedCreated,
    NeedIn,
    NeedList,
    NeedRewrite,
    PublicStoryOut,
    StoryOut,
)

router = Router(tags=["needs"])

READS: Any = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITES: Any = {**READS, 400: Problem, 409: Problem}
CHANGED = _("読んだ後に変わりました。もう一度読んでから送ってください。")

Cursor = Annotated[int | None, Query(ge=1, le=2**62)]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Words = Annotated[str, Query(max_length=100)]


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
    response={200: PublicStoryOut, 401: Problem, 404: Problem, 422: Problem},
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


@router.post("", response={200: NeedCreated, 201: NeedCreated, **WRITES}, auth=Door(Permission.POST), summary="Post")
def post_need(
    request: ActorRequest, payload: NeedIn, idempotency_key: Annotated[str, Header(max_length=255)] = ""
) -> Any:
    """Post a need for the body of the token. The same `Idempotency-Key` again gives the same need again (200)."""
    with _refusals():
        try:
            made = actions.post_need(
                draft=_tidied(payload),
                section=queries.section_of(request.actor),
                submission=_submission(request, idempotency_key),
                by=request.actor,
                at=clock.now(),
            )
        except actions.AlreadyPosted as again:
            return Status(200, {"id": again.need_id})
    return Status(201, {"id": made})


@router.get("/{int:need_id}", response={200: StoryOut, **READS}, auth=Door(Permission.READ), summary="A need's story")
def get_need(request: ActorRequest, need_id: int) -> Any:
    """The whole story of a need, as I may see it."""
    return _found(queries.story(need_id, actor=request.actor))


@router.put("/{int:need_id}", response={204: None, **WRITES}, auth=Door(Permission.POST), summary="Rewrite")
def rewrite_need(request: ActorRequest, need_id: int, payload: NeedRewrite) -> Any:
    """Rewrite an open need of my body, if nobody changed it since `revision`."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.POST), pk=need_id, state__in=OPEN)
    with _refusals():
        actions.edit_need(
            need=held, draft=_tidied(payload), revision=payload.revision, by=request.actor, at=clock.now()
        )
    return Status(204, None)


@router.post("/{int:need_id}/backing", response={201: None, **WRITES}, auth=Door(Permission.BACK), summary="Join")
def back_need(request: ActorRequest, need_id: int, payload: BackingIn) -> Any:
    """Join an open need of another body."""
    joinable = get_object_or_404(queries.backable_by(request.actor), pk=need_id)
    draft = BackingIn(
        volume=plain_text.tidy(payload.volume), wish_on=payload.wish_on, note=plain_text.tidy(payload.note)
    ).draft()
    with _refusals():
        actions.back_need(
            need=joinable,
            draft=draft,
            section=queries.section_of(request.actor),
            by=request.actor,
            at=clock.now(),
        )
    return Status(201, None)


@router.delete("/{int:need_id}/backing", response={204: None, **WRITES}, auth=Door(Permission.BACK), summary="Leave")
def withdraw_backing(request: ActorRequest, need_id: int) -> Any:
    """Take the backing of my body back while the need is open."""
    backing = get_object_or_404(queries.backings_held_by(request.actor).select_related("need"), need_id=need_id)
    with _refusals():
        actions.withdraw_backing(backing=backing, by=request.actor, at=clock.now())
    return Status(204, None)


@router.post("/{int:need_id}/moves", response={201: None, **WRITES}, auth=Door(Permission.MOVE), summary="Move")
def move_need(request: ActorRequest, need_id: int, payload: MoveIn) -> Any:
    """Move a need to another state."""
    held = get_object_or_404(queries.held_by(request.actor, Permission.MOVE), pk=need_id)
    with _refusals():
        actions.move_need(
            need=held, to=payload.to, reason=plain_text.tidy(payload.reason), by=request.actor, at=clock.now()
        )
    return Status(201, None)


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


def _submission(request: ActorRequest, key: str) -> uuid.UUID:
    """One number for each key of each person; a new one where no key was given."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{request.actor.user_id}:{key}") if key else uuid.uuid4()


@contextmanager
def _refusals() -> Iterator[None]:
    """Say in problem details what an action refuses."""
    try:
        yield
    except actions.NeedRefused as refusal:
        faults = [(fault.field, gettext(fault.sentence)) for fault in refusal.faults]
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _("直すところがあります。"), faults) from refusal
    except actions.NotNarrower as refusal:
        sentence = _("すでに加わった団体があるので、見える範囲を狭められません。")
        raise Refused(HTTPStatus.CONFLICT, sentence) from refusal
    except actions.AlreadyBacked as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("あなたの団体は、すでに加わっています。")) from refusal
    except actions.NeedIsMerged as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("ほかの相談に統合されています。統合先に送ってください。")) from refusal
    except (actions.NeedChanged, workflow.Overtaken, workflow.MoveRefused) as refusal:
        raise Refused(HTTPStatus.CONFLICT, CHANGED) from refusal

"""The API of what is done with a need: answers, promises and results, posts, merges, who answers until when."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Status

from kyodo.core import clock, plain_text
from kyodo.core.access.doors import ActorRequest
from kyodo.core.gate import Door
from kyodo.core.idempotency.once import IdempotencyKey
from kyodo.core.threads import actions as threads
from kyodo.core.threads import queries as thread_queries
from kyodo.core.threads.permissions import Permission as ThreadPermission
from kyodo.core.threads.subjects import Subject
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rest.needs import router
from kyodo.modules.needs.rest.refusals import READS, WRITES, created, refusals
from kyodo.modules.needs.rules import MeasureDraft, RatingDraft, ResultDraft, RouteDraft
from kyodo.modules.needs.schemas import (
    ArrangementIn,
    MeasureIn,
    MergeIn,
    NeedCreated,
    PostIn,
    PostOut,
    RatingIn,
    ResultIn,
    RouteIn,
    RouteReportIn,
)


@router.get(
    "/{int:need_id}/posts",
    response={200: list[PostOut], **READS},
    auth=Door(ThreadPermission.READ),
    summary="What was written about a need",
)
def list_posts(request: ActorRequest, need_id: int) -> Any:
    """All posts that I may read, the oldest first. `who` is empty where the body asked not to be named."""
    return thread_queries.posts(_subject(request, need_id), actor=request.actor)


@router.post(
    "/{int:need_id}/posts",
    response={201: NeedCreated, **WRITES},
    auth=Door(ThreadPermission.WRITE),
    summary="Write about a need",
)
def write_post(request: ActorRequest, need_id: int, payload: PostIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Write about a need; its followers and the bodies that are mentioned (@name) are told."""
    subject, at = _subject(request, need_id), clock.now()
    if not subject.may_write or (payload.is_internal and not subject.sees_notes):
        raise Http404
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: threads.write_post(
            subject=subject,
            text=plain_text.tidy(payload.text),
            is_internal=payload.is_internal,
            by=request.actor,
            at=at,
        ),
    )


@router.put(
    "/{int:need_id}/arrangement",
    response={204: None, **WRITES},
    auth=Door(Permission.ARRANGE),
    summary="Who answers until when",
)
def arrange_need(request: ActorRequest, need_id: int, payload: ArrangementIn) -> Any:
    """Give an open need to a coordinator, with a day; null takes either away."""
    with refusals():
        actions.arrange_needs(
            needs=[_held(request, need_id)],
            assignee=payload.assignee_id,
            due_on=payload.due_on,
            by=request.actor,
            at=clock.now(),
        )
    return Status(204, None)


@router.put(
    "/{int:need_id}/merge", response={204: None, **WRITES}, auth=Door(Permission.ARRANGE), summary="Merge into another"
)
def merge_need(request: ActorRequest, need_id: int, payload: MergeIn) -> Any:
    """Let the need be told on the page of another one."""
    with refusals():
        actions.merge_needs(
            target=_held(request, payload.into_id),
            sources=[_held(request, need_id)],
            reason=plain_text.tidy(payload.reason),
            by=request.actor,
            at=clock.now(),
        )
    return Status(204, None)


@router.delete(
    "/{int:need_id}/merge", response={204: None, **WRITES}, auth=Door(Permission.ARRANGE), summary="Undo a merge"
)
def part_need(request: ActorRequest, need_id: int) -> Any:
    """Let a merged need be told on its own page again."""
    with refusals():
        actions.undo_merge(need=_held(request, need_id), by=request.actor, at=clock.now())
    return Status(204, None)


@router.post(
    "/{int:need_id}/routes", response={201: NeedCreated, **WRITES}, auth=Door(Permission.ARRANGE), summary="Answer"
)
def open_route(request: ActorRequest, need_id: int, payload: RouteIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Answer an open need by an answer of a kind."""
    draft, at = RouteDraft(payload.kind, plain_text.tidy(payload.purpose), payload.due_on), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: actions.open_route(need=_held(request, need_id), draft=draft, by=request.actor, at=at),
    )


@router.put(
    "/{int:need_id}/routes/{int:route_id}",
    response={204: None, **WRITES},
    auth=Door(Permission.ARRANGE),
    summary="Report on an answer",
)
def report_route(request: ActorRequest, need_id: int, route_id: int, payload: RouteReportIn) -> Any:
    """Tell where an answer stands and what it brought."""
    route = get_object_or_404(queries.routes_held_by(request.actor), pk=route_id, need_id=need_id)
    with refusals():
        actions.report_route(
            route=route,
            to=payload.to,
            outcome=plain_text.tidy(payload.outcome),
            due_on=payload.due_on,
            by=request.actor,
            at=clock.now(),
        )
    return Status(204, None)


@router.post(
    "/{int:need_id}/measures", response={201: NeedCreated, **WRITES}, auth=Door(Permission.ARRANGE), summary="Promise"
)
def promise(request: ActorRequest, need_id: int, payload: MeasureIn, idempotency_key: IdempotencyKey = "") -> Any:
    """Promise a figure."""
    told = {name: getattr(payload, name) for name in MeasureDraft.__dataclass_fields__}
    draft, at = MeasureDraft(**{name: _tidied(value) for name, value in told.items()}), clock.now()
    return created(
        request,
        idempotency_key,
        at=at,
        act=lambda: actions.promise(need=_held(request, need_id), draft=draft, by=request.actor, at=at),
    )


@router.put(
    "/{int:need_id}/measures/{int:measure_id}/result",
    response={204: None, **WRITES},
    auth=Door(Permission.MEASURE),
    summary="Record what was measured",
)
def record_result(request: ActorRequest, need_id: int, measure_id: int, payload: ResultIn) -> Any:
    """Record what was measured; once more to correct it."""
    measure = get_object_or_404(queries.measures_held_by(request.actor), pk=measure_id, need_id=need_id)
    told = {name: _tidied(getattr(payload, name)) for name in ResultDraft.__dataclass_fields__}
    with refusals():
        actions.record_result(measure=measure, draft=ResultDraft(**told), by=request.actor, at=clock.now())
    return Status(204, None)


@router.put("/{int:need_id}/rating", response={204: None, **WRITES}, auth=Door(Permission.RATE), summary="Rate")
def rate_need(request: ActorRequest, need_id: int, payload: RatingIn) -> Any:
    """Say how content my body is with what became of a need that it posted or joined."""
    told = queries.story(need_id, actor=request.actor)
    if told is None or not told.may_rate:
        raise Http404
    need = queries.visible_to(request.actor).get(pk=need_id)
    draft = RatingDraft(payload.score, plain_text.tidy(payload.comment))
    with refusals():
        actions.rate_need(need=need, draft=draft, by=request.actor, at=clock.now())
    return Status(204, None)


def _held(request: ActorRequest, need_id: int) -> queries.HeldNeed:
    return get_object_or_404(queries.held_by(request.actor, Permission.ARRANGE), pk=need_id)


def _subject(request: ActorRequest, need_id: int) -> Subject:
    subject = queries.thread_subject(request.actor, need_id)
    if subject is None:
        raise Http404
    return subject


def _tidied(value: Any) -> Any:
    return plain_text.tidy(value) if isinstance(value, str) else value

"""What every module's operations answer beside what they are asked for, and how an action's refusal is said there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext
from ninja import Schema, Status

from kyodo.core import workflow
from kyodo.core.access.doors import ActorRequest
from kyodo.core.faults import Changed, Faulty
from kyodo.core.idempotency.once import once
from kyodo.core.problems import Problem, Refused
from kyodo.engines.words import _

READS: Any = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITES: Any = {**READS, 400: Problem, 409: Problem}
EDITS: Any = {**WRITES, 412: Problem, 428: Problem}
ETAG: Any = {"responses": {200: {"headers": {"ETag": {"schema": {"type": "string"}}}}}}
CHANGED = _("読んだ後に変わりました。もう一度読んでから送ってください。")


class Created(Schema):
    """The number of what was made."""

    id: int


def created(
    request: ActorRequest, key: str, *, at: datetime, act: Callable[[], Any], tells_number: bool = True
) -> Status[Any]:
    """Do an action once for a key, and answer 201, with the number of what was made where that has one."""

    def answer(made: Any) -> tuple[HTTPStatus, Any]:
        return HTTPStatus.CREATED, {"id": made} if tells_number else None

    with refusals():
        return once(request, key, at=at, act=act, answer=answer)


@contextmanager
def refusals(*, overtaken: HTTPStatus = HTTPStatus.CONFLICT) -> Iterator[None]:
    """Say in problem details what an action refuses; `overtaken` is said to whom somebody else was faster."""
    try:
        yield
    except Faulty as refusal:
        faults = [(fault.field, gettext(fault.sentence)) for fault in refusal.faults]
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _("直すところがあります。"), faults) from refusal
    except (Changed, workflow.Overtaken, workflow.MoveRefused) as refusal:
        raise Refused(overtaken, CHANGED) from refusal

"""What operations on needs answer beside what they are asked for, and how actions' refusals are said there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext
from ninja import Status

from kyodo.core import workflow
from kyodo.core.access.doors import ActorRequest
from kyodo.core.idempotency.once import once
from kyodo.core.problems import Problem, Refused
from kyodo.core.threads.actions import PostRefused
from kyodo.engines.words import _
from kyodo.modules.needs import actions

READS: Any = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
KIND = "need"
WRITES: Any = {**READS, 400: Problem, 409: Problem}
EDITS: Any = {**WRITES, 412: Problem, 428: Problem}
ETAG: Any = {"responses": {200: {"headers": {"ETag": {"schema": {"type": "string"}}}}}}
CHANGED = _("読んだ後に変わりました。もう一度読んでから送ってください。")


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
    except actions.NeedRefused as refusal:
        faults = [(fault.field, gettext(fault.sentence)) for fault in refusal.faults]
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, _("直すところがあります。"), faults) from refusal
    except PostRefused as refusal:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, refusal.sentence) from refusal
    except actions.NotNarrower as refusal:
        sentence = _("すでに加わった団体があるので、見える範囲を狭められません。")
        raise Refused(HTTPStatus.CONFLICT, sentence) from refusal
    except actions.AlreadyBacked as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("あなたの団体は、すでに加わっています。")) from refusal
    except actions.NeedIsMerged as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("ほかの相談に統合されています。統合先に送ってください。")) from refusal
    except (actions.NeedChanged, workflow.Overtaken, workflow.MoveRefused) as refusal:
        raise Refused(overtaken, CHANGED) from refusal

"""`once`: does a write, or gives the answer that it gave before to the same key.

The answer is written in the action's own transaction: after a crash there are both or neither. Of two requests that
come at once with the same key, the second either waits for the first one's row (PostgreSQL) or for its whole
transaction (SQLite), is rolled back since its key was answered, or refused by the action, and then finds the first
one's answer.
What was refused is not kept: it changed nothing, so asking again asks anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated, Any, Final, TypeVar

from django.db import connection
from ninja import Header, Status

from kyodo.core.access.doors import ActorRequest
from kyodo.core.audit.record import beside
from kyodo.core.idempotency.models import KeptAnswer
from kyodo.core.problems import Refused
from kyodo.engines.words import _

KEPT_FOR: Final = timedelta(hours=24)
LONGEST_KEY: Final = 255

# Every write of a program passes here, so the statements are written out; both databases read them.
FIND = """
    SELECT request, status, body FROM idempotency_keptanswer
    WHERE user_id = %s AND organisation_id = %s AND "key" = %s AND at > %s
"""
KEEP = """
    INSERT INTO idempotency_keptanswer (user_id, organisation_id, "key", request, status, body, at)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (user_id, organisation_id, "key") DO UPDATE
    SET request = excluded.request, status = excluded.status, body = excluded.body, at = excluded.at
    WHERE idempotency_keptanswer.at <= %s
"""

R = TypeVar("R")
Answer = tuple[HTTPStatus, Any]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=LONGEST_KEY,
        description="Any text of your own, new for each write. The same request with the same key within 24 hours is "
        "answered as the first time and done once; another request with the same key is refused (422).",
    ),
]


class AnsweredMeanwhile(Exception):
    """The same key was answered while this request was at work; what it did is rolled back."""


def once(
    request: ActorRequest, key: str, *, at: datetime, act: Callable[[], R], answer: Callable[[R], Answer]
) -> Status[Any]:
    """Do `act` (one call of an action) and answer what `answer` makes of its result; without a key, just that.

    Raises what `act` raises, and Refused (422) where the key came with another request within the last 24 hours.
    """
    if not key:
        return _status(answer(act()))
    digest = _digest(request)
    if (kept := _kept(request, key, digest, at)) is not None:
        return kept

    def keep(result: R) -> None:
        status, body = answer(result)
        told = (digest, int(status), json.dumps(body, ensure_ascii=False), _moment(at), _moment(at - KEPT_FOR))
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [*_owner(request), key, *told])
            if not cursor.rowcount:
                raise AnsweredMeanwhile

    try:
        with beside(keep):
            return _status(answer(act()))
    except Exception:
        # Perhaps because the same request was done meanwhile: then its answer is there.
        if (kept := _kept(request, key, digest, at)) is not None:
            return kept
        raise


def prune(at: datetime) -> int:
    """Throw away answers older than a day; how many there were."""
    return KeptAnswer.objects.filter(at__lte=at - KEPT_FOR).delete()[0]


def _kept(request: ActorRequest, key: str, digest: str, at: datetime) -> Status[Any] | None:
    with connection.cursor() as cursor:
        cursor.execute(FIND, [*_owner(request), key, _moment(at - KEPT_FOR)])
        found = cursor.fetchone()
    if found is None:
        return None
    asked, status, body = found
    if asked != digest:
        raise Refused(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            _("この Idempotency-Key は、別の内容の書き込みに使われています。新しい値を付けてください。"),
        )
    return Status(status, json.loads(body))


def _status(told: Answer) -> Status[Any]:
    status, body = told
    return Status(int(status), body)


def _owner(request: ActorRequest) -> tuple[int, int]:
    return request.actor.user_id or 0, request.actor.organisation_id or 0


def _moment(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _digest(request: ActorRequest) -> str:
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(head + request.body).hexdigest()

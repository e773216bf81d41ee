"""How the refusals of actions on needs are said in problem details, beside those that all modules know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from typing import Any

from ninja import Status

from kyodo.core import refusals as shared
from kyodo.core.access.doors import ActorRequest
from kyodo.core.problems import Refused
from kyodo.core.refusals import EDITS, ETAG, READS, WRITES
from kyodo.core.threads.actions import PostRefused
from kyodo.engines.words import _
from kyodo.modules.needs import actions

__all__ = ["EDITS", "ETAG", "KIND", "READS", "WRITES", "created", "refusals"]

KIND = "need"


def created(
    request: ActorRequest, key: str, *, at: datetime, act: Callable[[], Any], tells_number: bool = True
) -> Status[Any]:
    """Do an action once for a key, and answer 201, with the number of what was made where that has one."""
    with refusals():
        return shared.created(request, key, at=at, act=act, tells_number=tells_number)


@contextmanager
def refusals(*, overtaken: HTTPStatus = HTTPStatus.CONFLICT) -> Iterator[None]:
    """Say in problem details what an action refuses; `overtaken` is said to whom somebody else was faster."""
    try:
        with shared.refusals(overtaken=overtaken):
            yield
    except PostRefused as refusal:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, refusal.sentence) from refusal
    except actions.NotNarrower as refusal:
        sentence = _("すでに加わった団体があるので、見える範囲を狭められません。")
        raise Refused(HTTPStatus.CONFLICT, sentence) from refusal
    except actions.AlreadyBacked as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("あなたの団体は、すでに加わっています。")) from refusal
    except actions.NeedIsMerged as refusal:
        raise Refused(HTTPStatus.CONFLICT, _("ほかの相談に統合されています。統合先に送ってください。")) from refusal

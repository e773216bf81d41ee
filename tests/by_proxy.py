"""Something that the village told by telephone, for tests that need one."""

from __future__ import annotations

from uuid import uuid4

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.organisations.models import Organisation
from kyodo.core.proxy.acting import acting_for
from kyodo.core.proxy.rules import Source, SourceDraft
from kyodo.modules.needs import actions
from tests.region import Region, draft_of, numbers


def for_body(region: Region, body: Organisation) -> Actor:
    """The coordinator, entering for a body."""
    actor = acting_for(region.coordinator.actor, body.pk)
    assert actor is not None
    return actor


def said(**changes: object) -> SourceDraft:
    """A source that is in order."""
    told: dict[str, object] = {
        "source": Source.TELEPHONE,
        "said_on": clock.today(),
        "duty": "総務課 情報担当",
        "name": "檜原 花子",
        "note": "折り返しの電話で聞いた。",
        **changes,
    }
    return SourceDraft(**told)  # type: ignore[arg-type]


def told_by_telephone(region: Region, **changes: object) -> int:
    """A need that the village told by telephone; its number."""
    return actions.post_by_proxy(
        draft=draft_of(**{"title": f"電話で聞いた困りごと その{next(numbers)}", **changes}),  # type: ignore[arg-type]
        submission=uuid4(),
        source=said(),
        files=(),
        by=for_body(region, region.village),
        at=clock.now(),
    )

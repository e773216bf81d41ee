"""An installation with two entrances: the closed network's, and the internet's."""

from __future__ import annotations

from typing import Any

from kyodo.core.entrances import queries
from kyodo.core.entrances.models import Entrance, Nature

INNER, OUTER = "inner.test", "outer.test"


def two_entrances(
    settings: Any, *, outer_roles: tuple[str, ...] = (), ways: tuple[str, ...] = ()
) -> dict[str, Entrance]:
    """Both entrances by host name, known to the settings; `ways` are those of the outer one."""
    settings.ALLOWED_HOSTS = [INNER, OUTER, "testserver"]
    made = {
        INNER: Entrance.objects.create(slug="inner", name="庁内の入口", host=INNER, nature=Nature.INNER),
        OUTER: Entrance.objects.create(
            slug="outer",
            name="インターネットの入口",
            host=OUTER,
            nature=Nature.OUTER,
            roles=list(outer_roles),
            ways=list(ways),
        ),
    }
    queries.forget()
    return made

"""Which entrance a request came through."""

from __future__ import annotations

from functools import lru_cache

from kyodo.core.entrances.models import DEFAULT, Entrance


@lru_cache(maxsize=64)
def slug_of_host(host: str) -> str:
    """The entrance of a host name, the default one where none is named; kept, as hosts change at a restart."""
    return Entrance.objects.filter(host=host).values_list("slug", flat=True).first() or DEFAULT

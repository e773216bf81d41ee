"""Which entrance a request came through, and the address of an entrance."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from kyodo.core.entrances.models import DEFAULT, Entrance


@lru_cache(maxsize=64)
def slug_of_host(host: str) -> str:
    """The entrance of a host name, the default one where none is named; kept, as hosts change at a restart."""
    return Entrance.objects.filter(host=host).values_list("slug", flat=True).first() or DEFAULT


def address_of(entrance: Entrance | None) -> str:
    """Where links for whoever comes in by this entrance begin: who sits in the closed network can't leave it."""
    if entrance is None:
        return str(settings.ADDRESS)
    return f"{'https' if settings.BEHIND_TLS else 'http'}://{entrance.host}"

"""Every door of the house: each address with a name, each operation of the API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from kyodo.config.rest import api


@dataclass(frozen=True, slots=True)
class Page:
    """An address; `name` is empty for one that others left unnamed."""

    name: str
    pattern: str


def pages() -> Iterator[Page]:
    """Every address but those of the API."""
    yield from _walk(get_resolver(), "")


def operations() -> dict[str, tuple[str, str]]:
    """Every operation of the API: name → (method, path)."""
    found = {}
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                name = f"api:{operation.view_func.__name__}"
                found[name] = (operation.methods[0], f"/api/v1{prefix}{path}")
    return found


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Page]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            if one.app_name != "ninja":
                yield from _walk(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern):
            yield Page(f"{prefix}{one.name}" if one.name else "", str(one.pattern))

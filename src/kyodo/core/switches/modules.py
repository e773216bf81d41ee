"""The modules of the house. Each registers itself; the first part of its addresses, menus and templates is its name."""

from __future__ import annotations

import time
from dataclasses import dataclass

from kyodo.core.switches.models import Switch

KEPT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Module:
    """A function of the organisation. `title` and `purpose` are marked for translation."""

    name: str
    title: str
    purpose: str
    is_on_at_first: bool = False


MODULES: dict[str, Module] = {}
_off: tuple[float, frozenset[str]] | None = None


def register(module: Module) -> None:
    """Take a module over."""
    MODULES[module.name] = module


def switched_off() -> frozenset[str]:
    """Names of the modules that are off: asked of the database every few seconds, not with every request."""
    global _off
    now = time.monotonic()
    if _off is None or now - _off[0] > KEPT_SECONDS:
        told = dict(Switch.objects.values_list("module", "is_on"))
        off = frozenset(name for name, one in MODULES.items() if not told.get(name, one.is_on_at_first))
        _off = (now, off)
    return _off[1]


def forget() -> None:
    """Ask the database again next time."""
    global _off
    _off = None


def is_off(name: str) -> bool:
    """True for a module that this region does not use."""
    return name in MODULES and name in switched_off()


def is_closed(path: str) -> bool:
    """True for an address, of a page or of the API, below a module that is off."""
    parts = path.removeprefix("/api/v1").split("/", 2)
    return len(parts) > 1 and is_off(parts[1])

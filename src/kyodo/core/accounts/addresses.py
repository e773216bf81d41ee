"""What is known about addresses of mail: whoever sends mail says here at which of them nothing arrives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

Troubles = Callable[[Iterable[str]], Mapping[str, str]]
_known: list[Troubles] = []


def register(troubles: Troubles) -> None:
    """Let `troubles` say at which of some addresses nothing arrives: address → what happened, in words."""
    _known.append(troubles)


def troubles_of(addresses: Iterable[str]) -> dict[str, str]:
    """Those of `addresses` at which nothing arrives, with what happened, in words."""
    asked = [address for address in addresses if address]
    found: dict[str, str] = {}
    for troubles in _known if asked else ():
        found |= troubles(asked)
    return found

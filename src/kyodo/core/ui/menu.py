"""What the frame links to. Each module and core package registers its own entries in `apps.py`; the frame knows none.

Three places: the main menu, the links of the person signed in (with a count where something waits), the foot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.signals import setting_changed
from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise

Label = str | Promise


def to_everybody(request: HttpRequest) -> bool:
    """Show an entry on every page."""
    return True


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One link of the frame: registered once, judged for each request."""

    label: Label
    url_name: str
    order: int
    shown_to: Callable[[HttpRequest], bool] = to_everybody
    count: Callable[[HttpRequest], int] | None = None


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One link as a page shows it. `current` is "page", "true" (somewhere below it) or empty."""

    label: Label
    url: str
    current: str
    count: int | None


_main: dict[str, MenuEntry] = {}
_account: dict[str, MenuEntry] = {}
_footer: dict[str, MenuEntry] = {}
_left_out: list[Callable[[str], bool]] = []


def leave_out(rule: Callable[[str], bool]) -> None:
    """Leave out entries for whose `url_name` the rule says so, on every page."""
    _left_out.append(rule)


def register(entry: MenuEntry) -> None:
    """Add an entry to the main menu; the same `url_name` again replaces it."""
    _main[entry.url_name] = entry


def register_account(entry: MenuEntry) -> None:
    """Add a link beside the name of the person signed in (notices, settings)."""
    _account[entry.url_name] = entry


def register_footer(entry: MenuEntry) -> None:
    """Add a link to the foot of every page."""
    _footer[entry.url_name] = entry


def main_menu(request: HttpRequest) -> tuple[MenuItem, ...]:
    """The main menu as this request may see it."""
    return _items(_main, request)


def account_links(request: HttpRequest) -> tuple[MenuItem, ...]:
    """The links of the person signed in."""
    return _items(_account, request)


def footer_links(request: HttpRequest) -> tuple[MenuItem, ...]:
    """The links at the foot of the page."""
    return _items(_footer, request)


def address(url_name: str) -> str | None:
    """The address of a page without arguments, or None where this installation has no such page."""
    return _address(url_name, get_urlconf())


def offered(url_name: str) -> str | None:
    """The address of a page that other pages lead to; None where it is left out here."""
    return None if any(rule(url_name) for rule in _left_out) else address(url_name)


@lru_cache(maxsize=256)
def _address(url_name: str, urlconf: str | None) -> str | None:
    try:
        return reverse(url_name, urlconf=urlconf)
    except NoReverseMatch:
        return None


def _forget_addresses(*, setting: str, **_rest: Any) -> None:
    if setting == "ROOT_URLCONF":
        _address.cache_clear()


setting_changed.connect(_forget_addresses, dispatch_uid="kyodo.core.ui.menu")


def _items(entries: dict[str, MenuEntry], request: HttpRequest) -> tuple[MenuItem, ...]:
    shown = [
        (entry, url)
        for entry in sorted(entries.values(), key=lambda entry: (entry.order, entry.url_name))
        if (url := offered(entry.url_name)) and entry.shown_to(request)
    ]
    # Of two entries above the same page ("/" and "/needs/") only the nearer one is where the reader is.
    above = [url for _entry, url in shown if url != "/" and request.path.startswith(url)]
    nearest = max(above, key=len, default=None)
    return tuple(
        MenuItem(
            label=entry.label,
            url=url,
            current="page" if url == request.path else "true" if url == nearest else "",
            count=entry.count(request) if entry.count else None,
        )
        for entry, url in shown
    )

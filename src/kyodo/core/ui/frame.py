"""What stands around every page: menu, who is signed in, language, foot. Built once a request, when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from kyodo.core.ui import menu
from kyodo.core.ui.parts import Link

Companion = Callable[[HttpRequest], Link | None]
_companions: list[Companion] = []

LANGUAGES = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language that the page can be switched to."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Frame:
    """All that `ui/page.html` shows around a page."""

    region: str
    language: str
    other_languages: tuple[Language, ...]
    is_demo: bool
    path: str
    main: tuple[menu.MenuItem, ...] = ()
    account: tuple[menu.MenuItem, ...] = ()
    footer: tuple[menu.MenuItem, ...] = ()
    who: str = ""
    is_signed_in: bool = False
    sign_in_url: str | None = None
    sign_out_url: str | None = None
    search_url: str | None = None
    companions: tuple[Link, ...] = ()
    # A page that is shown because something broke must not ask anything of the database or the session.
    is_bare: bool = False


def accompany(find: Companion) -> None:
    """Show above a page the link that `find` gives for it: to another version of the same."""
    _companions.append(find)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `frame` for templates. Lazy, because a part of a page sent to htmx has no frame."""
    return {"frame": SimpleLazyObject(lambda: build(request))}


def build(request: HttpRequest) -> Frame:
    """The frame as this request sees it."""
    actor = getattr(request, "actor", None)
    is_signed_in = bool(actor and actor.is_signed_in)
    language = get_language() or "ja"
    return Frame(
        region=settings.REGION_NAME,
        language=language,
        other_languages=_others(language),
        is_demo=settings.DEMO,
        path=request.get_full_path(),
        main=menu.main_menu(request),
        account=menu.account_links(request) if is_signed_in else (),
        footer=menu.footer_links(request),
        who=str(actor.label) if actor and is_signed_in else "",
        is_signed_in=is_signed_in,
        sign_in_url=menu.address("account_login"),
        sign_out_url=menu.address("account_logout"),
        search_url=menu.address("search:search") if is_signed_in else None,
        companions=tuple(link for find in _companions if (link := find(request)) is not None),
    )


def bare(language: str) -> Frame:
    """The frame of a page that is shown when nothing can be relied on."""
    return Frame(
        region=settings.REGION_NAME,
        language=language,
        other_languages=(),
        is_demo=False,
        path="/",
        is_bare=True,
    )


def _others(language: str) -> tuple[Language, ...]:
    return tuple(Language(code, name) for code, name in LANGUAGES.items() if code != language)

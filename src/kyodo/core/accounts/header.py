"""The town's own sign-on by a trusted header: a proxy of the town has asked who it is, and passes the user name on.

The header is believed from the addresses that the settings name, and from nowhere else: everybody can write one.
"""

from __future__ import annotations

from dataclasses import dataclass

import structlog
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST
from structlog.stdlib import BoundLogger

from kyodo.core import clock
from kyodo.core.access.actor import job
from kyodo.core.access.doors import ActorRequest, requires
from kyodo.core.accounts import queries, ways
from kyodo.core.accounts.actions import note_refused_header
from kyodo.core.accounts.permissions import Permission
from kyodo.core.entrances.rules import Way

log: BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Trusted:
    """A header, the addresses of the proxies that may send it, and the body (a code) for which they speak."""

    header: str
    proxies: frozenset[str]
    organisation: str


def trusted() -> list[Trusted]:
    """The headers of the settings."""
    return [
        Trusted(str(one["header"]), frozenset(map(str, one["proxies"])), str(one.get("organisation", "")))
        for one in settings.SIGN_IN_HEADERS
    ]


def is_offered(request: HttpRequest) -> bool:
    """True where the entrance has this way and the request came from a proxy that may speak."""
    return ways.is_open(request, Way.HEADER) and any(_peer(request) in one.proxies for one in trusted())


def _peer(request: HttpRequest) -> str:
    """The machine just in front of us: the connection's own address, never one that a header tells."""
    return str(request.META.get("REMOTE_ADDR", ""))


def told(request: HttpRequest) -> tuple[str, Trusted] | None:
    """The user name that a trusted proxy passes on; what another machine sends is noted and comes to nothing."""
    peer = _peer(request)
    there = [one for one in trusted() if request.headers.get(one.header)]
    for one in there:
        if peer in one.proxies:
            return request.headers[one.header].strip().lower(), one
    if there:
        log.warning("header_from_elsewhere", peer=peer, header=there[0].header)
        if ratelimit.consume(request, action="header_refused", key=f"header-{peer}"):
            note_refused_header(peer=peer, by=job("sign-in"), at=clock.now())
    return None


@require_POST
@requires(Permission.SIGN_IN)
def sign_in(request: ActorRequest) -> HttpResponse:
    """Sign in as whom the town's proxy says."""
    found = told(request)
    if found is None:
        return render(request, "account/header_refused.html", status=403)
    name, source = found
    user = queries.user_for_identity(name, organisation_code=source.organisation)
    if user is None:
        return render(request, "socialaccount/no_account.html", {"name": name}, status=403)
    record_authentication(request, user, method="header")
    answer: HttpResponse = perform_login(request, Login(user=user, redirect_url=get_next_redirect_url(request)))
    return answer

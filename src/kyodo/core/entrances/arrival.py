"""How a request arrived: what the proxies in front made of it, and what of that needs mending."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from kyodo.core.entrances.queries import EntranceRow, of_host, table
from kyodo.engines.words import _


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request as it came in; `warnings` are texts to translate."""

    host: str
    is_secure: bool
    peer: str
    forwarded: tuple[tuple[str, str], ...]
    entrance: EntranceRow
    warnings: tuple[str, ...]


FORWARDED = ("X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-For", "Forwarded")


def of(request: HttpRequest) -> Arrival:
    """How this request arrived."""
    host = request.get_host()
    forwarded = tuple((name, request.headers[name]) for name in FORWARDED if name in request.headers)
    return Arrival(
        host=host,
        is_secure=request.is_secure(),
        peer=str(request.META.get("REMOTE_ADDR", "")),
        forwarded=forwarded,
        entrance=of_host(host),
        warnings=tuple(_warnings(host, dict(forwarded), is_secure=request.is_secure())),
    )


def _warnings(host: str, forwarded: dict[str, str], *, is_secure: bool) -> list[str]:
    found = []
    if table() and not of_host(host).id:
        found.append(_("このホスト名の入口は登録されていません。インターネット側として扱います。"))
    if forwarded.get("X-Forwarded-Host", host).partition(":")[0] != host.partition(":")[0]:
        found.append(_("プロキシが Host を書き換えています。元のホスト名を Host に入れて渡すように設定してください。"))
    if settings.BEHIND_TLS and not is_secure:
        found.append(_("プロキシが X-Forwarded-Proto: https を付けていません。Cookieが届かず、サインインできません。"))
    if not settings.BEHIND_TLS and forwarded.get("X-Forwarded-Proto") == "https":
        found.append(_("プロキシは https ですが、KYODO_BEHIND_TLS が設定されていません。"))
    if "X-Forwarded-For" in forwarded and not settings.TRUSTED_PROXIES:
        found.append(_("プロキシの後ろにいますが、KYODO_TRUSTED_PROXIES が 0 です。全員が同じ端末に見えます。"))
    return found

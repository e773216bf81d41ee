"""What `kyodo check` says about entrances."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from kyodo.core.access.roles import Role
from kyodo.core.checks.registry import Finding, fault, ok, warn
from kyodo.core.entrances.queries import rows
from kyodo.engines.words import _


def check() -> Iterator[Finding]:
    """Each host name is let in by the settings, the operator has a way in, what is on the internet has TLS."""
    found = rows()
    if not found:
        yield ok(_("入口は一つです（ホスト名による区別はしません）。"))
        return
    for row in found:
        if not row.is_known_host:
            yield fault(
                _("入口のホスト名 {host} は、設定が受け付けません。"),
                _("KYODO_HOSTS に {host} を加えて、動かし直してください。"),
                host=row.host,
            )
    if not any(row for row in found if not row.is_outside and Role.OPERATOR in row.roles):
        yield fault(
            _("運用管理者が通れる庁内側の入口がありません。"),
            _("どれか一つを庁内側にし、運用管理者を通してください。"),
        )
    outer = [row.host for row in found if row.is_outside]
    if outer and not settings.BEHIND_TLS:
        yield fault(
            _("インターネット側の入口 {host} が https ではありません。"),
            _("証明書を持つプロキシの後ろに置き、KYODO_BEHIND_TLS=true としてください。"),
            host=outer[0],
        )
    home = urlsplit(settings.ADDRESS).hostname or ""
    if home not in {row.host for row in found}:
        yield warn(
            _("入口を決めていない団体へのメールは {host} へ案内しますが、その入口は登録されていません。"),
            _("KYODO_ADDRESS をどれかの入口にするか、すべての団体の入口を決めてください。"),
            host=home,
        )
    yield ok(_("入口 {count} 件: {hosts}"), count=len(found), hosts=", ".join(row.host for row in found))

"""Writes of easy versions; each is published as a version of its own."""

from __future__ import annotations

from datetime import datetime

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.easy_japanese import queries, rules
from kyodo.core.easy_japanese.models import EasyPage
from kyodo.core.publication.publishing import publish, withdraw
from kyodo.engines.words import _

NOT_PUBLIC = _(
    "このアドレスは、だれでも見られるページではありません。「/」から始まるアドレスを、公開のページから写してください。"
)


class EasyRefused(Exception):
    """It can't be published so; `faults`: the field's name → a sentence to translate."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = faults


@action("easy_japanese.written", _("{who}が、{subject} のやさしい日本語を公開しました。"))
def write(*, path: str, title: str, text: str, by: Actor, at: datetime) -> int:
    """Publish an easy version of the public page at `path` and return its number."""
    faults = rules.faults(title=title, text=text)
    if not queries.is_public(path):
        faults["path"] = NOT_PUBLIC
    if faults:
        raise EasyRefused(faults)
    page, _is_new = EasyPage.objects.update_or_create(path=path, defaults={"is_shown": True})
    publish(kind=rules.KIND, subject=page.pk, content={"title": title, "text": text}, at=at)
    record(kind=rules.KIND, subject=page.pk, label=path, organisation=None)
    return page.pk


@action("easy_japanese.withdrawn", _("{who}が、{subject} のやさしい日本語を取り下げました。"))
def take_back(*, page: EasyPage, by: Actor, at: datetime) -> None:
    """Show the easy version to nobody any more."""
    EasyPage.objects.filter(pk=page.pk).update(is_shown=False)
    withdraw(kind=rules.KIND, subject=page.pk, at=at)
    record(kind=rules.KIND, subject=page.pk, label=page.path, organisation=None)

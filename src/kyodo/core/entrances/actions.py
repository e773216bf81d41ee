"""What is done to entrances."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.entrances.models import Entrance
from kyodo.core.entrances.queries import forget
from kyodo.core.entrances.rules import EntranceDraft, problems_of, slug_of
from kyodo.engines.words import _

KIND = "entrances.entrance"
TAKEN = _("このホスト名の入口は、もうあります。")


class EntranceRefused(Exception):
    """The entrance can't be as asked; `reasons` are texts to translate."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@action("entrances.added", _("{who}が入口 {subject} を登録しました。"))
def add_entrance(*, draft: EntranceDraft, here: str, by: Actor, at: datetime) -> str:
    """Make a host name an entrance; its short name. `here` is the host name by which its author works now."""
    slugs = set(Entrance.objects.values_list("slug", flat=True))
    _refuse(draft, here=here, before=None, others=len(slugs))
    entrance = Entrance(slug=slug_of(draft.host, slugs))
    _write(entrance, draft)
    _sign(entrance, {})
    return entrance.slug


@action("entrances.changed", _("{who}が入口 {subject} を変えました。"))
def change_entrance(*, entrance: Entrance, draft: EntranceDraft, here: str, by: Actor, at: datetime) -> None:
    """Change an entrance. Its short name stays, so sessions that were begun there go on."""
    others = Entrance.objects.exclude(pk=entrance.pk).count()
    _refuse(draft, here=here, before=entrance.host, others=others or 1)
    before = _values(entrance)
    _write(entrance, draft)
    _sign(entrance, before)


def _refuse(draft: EntranceDraft, *, here: str, before: str | None, others: int) -> None:
    problems = list(problems_of(draft, here=here, before=before, others=others))
    if problems:
        raise EntranceRefused(problems)


def _write(entrance: Entrance, draft: EntranceDraft) -> None:
    entrance.name, entrance.host, entrance.nature = draft.name, draft.host, draft.nature.value
    entrance.roles, entrance.ways = sorted(draft.roles), sorted(draft.ways)
    try:
        with transaction.atomic():
            entrance.save()
    except IntegrityError as taken:
        raise EntranceRefused([TAKEN]) from taken
    transaction.on_commit(forget)


def _values(entrance: Entrance) -> dict[str, object]:
    names = ("host", "nature", "roles", "ways")
    return {"entrance_name": entrance.name, **{name: getattr(entrance, name) for name in names}}


def _sign(entrance: Entrance, before: dict[str, object]) -> None:
    now = _values(entrance)
    changed = {name: (before.get(name), value) for name, value in now.items() if before.get(name) != value}
    record(kind=KIND, subject=entrance.pk, label=entrance.host, organisation=None, changed=changed)

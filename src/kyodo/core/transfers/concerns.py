"""What is to be seen to before somebody leaves: asked of every part of the house before the day, not after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext

from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import ApiToken, Membership
from kyodo.engines.words import _

LAST_APPROVER = _("この日から、この団体には承認者が1人もいなくなります。先に承認者を決めてください。")
LAST_ADMINISTRATOR = _("この日から、この団体には団体管理者が1人もいなくなります。")
LAST_OPERATOR = _("この方はただ1人の運用管理者です。役割は残します。先に別の方を運用管理者にしてください。")
TOKENS = _("APIトークンが{count}件あり、この日から使えなくなります。使っているプログラムを確かめてください。")


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to see to: a sentence marked for translation with its facts, and where it is mended ("" nowhere)."""

    sentence: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""

    @property
    def said(self) -> str:
        """The sentence in the reader's language."""
        return gettext(self.sentence).format(**self.facts)


Source = Callable[[int, int, date], list[Concern]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask `source(user, organisation, day)` too before somebody leaves."""
    _sources.append(source)


def of(user: int, *, organisation: int, day: date, leaving: frozenset[int]) -> list[Concern]:
    """Everything to see to before `user` leaves the body; `leaving` are all who leave with the same list."""
    found = [concern for source in _sources for concern in source(user, organisation, day)]
    return [*_last_ones(user, organisation, day, leaving), *found]


def _last_ones(user: int, organisation: int, day: date, leaving: frozenset[int]) -> list[Concern]:
    in_force = Membership.objects.on(day).filter(user__is_active=True)
    mine = set(in_force.filter(user_id=user, organisation_id=organisation).values_list("role", flat=True))
    others = in_force.exclude(user_id__in=leaving)
    here = set(others.filter(organisation_id=organisation).values_list("role", flat=True))
    found = []
    if Role.APPROVER in mine - here:
        found.append(Concern(LAST_APPROVER))
    if Role.ADMINISTRATOR in mine - here:
        found.append(Concern(LAST_ADMINISTRATOR))
    if Role.OPERATOR in mine and not others.filter(role=Role.OPERATOR).exists():
        found.append(Concern(LAST_OPERATOR))
    tokens = ApiToken.objects.filter(user_id=user, organisation_id=organisation, revoked_at=None).count()
    if tokens:
        found.append(Concern(TOKENS, {"count": tokens}))
    return found

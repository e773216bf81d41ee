"""うちも: join a need, and leave it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import plain, recorded
from kyodo.core.proxy.settling import settle
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.refusals import AlreadyBacked, NeedChanged, NeedRefused
from kyodo.modules.needs.actions.signing import follow, sign, tell_followers
from kyodo.modules.needs.models import Need, NeedBacking
from kyodo.modules.needs.rules import BACKING_KIND, BackingDraft


@action("needs.backed", _("{who}が相談 {subject} に「うちも」と加わりました。"))
def back_need(*, need: Need, draft: BackingDraft, section: str, by: Actor, at: datetime) -> int:
    """Join a need in the name of the actor's body."""
    assert by.organisation_id is not None, "the door lets only members of a body join"
    if faults := rules.faults_of_backing(draft, today=clock.day_of(at)):
        raise NeedRefused(faults)
    try:
        with transaction.atomic():
            backing = NeedBacking.objects.create(
                need=need,
                organisation_id=by.organisation_id,
                section=section,
                backed_by_id=by.user_id,
                backed_at=at,
                **asdict(draft),
            )
    except IntegrityError as twice:
        raise AlreadyBacked from twice
    shared = Need.objects.filter(pk=need.pk, state__in=rules.OPEN, audience__in=rules.SHARED, merged_into=None)
    if not shared.update(backing_count=F("backing_count") + 1):
        raise NeedChanged
    if Need.objects.filter(merged_into=need).exists():
        count_bodies(need.pk)  # who posted what was merged is one of them, and counts once
    follow(need, by=by)
    tell_followers(need, _("{who}が、{subject} に「うちも」と加わりました。"), by=by, at=at, who=by.label)
    sign(
        need,
        organisation=by.organisation_id,
        changed={name: (None, value) for name, value in recorded(draft).items()},
    )
    return backing.pk


@action("needs.backing_withdrawn", _("{who}が相談 {subject} の「うちも」を取り消しました。"))
def withdraw_backing(*, backing: NeedBacking, by: Actor, at: datetime) -> None:
    """Take a 「うちも」 back while the need is open."""
    need = backing.need
    settle(BACKING_KIND, backing.pk, by=by, at=at)
    if not NeedBacking.objects.filter(pk=backing.pk).delete()[0]:
        raise NeedChanged
    count_bodies(need.merged_into_id or need.pk)
    sign(
        need,
        organisation=backing.organisation_id,
        changed={name: (plain(getattr(backing, name)), None) for name in BackingDraft.__dataclass_fields__},
    )


def count_bodies(need_id: int) -> None:
    """Count anew the bodies that have a need's trouble: who joined it or what was merged into it, or posted that."""
    owner = Need.objects.values_list("organisation_id", flat=True).get(pk=need_id)
    joined = NeedBacking.objects.filter(need_id=need_id) | NeedBacking.objects.filter(need__merged_into_id=need_id)
    bodies = set(joined.values_list("organisation_id", flat=True))
    bodies |= set(Need.objects.filter(merged_into_id=need_id).values_list("organisation_id", flat=True))
    Need.objects.filter(pk=need_id).update(backing_count=len(bodies - {owner}))

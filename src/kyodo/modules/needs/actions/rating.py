"""Say how content a body is; follow a need, or no more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.proxy.settling import settle
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.refusals import NeedChanged, NeedRefused
from kyodo.modules.needs.actions.signing import follow, sign
from kyodo.modules.needs.models import Need, NeedFollow, NeedRating
from kyodo.modules.needs.rules import RATING_KIND, RatingDraft


@action("needs.rated", _("{who}が相談 {subject} の満足度を答えました。"))
def rate_need(*, need: Need, draft: RatingDraft, by: Actor, at: datetime) -> int:
    """Say how content the actor's body is with what became of a need; said again, it takes the first one's place."""
    if faults := rules.faults_of_rating(draft):
        raise NeedRefused(faults)
    if need.state not in rules.SOLVED:
        raise NeedChanged
    assert by.organisation_id is not None, "the door lets only members of a body rate"
    mine = NeedRating.objects.filter(need=need, organisation_id=by.organisation_id)
    before: dict[str, Any] = dict(mine.values("score", "comment").first() or {})
    rating, is_new = NeedRating.objects.update_or_create(
        need=need,
        organisation_id=by.organisation_id,
        defaults={**asdict(draft), "by": by.label, "at": at},
    )
    if not is_new:
        settle(RATING_KIND, rating.pk, by=by, at=at)
    sign(
        need,
        organisation=by.organisation_id,
        changed={name: (before.get(name), value) for name, value in asdict(draft).items()},
    )
    return rating.pk


@action("needs.followed", _("{who}が相談 {subject} の通知を受け取ることにしました。"))
def follow_need(*, need: Need, by: Actor, at: datetime) -> None:
    """Hear of what happens with a need."""
    follow(need, by=by)
    sign(need, organisation=by.organisation_id, changed={})


@action("needs.unfollowed", _("{who}が相談 {subject} の通知を止めました。"))
def unfollow_need(*, need: Need, by: Actor, at: datetime) -> None:
    """Hear no more of it."""
    NeedFollow.objects.filter(need=need, user_id=by.user_id or 0).delete()
    sign(need, organisation=by.organisation_id, changed={})

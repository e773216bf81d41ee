"""Post a need, and rewrite it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.audit.values import differing, recorded
from kyodo.core.faults import Fault
from kyodo.core.proxy.settling import settle
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.refusals import AlreadyPosted, NeedChanged, NeedRefused, NotNarrower
from kyodo.modules.needs.actions.signing import follow, sign
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import KIND, Audience, NeedDraft, State


@action("needs.posted", _("{who}が相談 {subject} を投稿しました。"))
def post_need(*, draft: NeedDraft, section: str, submission: UUID, by: Actor, at: datetime) -> int:
    """Post a need for the actor's body and return its number."""
    assert by.organisation_id is not None, "the door lets only members of a body post"
    if faults := rules.faults_of_need(draft, today=clock.day_of(at)):
        raise NeedRefused(faults)
    same = Q(organisation_id=by.organisation_id, title=draft.title, state__in=rules.OPEN, merged_into=None)
    twins = dict(Need.objects.filter(Q(submission=submission) | same).order_by().values_list("submission", "pk"))
    if submission in twins:
        raise AlreadyPosted(twins[submission])
    if twins:
        raise NeedRefused([Fault("title", _("同じ件名の相談が、あなたの団体からすでに出ています。"))])
    need = create_need(
        draft,
        submission=submission,
        at=at,
        state=State.RECEIVED,
        organisation_id=by.organisation_id,
        section=section,
        posted_by_id=by.user_id,
    )
    follow(need, by=by)
    sign(need, changed={name: (None, value) for name, value in recorded(draft).items()})
    return need.pk


@action("needs.edited", _("{who}が相談 {subject} を書き直しました。"))
def edit_need(*, need: Need, draft: NeedDraft, revision: int, by: Actor, at: datetime) -> None:
    """Change what a need says, if nobody changed it since `revision` was read."""
    if faults := rules.faults_of_change(draft, wished=need.wish_on, today=clock.day_of(at)):
        raise NeedRefused(faults)
    rows = Need.objects.filter(pk=need.pk, revision=revision, state__in=rules.OPEN, merged_into=None)
    if rules.narrows(Audience(need.audience), draft.audience):
        if need.backing_count:
            raise NotNarrower
        rows = rows.filter(backing_count=0)
    changed = differing(recorded(draft_of(need)), recorded(draft))
    if not rows.update(**asdict(draft), revision=F("revision") + 1):
        raise NeedChanged
    need.title = draft.title
    documents.refresh(KIND, need.pk)
    settle(KIND, need.pk, by=by, at=at)
    sign(need, changed=changed)


def create_need(draft: NeedDraft, *, submission: UUID, at: datetime, state: State, **whose: Any) -> Need:
    """A new need that can be found; AlreadyPosted for a form that was sent twice at the same moment."""
    try:
        with transaction.atomic():
            need = Need.objects.create(
                **asdict(draft), **whose, submission=submission, posted_at=at, state=state, state_since=at
            )
    except IntegrityError as twice:
        raise AlreadyPosted(Need.objects.values_list("pk", flat=True).get(submission=submission)) from twice
    documents.refresh(KIND, need.pk)
    return need


def draft_of(need: Need) -> NeedDraft:
    """A need as the draft that it came from."""
    return NeedDraft(**{name: getattr(need, name) for name in NeedDraft.__dataclass_fields__})

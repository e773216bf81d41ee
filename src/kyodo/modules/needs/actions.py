"""Writes to needs: post, change, join, leave, move. Each says who and when, and leaves one entry in the record."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from kyodo.core import clock, workflow
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.search import documents
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.models import Need, NeedBacking, NeedStep
from kyodo.modules.needs.rules import Audience, BackingDraft, Fault, NeedDraft, State

KIND = "needs.need"


class NeedRefused(Exception):
    """Something is wrong with what was handed in; `faults` names all of it."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.sentence}" for fault in faults))
        self.faults = faults


class AlreadyPosted(Exception):
    """The same form was sent before; `need_id` is what became of it then."""

    def __init__(self, need_id: int) -> None:
        super().__init__(f"already posted as {need_id}")
        self.need_id = need_id


class NeedChanged(Exception):
    """Somebody else changed the need since it was read."""


class AlreadyBacked(Exception):
    """The body has joined this need before."""


class NotNarrower(Exception):
    """Others have joined: fewer can't be made to see it any more."""


@action("needs.posted", _("{who}が相談 {subject} を投稿しました。"))
def post_need(*, draft: NeedDraft, section: str, submission: UUID, by: Actor, at: datetime) -> int:
    """Post a need for the actor's body and return its number."""
    assert by.organisation_id is not None, "the door lets only members of a body post"
    if faults := rules.faults_of_need(draft, today=clock.day_of(at)):
        raise NeedRefused(faults)
    same = Q(organisation_id=by.organisation_id, title=draft.title, state__in=rules.OPEN)
    twins = dict(Need.objects.filter(Q(submission=submission) | same).order_by().values_list("submission", "pk"))
    if submission in twins:
        raise AlreadyPosted(twins[submission])
    if twins:
        raise NeedRefused([Fault("title", _("同じ件名の相談が、あなたの団体からすでに出ています。"))])
    try:
        with transaction.atomic():
            need = Need.objects.create(
                **asdict(draft),
                organisation_id=by.organisation_id,
                section=section,
                posted_by_id=by.user_id,
                posted_at=at,
                submission=submission,
                state=State.RECEIVED,
                state_since=at,
            )
    except IntegrityError as twice:  # the same form, sent twice at the same moment
        raise AlreadyPosted(Need.objects.values_list("pk", flat=True).get(submission=submission)) from twice
    documents.refresh(KIND, need.pk)
    _sign(need, changed={name: (None, value) for name, value in _recorded(draft).items()})
    return need.pk


@action("needs.edited", _("{who}が相談 {subject} を書き直しました。"))
def edit_need(*, need: Need, draft: NeedDraft, revision: int, by: Actor, at: datetime) -> None:
    """Change what a need says, if nobody changed it since `revision` was read."""
    faults = rules.faults_of_need(draft, today=clock.day_of(at))
    if draft.wish_on == need.wish_on:
        faults = [fault for fault in faults if fault.field != "wish_on"]  # a wish that has passed may stay
    if faults:
        raise NeedRefused(faults)
    rows = Need.objects.filter(pk=need.pk, revision=revision, state__in=rules.OPEN)
    if rules.narrows(Audience(need.audience), draft.audience):
        if need.backing_count:
            raise NotNarrower
        rows = rows.filter(backing_count=0)
    old, new = _recorded(draft_of(need)), _recorded(draft)
    if not rows.update(**asdict(draft), revision=F("revision") + 1):
        raise NeedChanged
    need.title = draft.title
    documents.refresh(KIND, need.pk)
    _sign(need, changed={name: (old[name], new[name]) for name in new if old[name] != new[name]})


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
    shared = Need.objects.filter(pk=need.pk, state__in=rules.OPEN, audience__in=rules.SHARED)
    if not shared.update(backing_count=F("backing_count") + 1):
        raise NeedChanged
    _sign(
        need,
        organisation=by.organisation_id,
        changed={"volume": (None, draft.volume), "wish_on": (None, _day(draft.wish_on)), "note": (None, draft.note)},
    )
    return backing.pk


@action("needs.backing_withdrawn", _("{who}が相談 {subject} の「うちも」を取り消しました。"))
def withdraw_backing(*, backing: NeedBacking, by: Actor, at: datetime) -> None:
    """Take a 「うちも」 back while the need is open."""
    need = backing.need
    if not NeedBacking.objects.filter(pk=backing.pk).delete()[0]:
        raise NeedChanged
    Need.objects.filter(pk=need.pk).update(backing_count=F("backing_count") - 1)
    _sign(
        need,
        organisation=backing.organisation_id,
        changed={
            "volume": (backing.volume, None),
            "wish_on": (_day(backing.wish_on), None),
            "note": (backing.note, None),
        },
    )


@action("needs.moved", _("{who}が相談 {subject} の状態を変えました。"))
def move_need(*, need: Need, to: State, reason: str, by: Actor, at: datetime) -> None:
    """Move a need to another state, with the reason that its page will show."""
    # First: whoever was overtaken hears of that, not of a reason that the way back would need.
    workflow.ask_way(need, to=to, table=rules.TRANSITIONS)
    if faults := rules.faults_of_reason(reason, before=State(need.state), to=to):
        raise NeedRefused(faults)
    before = workflow.move(need, to=to, table=rules.TRANSITIONS, at=at)
    documents.refresh(KIND, need.pk)
    NeedStep.objects.create(need=need, before=before, after=to, reason=reason, by=by.label, at=at)
    _sign(need, changed={"state": (before, to)}, reason=reason)


def _recorded(draft: NeedDraft) -> dict[str, Any]:
    """The draft as JSON values, for the record."""
    return {**asdict(draft), "wish_on": _day(draft.wish_on)}


def draft_of(need: Need) -> NeedDraft:
    """A need as the draft that it came from."""
    return NeedDraft(**{name: getattr(need, name) for name in NeedDraft.__dataclass_fields__})


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _sign(
    need: Need, *, changed: dict[str, tuple[Any, Any]], reason: str = "", organisation: int | None = None
) -> None:
    record(
        kind=KIND,
        subject=need.pk,
        label=f"#{need.pk} {need.title}",
        organisation=organisation or need.organisation_id,
        changed=changed,
        reason=reason,
    )

"""What coordinators enter for a body: the same acts as its own people's, with where it comes from (core/proxy)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from kyodo.core.access.actor import Actor
from kyodo.core.files.store import Kept
from kyodo.core.proxy.actions import Entered, enter
from kyodo.core.proxy.rules import SourceDraft
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.backing import back_need
from kyodo.modules.needs.actions.posting import edit_need, post_need
from kyodo.modules.needs.actions.rating import rate_need
from kyodo.modules.needs.actions.signing import label_of
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import (
    AUDIENCES,
    BACKING_KIND,
    KIND,
    RATING_KIND,
    STANDING_WORDS,
    TOPIC_WORDS,
    BackingDraft,
    NeedDraft,
    RatingDraft,
)


def post_by_proxy(
    *, draft: NeedDraft, submission: UUID, source: SourceDraft, files: Sequence[Kept], by: Actor, at: datetime
) -> int:
    """Post a need for the body; its number."""

    def act() -> Entered:
        number = post_need(draft=draft, section=source.duty, submission=submission, by=by, at=at)
        return _entered(number, rules.label_of(number, draft.title), draft)

    return enter(source=source, files=files, act=act, by=by, at=at)


def edit_by_proxy(
    *,
    need: Need,
    draft: NeedDraft,
    revision: int,
    source: SourceDraft,
    files: Sequence[Kept],
    by: Actor,
    at: datetime,
) -> int:
    """Rewrite a need of the body, which is asked to confirm it again."""

    def act() -> Entered:
        edit_need(need=need, draft=draft, revision=revision, by=by, at=at)
        return _entered(need.pk, label_of(need), draft)

    return enter(source=source, files=files, act=act, by=by, at=at)


def back_by_proxy(
    *, need: Need, draft: BackingDraft, source: SourceDraft, files: Sequence[Kept], by: Actor, at: datetime
) -> int:
    """Join a need in the name of the body; the number of the backing."""

    def act() -> Entered:
        number = back_need(need=need, draft=draft, section=source.duty, by=by, at=at)
        told = _rows(
            (_("うちの量"), draft.volume, False),
            (_("希望時期"), draft.wish_on, False),
            (_("ひとこと"), draft.note, False),
        )
        return Entered(BACKING_KIND, number, label_of(need), rules.address_of(need.pk), told)

    return enter(source=source, files=files, act=act, by=by, at=at)


def rate_by_proxy(
    *, need: Need, draft: RatingDraft, source: SourceDraft, files: Sequence[Kept], by: Actor, at: datetime
) -> int:
    """Say how content the body is; the number of its answer."""

    def act() -> Entered:
        number = rate_need(need=need, draft=draft, by=by, at=at)
        told = _rows((_("満足度"), f"{draft.score} / 5", False), (_("ひとこと"), draft.comment, False))
        return Entered(RATING_KIND, number, label_of(need), rules.address_of(need.pk), told)

    return enter(source=source, files=files, act=act, by=by, at=at)


def _entered(number: int, label: str, draft: NeedDraft) -> Entered:
    told = _rows(
        (_("困っていることを一文で"), draft.title, False),
        (_("くわしく"), draft.trouble, False),
        (_("分野"), TOPIC_WORDS[draft.topic], True),
        (_("影響する人数（年・おおよそ）"), draft.people, False),
        (_("職員がかけている時間（年・時間）"), draft.hours_per_year, False),
        (_("かかっている費用（年・円）"), draft.yen_per_year, False),
        (_("いつまでに"), draft.wish_on, False),
        (_("いまの事業者・製品名"), draft.vendor, False),
        (_("いまの契約金額（円・年）"), draft.price_yen, False),
        (_("だれの相談ですか"), STANDING_WORDS[draft.standing], True),
        (_("だれに見せますか"), AUDIENCES[draft.audience].name, True),
    )
    return Entered(KIND, number, label, rules.address_of(number), told)


def _rows(*told: tuple[str, Any, bool]) -> list[list[Any]]:
    """Terms with values as people read them; what was left empty is left out."""
    return [[term, _shown(value), is_word] for term, value, is_word in told if value not in (None, "")]


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%Y/%m/%d}"
    return f"{value:,}" if isinstance(value, int) else str(value)

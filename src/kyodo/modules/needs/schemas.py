"""What the API of needs takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema

from kyodo.core.proxy.rules import State as ProxyState
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import (
    Audience,
    BackingDraft,
    NeedDraft,
    PriceReaders,
    RouteKind,
    RouteState,
    Standing,
    State,
    Topic,
)


class NeedOut(Schema):
    """A need as lists give it. Where a body asked not to be named, `organisation` and `section` are null.

    `by_proxy`: entered for the body by a coordinator, and what the body says of that; null where it wrote itself.
    """

    id: int
    title: str
    state: State
    topic: Topic
    audience: Audience
    organisation_id: int | None
    organisation: str | None
    section: str | None
    posted_at: datetime
    state_since: datetime
    wish_on: date | None
    backing_count: int
    people: int | None
    hours_per_year: int | None
    yen_per_year: int | None
    due_on: date | None
    merged_into_id: int | None
    by_proxy: ProxyState | None


class NeedList(Schema):
    """Some needs, and the cursor of the next ones."""

    items: list[NeedOut]
    next: int | None


class BackingOut(Schema):
    """A backing: another body has joined, with its own volume and date."""

    id: int
    organisation_id: int
    organisation: str
    section: str
    backed_at: datetime
    volume: str
    wish_on: date | None
    note: str
    by_proxy: ProxyState | None


class StepOut(Schema):
    """A change of state."""

    before: State
    after: State
    reason: str
    by: str
    at: datetime


class RouteOut(Schema):
    """What a need is answered with."""

    id: int
    kind: RouteKind
    state: RouteState
    purpose: str
    owner: str
    due_on: date | None
    outcome: str
    address: str


class MeasureOut(Schema):
    """What was promised and measured."""

    id: int
    label: str
    unit: str
    baseline: Decimal
    promised: Decimal
    method: str
    measure_on: date
    measured: Decimal | None
    measured_on: date | None
    evidence: str
    hours_saved_per_year: int | None
    yen_saved_per_year: int | None


class StoryOut(Schema):
    """A need's whole story. `bodies` are those that joined, or posted what was merged into it, where they are named."""

    need: NeedOut
    trouble: str
    standing: Standing
    revision: int
    vendor: str
    price_yen: int | None
    bodies: list[BackingOut]
    unnamed_bodies: int
    steps: list[StepOut]
    routes: list[RouteOut]
    measures: list[MeasureOut]


class NeedIn(Schema):
    """A need to be posted or rewritten."""

    title: str = Field(max_length=2000, examples=["体育館の予約が電話と紙台帳で、二重予約が起きている"])
    trouble: str = Field(max_length=20000)
    topic: Topic = Topic.OTHER
    audience: Audience = Audience.COORDINATORS
    standing: Standing = Standing.OFFICER
    people: int | None = Field(None, ge=0, le=rules.MOST)
    hours_per_year: int | None = Field(None, ge=0, le=rules.MOST)
    yen_per_year: int | None = Field(None, ge=0, le=rules.MOST)
    wish_on: date | None = None
    vendor: str = Field("", max_length=2000)
    price_yen: int | None = Field(None, ge=0, le=rules.MOST)
    price_readers: PriceReaders = PriceReaders.COORDINATORS

    def draft(self) -> NeedDraft:
        """As the rules know it."""
        return NeedDraft(**{name: getattr(self, name) for name in NeedDraft.__dataclass_fields__})


class NeedRewrite(NeedIn):
    """A need rewritten: `revision` is the one that was read, where no `If-Match` says so."""

    revision: int | None = Field(None, ge=1, le=2**31 - 1)


class BackingIn(Schema):
    """A backing to be added."""

    volume: str = Field(max_length=2000)
    wish_on: date | None = None
    note: str = Field("", max_length=5000)

    def draft(self) -> BackingDraft:
        """As the rules know it."""
        return BackingDraft(volume=self.volume, wish_on=self.wish_on, note=self.note)


class MoveIn(Schema):
    """A change of state to be made."""

    to: State
    reason: str = Field("", max_length=5000)


class NeedCreated(Schema):
    """The number of a need."""

    id: int


class PostOut(Schema):
    """A post about a need."""

    id: int
    who: str
    organisation_id: int | None
    at: datetime
    text: str
    is_internal: bool
    edited_at: datetime | None
    is_withdrawn: bool


class PostIn(Schema):
    """A post to be written."""

    text: str = Field(max_length=20000)
    is_internal: bool = False


class ArrangementIn(Schema):
    """Who answers (the number of a coordinator's account), and until when."""

    assignee_id: int | None = Field(None, ge=1, le=2**62)
    due_on: date | None = None


class MergeIn(Schema):
    """The need on whose page the story goes on, and why."""

    into_id: int = Field(ge=1, le=2**62)
    reason: str = Field("", max_length=5000)


class RouteIn(Schema):
    """An answer to be opened."""

    kind: RouteKind
    purpose: str = Field(max_length=2000)
    due_on: date | None = None


class RouteReportIn(Schema):
    """Where an answer stands."""

    to: RouteState
    outcome: str = Field("", max_length=5000)
    due_on: date | None = None


Amount = Annotated[Decimal, Field(max_digits=15, decimal_places=2)]


class MeasureIn(Schema):
    """A figure to be promised."""

    label: str = Field(max_length=2000)
    unit: str = Field(max_length=200)
    baseline: Amount
    promised: Amount
    method: str = Field(max_length=5000)
    measure_on: date


class ResultIn(Schema):
    """What was measured."""

    measured: Amount
    measured_on: date
    evidence: str = Field(max_length=5000)
    hours_saved_per_year: int | None = Field(None, ge=-rules.MOST, le=rules.MOST)
    yen_saved_per_year: int | None = Field(None, ge=-rules.MOST, le=rules.MOST)


class RatingIn(Schema):
    """How content a body is, 1 to 5, and why."""

    score: int = Field(ge=1, le=5)
    comment: str = Field("", max_length=5000)

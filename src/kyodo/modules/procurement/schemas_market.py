"""What the API of market and estimates takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema

from kyodo.modules.procurement.rules.estimate import BudgetClass, EstimateBasis
from kyodo.modules.procurement.rules.market import RfiState
from kyodo.modules.procurement.rules.survey import BudgetState


class RfiItemOut(Schema):
    """An item with the sum over all bodies; `is_about`: not exact."""

    id: int
    number: int
    name: str
    unit: str
    quantity: int | None
    is_about: bool


class RfiQuestionOut(Schema):
    """A free question to companies."""

    id: int
    text: str


class PublicTalkOut(Schema):
    """A question that was answered to all."""

    text: str
    answer: str
    answered_at: datetime | None


class RfiHeadOut(Schema):
    """An open request in short."""

    id: int
    title: str
    closes_on: date
    state: RfiState
    published_at: datetime | None


class RfiList(Schema):
    """The open requests."""

    items: list[RfiHeadOut]


class RfiOut(RfiHeadOut):
    """A request as anybody may read it."""

    text: str
    wanted: str
    contact: str
    items: list[RfiItemOut]
    questions: list[RfiQuestionOut]
    talk: list[PublicTalkOut]


class MarketFigureOut(Schema):
    """A company's figures for an item: yen without tax for one unit; null: not said."""

    item_id: int
    initial_low: int | None
    initial_likely: int | None
    initial_high: int | None
    yearly_low: int | None
    yearly_likely: int | None
    yearly_high: int | None
    note: str
    is_confidential: bool


class MarketReplyOut(Schema):
    """A company's reply to a question."""

    question_id: int
    text: str
    is_confidential: bool


class MarketAnswerOut(Schema):
    """A company's answer as its reader may see it. `hidden`: the items whose figures are confidential for the reader.

    Where its name is confidential for the reader, `name` is empty and `supplier_id` null.
    """

    number: int
    supplier_id: int | None
    name: str
    saved_at: datetime
    figures: list[MarketFigureOut]
    replies: list[MarketReplyOut]
    hidden: list[int]


class MarketOut(Schema):
    """A case's request with the answers of companies."""

    request: RfiOut
    answers: list[MarketAnswerOut]


class SpanOut(Schema):
    """Low, likely, high, in whole yen."""

    low: int
    likely: int
    high: int


class AmountsOut(Schema):
    """Yen with tax: once, a whole year, the first fiscal year together."""

    initial: SpanOut
    yearly: SpanOut
    first_year: SpanOut


class EstimateLineOut(Schema):
    """An item of an estimate."""

    item_id: int
    name: str
    unit: str
    quantity: int | None
    budget_class: BudgetClass
    basis: EstimateBasis
    answers: int
    amounts: AmountsOut


class EstimateOut(Schema):
    """A version of a body's estimate."""

    id: int
    number: int
    made_at: datetime
    fiscal_year: int
    due_on: date
    is_due_assumed: bool
    tax_percent: Decimal
    confirmed_at: datetime | None
    total: AmountsOut
    lines: list[EstimateLineOut]


class BudgetOut(Schema):
    """What a body got in its budget."""

    kind: BudgetState
    yen: int
    decided_on: date
    note: str
    revision: int


class BodyEstimateOut(Schema):
    """A body with its latest estimate and what it got."""

    organisation_id: int
    organisation: str
    code: str
    estimate: EstimateOut | None
    budgets: list[BudgetOut]


class EstimateList(Schema):
    """The bodies whose estimates one may read: all for coordinators and auditors, else the own one."""

    items: list[BodyEstimateOut]


class BudgetIn(Schema):
    """What the body of the token got. `revision`: of the record that is written anew; null where there is none yet."""

    kind: BudgetState
    yen: int = Field(ge=0, le=2**53)
    decided_on: date
    note: str = Field("", max_length=5000)
    revision: int | None = Field(None, ge=1, le=2**31 - 1)

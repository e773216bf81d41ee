"""What the API of the parts of a case takes and gives: survey, alignment, commitment; and of contracts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ninja import Field, Schema

from kyodo.core import plain_text
from kyodo.modules.procurement.rules.alignment import Reply, RequirementLevel, TopicState
from kyodo.modules.procurement.rules.case import ContractForm
from kyodo.modules.procurement.rules.commitment import CommitmentDraft, CommitmentState
from kyodo.modules.procurement.rules.contracts import DRAFT_NAMES, ContractDraft, ContractSource
from kyodo.modules.procurement.rules.law import Budget, GroundKind
from kyodo.modules.procurement.rules.survey import LineDraft

MOST = 2**62
Key = Field(ge=1, le=MOST)


class ContractOut(Schema):
    """A contract that is known. Figures are with tax, in yen; `renews_alone`: its body goes on by itself."""

    id: int
    organisation_id: int
    organisation: str
    code: str | None
    kind: str
    item: str
    supplier: str
    begins_on: date | None
    ends_on: date
    yearly_yen: int | None
    unit_price_yen: int | None
    quantity: int | None
    unit: str
    form: str
    note: str
    renews_alone: bool
    source: ContractSource
    case_id: int | None
    revision: int


class ContractList(Schema):
    """Some contracts, and the cursor of the next ones."""

    items: list[ContractOut]
    next: int | None


class ContractFacts(Schema):
    """A contract as it is handed in."""

    kind: str = Field(max_length=20, examples=["licences"])
    item: str = Field(max_length=2000)
    ends_on: date
    begins_on: date | None = None
    supplier: str = Field("", max_length=2000)
    yearly_yen: int | None = Field(None, ge=-MOST, le=MOST)
    unit_price_yen: int | None = Field(None, ge=-MOST, le=MOST)
    quantity: int | None = Field(None, ge=-MOST, le=MOST)
    unit: str = Field("", max_length=200)
    form: ContractForm | None = None
    note: str = Field("", max_length=5000)
    renews_alone: bool = False

    def draft(self) -> ContractDraft:
        """As the rules know it."""
        told = {name: getattr(self, name) for name in DRAFT_NAMES}
        texts = {name: plain_text.tidy(value) for name, value in told.items() if isinstance(value, str)}
        return ContractDraft(**{**told, **texts, "form": self.form.value if self.form else ""})


class ContractIn(ContractFacts):
    """A new contract; without a body it is my own."""

    organisation_id: int | None = Field(None, ge=1, le=MOST)


class ContractRewrite(ContractFacts):
    """A contract as it is from now on; `revision` is the one that was read."""

    revision: int = Key


class ProgressOut(Schema):
    """How far a body is: the last stage that it answered, and how many items concern it."""

    organisation_id: int
    organisation: str
    code: str
    stage: int
    stays: int
    answered_at: datetime | None


class DemandOut(Schema):
    """An item over all bodies. `total` counts what is said in the item's own unit; `other_units` is apart."""

    item_id: int
    name: str
    unit: str
    total: int
    joining: int
    concerned: int
    undecided: int
    not_concerned: int
    without_number: int
    other_units: dict[str, int]


class SurveyOut(Schema):
    """How far a survey is, and what comes out of it."""

    stage: int
    progress: list[ProgressOut]
    items: list[DemandOut]


class LineFacts(Schema):
    """What a body says of an item; what was not asked or said is empty."""

    relevance: str = Field("", max_length=20)
    quantity_said: str = Field("", max_length=200)
    unit: str = Field("", max_length=200)
    contract: str = Field("", max_length=20)
    contract_until: date | None = None
    unit_price_yen: int | None = Field(None, ge=-MOST, le=MOST)
    supplier: str = Field("", max_length=2000)
    must: str = Field("", max_length=5000)
    nice: str = Field("", max_length=5000)
    budget: str = Field("", max_length=20)
    form: str = Field("", max_length=20)
    intention: str = Field("", max_length=20)
    reason: str = Field("", max_length=5000)

    def draft(self) -> LineDraft:
        """As the rules know it."""
        told = {name: getattr(self, name) for name in LineFacts.model_fields}
        texts = {name: plain_text.tidy(value) for name, value in told.items() if isinstance(value, str)}
        return LineDraft(**{**told, **texts})


class LineOut(Schema):
    """A line with what was said of it. `is_own`: something that was not asked about."""

    id: int
    item_id: int | None
    name: str
    unit: str
    is_own: bool
    said: LineFacts = Field(alias="draft")


class ResponseOut(Schema):
    """What my body was asked and answered. `asked`: the stage that is asked; `stage`: the last one that is done."""

    organisation_id: int
    organisation: str
    asked: int
    stage: int
    contact: str
    revision: int
    answered_at: datetime | None
    lines: list[LineOut]


class LineIn(LineFacts):
    """An answer to a line, by its number."""

    id: int = Key


class ResponseIn(Schema):
    """Answers to some lines; `is_final`: the stage is answered with this, or what is missing is told."""

    lines: list[LineIn] = Field(max_length=300)
    contact: str = Field("", max_length=2000)
    stage: int = Field(1, ge=1, le=3)
    is_final: bool = False
    revision: int = Key


class ReachedOut(Schema):
    """The last stage that is answered now."""

    stage: int


class RequirementSaid(Schema):
    """One way in which bodies say a requirement."""

    text: str
    bodies: list[int]


class TopicOut(Schema):
    """A requirement beside what bodies say of it. `settlement_id`: the proposal to answer, where there is one."""

    id: int
    number: int
    group: str
    name: str
    joint: str
    state: TopicState
    values: list[RequirementSaid]
    settlement_id: int | None
    own_requirement_id: int | None
    own_text: str
    own_revision: int | None


class RequirementIn(Schema):
    """What my body requires, by the number of its requirement."""

    id: int = Key
    text: str = Field("", max_length=5000)
    level: RequirementLevel = RequirementLevel.MUST
    revision: int = Key


class RequirementsIn(Schema):
    """Some requirements."""

    requirements: list[RequirementIn] = Field(max_length=500)


class ReplyIn(Schema):
    """An answer to a proposal; who objects says why."""

    settlement_id: int = Key
    reply: Reply
    remark: str = Field("", max_length=5000)


class RepliesIn(Schema):
    """Some answers."""

    replies: list[ReplyIn] = Field(max_length=500)


class SpecificationVersionOut(Schema):
    """A version of the joint specification."""

    number: int
    note: str
    by: str
    at: datetime
    rows: list[Mapping[str, object]]


class CommitmentOut(Schema):
    """What a body takes, and what the law still asks for (codes; `blocks` before the contract, `warns` to check)."""

    organisation_id: int
    organisation: str
    state: CommitmentState
    amount_yen: int | None
    yearly_yen: int | None
    planned_on: date
    budget: Budget
    budget_year: int | None
    budget_item: str
    note: str
    revision: int
    quantities: dict[int, int]
    blocks: list[str]
    warns: list[str]


class CommitmentLineIn(Schema):
    """How many of an item, taken how."""

    item_id: int = Key
    quantity: int = Field(ge=-MOST, le=MOST)
    form: ContractForm


class CommitmentIn(Schema):
    """What my body takes. `revision`: the one that was read; 0 for the first time."""

    lines: list[CommitmentLineIn] = Field(max_length=300)
    amount_yen: int | None = Field(None, ge=-MOST, le=MOST)
    yearly_yen: int | None = Field(None, ge=-MOST, le=MOST)
    planned_on: date
    budget: Budget
    budget_year: int | None = Field(None, ge=1900, le=2200)
    budget_item: str = Field("", max_length=2000)
    note: str = Field("", max_length=5000)
    revision: int = Field(0, ge=0, le=MOST)

    def draft(self) -> CommitmentDraft:
        """As the rules know it."""
        return CommitmentDraft(
            lines={one.item_id: (one.quantity, one.form) for one in self.lines},
            amount_yen=self.amount_yen,
            yearly_yen=self.yearly_yen,
            planned_on=self.planned_on,
            budget=self.budget,
            budget_year=self.budget_year,
            budget_item=plain_text.tidy(self.budget_item),
            note=plain_text.tidy(self.note),
        )


class BindIn(Schema):
    """That what the law still asks for was read; `revision`: of the commitment that was read."""

    revision: int = Key
    knows_blocks: bool = False


class GroundIn(Schema):
    """A fact that settles a finding (by its code)."""

    finding: str = Field(max_length=200)
    kind: GroundKind
    number: str = Field(max_length=2000)
    on: date

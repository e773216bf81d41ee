"""What the API of joint procurement takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from kyodo.modules.procurement.rules.case import CaseAudience, CaseDraft, CaseState, ContractForm, MemberRole

Number = Annotated[int, Field(ge=1, le=2**62)]


class CaseOut(Schema):
    """A joint procurement as lists give it. `body_count`: how many bodies buy together; `due_on`: of its step."""

    id: int
    title: str
    kind: str
    state: CaseState
    state_since: datetime
    starts_on: date
    months: int
    audience: CaseAudience
    organisation: str
    opened_at: datetime
    body_count: int
    due_on: date | None


class CaseList(Schema):
    """Some cases, and the cursor of the next ones."""

    items: list[CaseOut]
    next: int | None


class MemberOut(Schema):
    """A body in a case; `left_at` where it has left."""

    id: int
    organisation_id: int
    organisation: str
    code: str
    role: MemberRole
    joined_at: datetime
    left_at: datetime | None
    left_reason: str


class ItemOut(Schema):
    """Something that is asked for."""

    id: int
    number: int
    name: str
    unit: str
    form: ContractForm
    note: str


class CaseStepOut(Schema):
    """A step that was taken."""

    before: CaseState
    after: CaseState
    reason: str
    by: str
    at: datetime


class CaseStoryOut(Schema):
    """The whole of a case. `days`: until when what each step asks for is due."""

    case: CaseOut
    purpose: str
    method: str
    way: str
    revision: int
    members: list[MemberOut]
    items: list[ItemOut]
    steps: list[CaseStepOut]
    days: dict[CaseState, date]


class CaseIn(Schema):
    """A case to be opened: for needs (their numbers), and bodies (the numbers of their organisations)."""

    title: str = Field(max_length=2000, examples=["Office licences, renewal in fiscal 2027"])
    purpose: str = Field(max_length=20000)
    kind: str = Field(max_length=20, examples=["licences"])
    audience: CaseAudience = CaseAudience.ALL
    method: str = Field("open_lowest", max_length=30)
    way: str = Field("one_selection", max_length=30)
    starts_on: date
    months: int = Field(12, ge=1, le=120)
    need_ids: list[Number] = Field(default_factory=list, max_length=50)
    bodies: list[Number] = Field(default_factory=list, max_length=2000)

    def draft(self) -> CaseDraft:
        """As the rules know it."""
        return CaseDraft(**{name: getattr(self, name) for name in CaseDraft.__dataclass_fields__})


class CaseMoveIn(Schema):
    """A step to be taken."""

    to: CaseState
    reason: str = Field("", max_length=5000)

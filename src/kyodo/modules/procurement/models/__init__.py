"""The tables of joint procurement, an aggregate a file."""

from __future__ import annotations

from kyodo.modules.procurement.models.alignment import (
    Lot,
    LotPlace,
    Requirement,
    RequirementTopic,
    Settlement,
    SettlementReply,
    SpecificationVersion,
)
from kyodo.modules.procurement.models.case import (
    CaseDay,
    CaseItem,
    CaseMember,
    CaseNeed,
    CaseQuerySet,
    CaseStep,
    JointProcurement,
)
from kyodo.modules.procurement.models.commitment import Commitment, CommitmentLine, RecordedGround
from kyodo.modules.procurement.models.contracts import CurrentContract
from kyodo.modules.procurement.models.estimate import BudgetResult, Estimate, EstimateLine
from kyodo.modules.procurement.models.market import (
    MarketAnswer,
    MarketDocument,
    MarketFigure,
    MarketLink,
    MarketQuestion,
    MarketReply,
    RequestForInformation,
    RfiItem,
    RfiQuestion,
    Supplier,
)
from kyodo.modules.procurement.models.merging import ItemProposal
from kyodo.modules.procurement.models.survey import (
    Survey,
    SurveyAnswer,
    SurveyLine,
    SurveyQuestion,
    SurveyResponse,
)

__all__ = [
    "BudgetResult",
    "CaseDay",
    "CaseItem",
    "CaseMember",
    "CaseNeed",
    "CaseQuerySet",
    "CaseStep",
    "Commitment",
    "CommitmentLine",
    "CurrentContract",
    "Estimate",
    "EstimateLine",
    "ItemProposal",
    "JointProcurement",
    "Lot",
    "LotPlace",
    "MarketAnswer",
    "MarketDocument",
    "MarketFigure",
    "MarketLink",
    "MarketQuestion",
    "MarketReply",
    "RecordedGround",
    "RequestForInformation",
    "Requirement",
    "RequirementTopic",
    "RfiItem",
    "RfiQuestion",
    "Settlement",
    "SettlementReply",
    "SpecificationVersion",
    "Supplier",
    "Survey",
    "SurveyAnswer",
    "SurveyLine",
    "SurveyQuestion",
    "SurveyResponse",
]

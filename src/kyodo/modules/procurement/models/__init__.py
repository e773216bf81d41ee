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
from kyodo.modules.procurement.models.merging import ItemProposal
from kyodo.modules.procurement.models.survey import (
    Survey,
    SurveyAnswer,
    SurveyLine,
    SurveyQuestion,
    SurveyResponse,
)

__all__ = [
    "CaseDay",
    "CaseItem",
    "CaseMember",
    "CaseNeed",
    "CaseQuerySet",
    "CaseStep",
    "Commitment",
    "CommitmentLine",
    "ItemProposal",
    "JointProcurement",
    "Lot",
    "LotPlace",
    "RecordedGround",
    "Requirement",
    "RequirementTopic",
    "Settlement",
    "SettlementReply",
    "SpecificationVersion",
    "Survey",
    "SurveyAnswer",
    "SurveyLine",
    "SurveyQuestion",
    "SurveyResponse",
]

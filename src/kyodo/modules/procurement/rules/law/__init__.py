"""What the law says to one body's commitment: which rule bites, by which article, and what settles it."""

from kyodo.modules.procurement.rules.law.facts import (
    GROUND_WORDS,
    WEIGHT_WORDS,
    Budget,
    CommitmentFacts,
    Finding,
    Ground,
    GroundKind,
    LikePurchase,
    Subject,
    Weight,
)
from kyodo.modules.procurement.rules.law.findings import findings_of, is_blocked

__all__ = [
    "GROUND_WORDS",
    "WEIGHT_WORDS",
    "Budget",
    "CommitmentFacts",
    "Finding",
    "Ground",
    "GroundKind",
    "LikePurchase",
    "Subject",
    "Weight",
    "findings_of",
    "is_blocked",
]

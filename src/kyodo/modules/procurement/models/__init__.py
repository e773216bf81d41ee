"""The tables of joint procurement, an aggregate a file."""

from __future__ import annotations

from kyodo.modules.procurement.models.case import (
    CaseDay,
    CaseItem,
    CaseMember,
    CaseNeed,
    CaseQuerySet,
    CaseStep,
    JointProcurement,
)

__all__ = [
    "CaseDay",
    "CaseItem",
    "CaseMember",
    "CaseNeed",
    "CaseQuerySet",
    "CaseStep",
    "JointProcurement",
]

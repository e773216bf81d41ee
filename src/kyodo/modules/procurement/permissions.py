"""What joint procurement lets each role do, in words: this is what the access matrix is written from."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with joint procurements."""

    READ = "procurement.read"
    RUN = "procurement.run"
    JOIN = "procurement.join"
    ANSWER = "procurement.answer"
    SHEET = "procurement.sheet"
    ALIGN = "procurement.align"
    COMMIT = "procurement.commit"
    CONTRACTS = "procurement.contracts"
    KEEP_CONTRACTS = "procurement.keep_contracts"
    MARKET_READ = "procurement.market_read"
    MARKET_ANSWER = "procurement.market_answer"


BODY = {Role.OFFICER: Reach.OWN, Role.APPROVER: Reach.OWN}
COORDINATORS = {Role.COORDINATOR: Reach.REGION}

# What coordinators may enter for a body that telephones or sends paper (core/proxy).
PROXY = (Permission.READ, Permission.JOIN, Permission.ANSWER, Permission.ALIGN, Permission.COMMIT, Permission.CONTRACTS)

GRANTS: Grants = {
    # Bodies read the cases they are in, and those that are shown to all bodies; coordinators and auditors read all.
    Permission.READ: {**BODY, **COORDINATORS, Role.AUDITOR: Reach.REGION},
    # Coordinators open cases, ask, settle and move them on.
    Permission.RUN: COORDINATORS,
    # A body comes into a case that is shown to all, or leaves one.
    Permission.JOIN: BODY,
    # It answers surveys about itself.
    Permission.ANSWER: BODY,
    # It may do so on a sheet; coordinators hand in the sheets that bodies mail back.
    Permission.SHEET: {**BODY, **COORDINATORS},
    # It says what it needs, and answers what is proposed about differences.
    Permission.ALIGN: BODY,
    # It says what it will buy and from which money; whether it is bound is decided by its approver (core/decisions).
    Permission.COMMIT: BODY,
    # It reads its own list of contracts; coordinators and auditors that of any body.
    Permission.CONTRACTS: {**BODY, **COORDINATORS, Role.AUDITOR: Reach.REGION},
    # It keeps that list; coordinators keep that of any body.
    Permission.KEEP_CONTRACTS: {**BODY, **COORDINATORS},
    # Anybody sees what companies are publicly asked,
    Permission.MARKET_READ: dict.fromkeys(Role, Reach.REGION),
    # and whoever comes by a link that was sent to a company answers for that company.
    Permission.MARKET_ANSWER: dict.fromkeys(Role, Reach.REGION),
}

"""What the needs module lets each role do, in words: this is what the access matrix is written from."""

from __future__ import annotations

from enum import StrEnum

from kyodo.core.access.grants import Grants
from kyodo.core.access.roles import Reach, Role


class Permission(StrEnum):
    """What can be done with needs."""

    PUBLIC_READ = "needs.public_read"
    READ = "needs.read"
    FOLLOW = "needs.follow"
    REPORT = "needs.report"
    POST = "needs.post"
    BACK = "needs.back"
    RATE = "needs.rate"
    MEASURE = "needs.measure"
    MOVE = "needs.move"
    ARRANGE = "needs.arrange"
    SHEET = "needs.sheet"


# What coordinators may enter for a body that telephones or sends paper (core/proxy).
PROXY = (Permission.READ, Permission.POST, Permission.BACK, Permission.RATE)

BODY = {Role.OFFICER: Reach.OWN, Role.APPROVER: Reach.OWN}
COORDINATORS = {Role.COORDINATOR: Reach.REGION}

GRANTS: Grants = {
    # Anybody reads what was solved and marked as public.
    Permission.PUBLIC_READ: dict.fromkeys(Role, Reach.REGION),
    # Officers read their own and what is shared with all bodies; coordinators and auditors read everything.
    Permission.READ: {**BODY, **COORDINATORS, Role.AUDITOR: Reach.REGION},
    # Whoever reads and works with needs may want to hear what happens with one.
    Permission.FOLLOW: {**BODY, **COORDINATORS},
    # Bodies get the report about themselves; coordinators and auditors that of any body and of the region.
    Permission.REPORT: {**BODY, **COORDINATORS, Role.AUDITOR: Reach.REGION},
    # Officers and approvers write and change the needs of their own body.
    Permission.POST: BODY,
    # They join the needs of other bodies in the name of their own.
    Permission.BACK: BODY,
    # They say how content their body is, at the end.
    Permission.RATE: BODY,
    # What was promised is measured where it was to help, or by coordinators.
    Permission.MEASURE: {**BODY, **COORDINATORS},
    # Coordinators move any need from state to state,
    Permission.MOVE: COORDINATORS,
    # and give it to one of them, with a day; merge, split, and answer it.
    Permission.ARRANGE: COORDINATORS,
    # Officers and approvers complete the needs of their own body on a sheet; coordinators send sheets to all bodies.
    Permission.SHEET: {**BODY, **COORDINATORS},
}

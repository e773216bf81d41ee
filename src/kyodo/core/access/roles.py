"""The roles, in words for people. What each may do stands in the `permissions.py` of each part, in these terms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kyodo.engines.words import _


class Role(StrEnum):
    """Somebody's part in the region. Everybody is at least a resident."""

    RESIDENT = "resident"
    OFFICER = "officer"
    APPROVER = "approver"
    COORDINATOR = "coordinator"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class RoleCard:
    """What a role is called and what it is for."""

    name: str
    purpose: str


ROLES: dict[Role, RoleCard] = {
    Role.RESIDENT: RoleCard(_("住民"), _("サインインせずに、公開されたものを見る人。")),
    Role.OFFICER: RoleCard(_("担当者"), _("自分の団体の相談を書き、ほかの団体の相談に加わる職員。")),
    Role.APPROVER: RoleCard(_("承認者"), _("団体として加わることを決める課長などの職員。")),
    Role.COORDINATOR: RoleCard(_("調整担当"), _("すべての相談を見て、引き受け、進める推進団体の職員。")),
    Role.AUDITOR: RoleCard(_("監査"), _("何も変えずに、すべての記録を読み、確かめる人。")),
    Role.OPERATOR: RoleCard(_("運用管理者"), _("利用者と設定を世話する人。相談の中身は見ない。")),
    Role.ADMINISTRATOR: RoleCard(
        _("団体管理者"), _("自分の団体の利用者・担当・異動を世話する職員。相談の中身は見ない。")
    ),
}


# What a body hands out among its own people; the others work for the whole region and are given by an operator.
BODY_ROLES = frozenset({Role.OFFICER, Role.APPROVER, Role.ADMINISTRATOR})


class Reach(StrEnum):
    """How far a permission goes: for what one's own organisation holds, or for the whole region."""

    OWN = "own"
    REGION = "region"


def widest(reaches: list[Reach]) -> Reach | None:
    """The widest of several reaches; None of none."""
    if Reach.REGION in reaches:
        return Reach.REGION
    return Reach.OWN if reaches else None

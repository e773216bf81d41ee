"""Situations of decisions: a body with levels, an approval asked for, a decision recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.decisions import actions, matters
from kyodo.core.decisions.matters import Matter
from kyodo.core.decisions.models import Approval, Decision
from kyodo.core.decisions.queries import PolicyRow
from kyodo.core.decisions.rules import Division, Draft, LevelDraft
from tests.region import LONG_AGO, Person, Region, numbers

NEED = "needs.need"


def matter(need: int, by: Person, kind: str = NEED) -> Matter:
    """A need as something to decide."""
    found = matters.find(kind, need, actor=by.actor)
    assert found is not None
    return found


def acting(person: Person) -> dict[str, Any]:
    """Who acts, now."""
    return {"by": person.actor, "at": clock.now()}


def head(region: Region) -> Person:
    """The village's approver."""
    return region.of_role(Role.APPROVER)


def another(region: Region, name: str = "副村長") -> Person:
    """One more approver of the village, each time another."""
    user = User.objects.create(username=f"a{next(numbers)}", display_name=name, password="!", created_at=clock.now())
    Membership.objects.create(user=user, organisation=region.village, role=Role.APPROVER, valid_from=LONG_AGO)
    return Person(user, replace(head(region).actor, label=f"檜原村 {name}", user_id=user.pk, duty_id=None))


def with_levels(region: Region, *levels: tuple[Person, Person | None], own: bool = False, public: bool = False) -> None:
    """The village approves by these levels, each a holder and a deputy; by none, its record is the approval."""
    drafts = [LevelDraft(user=one.user.pk, deputy_user=two.user.pk if two else None) for one, two in levels]
    policy = PolicyRow(bool(levels), own, public)
    actions.set_steps(organisation=region.village, policy=policy, levels=drafts, **acting(head(region)))


def asked(region: Region, need: int, *levels: tuple[Person, Person | None], **told: Any) -> Approval:
    """The village's officer asked for approval of a need."""
    with_levels(region, *(levels or ((head(region), None),)))
    asker = region.villager
    values = {"due_on": None, "remark": "", **told}
    return Approval.objects.get(pk=actions.ask(matter=matter(need, asker), **values, **acting(asker)))


def draft(**changes: Any) -> Draft:
    """A record that is in order."""
    told = {"decided_on": date(2026, 4, 1), "number": "8総第1号", "division": Division.DELEGATED}
    return Draft(**{**told, "decider_name": "檜原太郎", "decider_duty": "総務課長", **changes})


def recorded(region: Region, need: int, *, kind: str = NEED, **changes: Any) -> Decision:
    """A decision about a need (or a matter of another kind) that the village's officer recorded."""
    by = region.villager
    told = draft(**{"number": f"8総第{next(numbers)}号", **changes})
    return Decision.objects.get(pk=actions.record_decision(matter=matter(need, by, kind), draft=told, **acting(by)))

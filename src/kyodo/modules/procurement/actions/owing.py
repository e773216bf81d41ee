"""Sets what the step of a case asks of each body as due, whenever that or what was given changes. Inside an action."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from kyodo.core.deadlines import setting as deadlines
from kyodo.core.deadlines.setting import Due
from kyodo.modules.procurement.actions.signing import label_of
from kyodo.modules.procurement.models import CaseMember, Estimate, JointProcurement
from kyodo.modules.procurement.queries.done import done
from kyodo.modules.procurement.queries.story import days_of
from kyodo.modules.procurement.rules.case import BUYING, DUE_WORDS, MEMBER_KIND, CaseState, address_of

# The page of a case on which a body does what is due in a step.
PLACES: dict[CaseState, str] = {
    CaseState.SURVEY: "",
    CaseState.ALIGNMENT: "",
    CaseState.MARKET: "estimates/",
    CaseState.COMMITMENT: "",
}


def set_due(case: JointProcurement, *, at: datetime, bodies: Collection[int] | None = None) -> None:
    """What the case's step asks for is due of each body (or of `bodies`) that buys and has not done it.

    What earlier steps asked for is due no more. In as many statements for many bodies as for one.
    """
    state = CaseState(case.state)
    members = CaseMember.objects.filter(case=case, left_at=None)
    if bodies is not None:
        members = members.filter(organisation_id__in=bodies)
    places = {key: (body, role) for key, body, role in members.values_list("pk", "organisation_id", "role")}
    others = [other.value for other in DUE_WORDS if other is not state]
    deadlines.meet_all(MEMBER_KIND, list(places), *others, at=at)
    if state not in DUE_WORDS:
        return
    day, finished = days_of(case.pk).get(state), done(case.pk, state)
    own = _budget_days(case) if state is CaseState.MARKET else {}
    deadlines.set_all(
        (
            (
                Due(
                    kind=MEMBER_KIND,
                    subject=key,
                    purpose=state.value,
                    what=DUE_WORDS[state],
                    about=label_of(case),
                    address=address_of(case.pk) + PLACES[state],
                    organisation_id=body,
                ),
                own.get(body, day) if role in BUYING and body not in finished else None,
            )
            for key, (body, role) in places.items()
        ),
        at=at,
    )


def _budget_days(case: JointProcurement) -> dict[int, date]:
    """Until when each body asks for its budget, of those that were given an estimate: by the latest."""
    return dict(Estimate.objects.filter(case=case).order_by("number").values_list("organisation_id", "due_on"))

"""Give needs to a coordinator, with a day until which they are to be answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.audit.values import plain
from kyodo.core.deadlines import setting as deadlines
from kyodo.core.deadlines.setting import Due
from kyodo.core.faults import Fault
from kyodo.core.notifications.hearing import About
from kyodo.core.notifications.telling import tell
from kyodo.engines.words import _
from kyodo.modules.needs import rules
from kyodo.modules.needs.actions.refusals import NeedChanged, NeedRefused
from kyodo.modules.needs.actions.signing import label_of
from kyodo.modules.needs.models import Need, NeedFollow
from kyodo.modules.needs.queries.people import coordinators
from kyodo.modules.needs.rules import KIND

TOLD_GIVEN = _("{who}が、{subject} の担当をあなたにしました。")


@action("needs.arranged", _("{who}が相談 {subject} の担当と期限を決めました。"))
def arrange_needs(*, needs: Sequence[Need], assignee: int | None, due_on: date | None, by: Actor, at: datetime) -> None:
    """Say who answers these needs, and until when; None takes either away. All or none, with one entry."""
    faults = list(rules.fault_of_day("due_on", due_on, today=clock.day_of(at)))
    if assignee is not None and assignee not in coordinators():
        faults.append(Fault("assignee", _("調整担当の人を選んでください。")))
    if not needs:
        faults.append(Fault("needs", _("相談を選んでください。")))
    if faults:
        raise NeedRefused(faults)
    changed = {}
    for need in needs:
        still_open = Need.objects.filter(pk=need.pk, state__in=rules.OPEN, merged_into=None)
        if not still_open.update(assignee_id=assignee, due_on=due_on):
            raise NeedChanged
        before, after = (need.assignee_id, plain(need.due_on)), (assignee, plain(due_on))
        changed[f"arranged #{need.pk}"] = (list(before), list(after))
        set_need_deadline(need, assignee=assignee, due_on=due_on, by=by, at=at)
        if assignee is not None and assignee != need.assignee_id:
            NeedFollow.objects.get_or_create(need=need, user_id=assignee)
            facts = {"who": by.label, "subject": label_of(need)}
            tell(
                [assignee],
                about=About(KIND, need.pk),
                sentence=TOLD_GIVEN,
                facts=facts,
                address=rules.address_of(need.pk),
                by=by,
                at=at,
            )
    is_one = len(needs) == 1
    record(
        kind=KIND,
        subject=needs[0].pk if is_one else None,
        label=label_of(needs[0]) if is_one else gettext("相談{n}件").format(n=len(needs)),
        organisation=needs[0].organisation_id if is_one else by.organisation_id,
        changed=changed,
    )


def set_need_deadline(need: Need, *, assignee: int | None, due_on: date | None, by: Actor, at: datetime) -> None:
    """Let the day until which a need is to be answered stand among what is due; None lifts it."""
    assert by.organisation_id is not None, "coordinators are members of a body"
    due = Due(
        kind=KIND,
        subject=need.pk,
        purpose="due",
        what=_("返事・対応"),
        about=label_of(need),
        address=rules.address_of(need.pk),
        organisation_id=by.organisation_id,
        user_id=assignee,
    )
    deadlines.set_deadline(due, on=due_on, at=at)

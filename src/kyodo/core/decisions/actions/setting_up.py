"""Set how a body decides here."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.decisions import people, queries, rules
from kyodo.core.decisions.actions.refusals import DecisionRefused
from kyodo.core.decisions.models import Level, Policy
from kyodo.core.decisions.queries import PolicyRow
from kyodo.core.decisions.rules import LevelDraft
from kyodo.core.faults import Fault
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _

SEATS = tuple(LevelDraft.__dataclass_fields__)


@action("decisions.steps_set", _("{who}が {subject} の承認のしかたを決めました。"))
def set_steps(
    *, organisation: Organisation, policy: PolicyRow, levels: list[LevelDraft], by: Actor, at: datetime
) -> None:
    """Set a body's steps, for what is asked from now on; what is asked already goes on as it was."""
    faults = rules.faults_of_levels(levels, is_on=policy.has_steps)
    duties, users = (dict(found) for found in people.choices(organisation.pk, clock.day_of(at)))
    for number, level in enumerate(levels, start=1):
        known = {level.duty, level.deputy_duty} - {None} <= duties.keys()
        if not known or not {level.user, level.deputy_user} - {None} <= users.keys():
            faults.append(Fault(f"holder{number}", _("この団体の承認者か担当を選んでください。")))
    if faults:
        raise DecisionRefused(faults)
    before = queries.policy_of(organisation.pk)
    old = [{name: getattr(one, f"{name}_id") for name in SEATS} for one in queries.levels_of(organisation.pk)]
    Policy.objects.update_or_create(organisation=organisation, defaults=asdict(policy))
    Level.objects.filter(organisation=organisation).delete()
    Level.objects.bulk_create(
        Level(organisation=organisation, number=number, **{f"{name}_id": value for name, value in asdict(one).items()})
        for number, one in enumerate(levels, start=1)
    )
    changed = {name: (getattr(before, name), value) for name, value in asdict(policy).items()}
    record(
        kind="organisations.organisation",
        subject=organisation.pk,
        label=organisation.name,
        organisation=organisation.pk,
        changed={**changed, "levels": (old, [asdict(one) for one in levels])},
    )

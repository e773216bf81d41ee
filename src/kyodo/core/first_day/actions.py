"""What is done on the first day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import Role
from kyodo.core.accounts.actions import create_user, grant_role
from kyodo.core.accounts.models import User
from kyodo.core.audit.record import action, record
from kyodo.core.first_day import steps
from kyodo.core.first_day.models import DoneStep
from kyodo.core.jobs.actions import start
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
from kyodo.core.organisations.models import Kind
from kyodo.core.regions.tasks import make_region
from kyodo.engines.words import _

KIND = "first_day.step"


class BegunAlready(Exception):
    """Somebody looks after this installation already."""


@action("first_day.begun", _("{who}が、{subject}の最初の運用管理者を登録しました。"))
def begin(
    *, organisation: str, username: str, display_name: str, email: str, password: str, by: Actor, at: datetime
) -> User:
    """Make the body that runs the shared work and its first person, who looks after people and coordinates."""
    if steps.has_begun():
        raise BegunAlready
    body = add_organisation(draft=OrganisationDraft(kind=Kind.DX_BODY, name=organisation), by=by, at=at)
    user = create_user(username=username, display_name=display_name, email=email, password=password, by=by, at=at)
    for role in (Role.OPERATOR, Role.COORDINATOR):
        grant_role(user=user, organisation=body, role=role, valid_from=clock.day_of(at), by=by, at=at)
    record(kind=KIND, subject=None, label=organisation, organisation=body.pk)
    return user


@action("first_day.bodies_asked", _("{who}が地域の団体の登録を始めました（{subject}）。"))
def ask_for_bodies(*, codes: list[str], by: Actor, at: datetime) -> UUID:
    """Register the bodies of a region in the background, with their map; the job's address."""
    told = " ".join(codes)
    uuid = start(make_region, by=by, at=at, about=told, codes=codes)
    record(kind=KIND, subject=None, label=told, organisation=by.organisation_id)
    return uuid


@action("first_day.step_done", _("{who}がはじめの準備「{subject}」を終えました。"))
def finish(*, step: str, by: Actor, at: datetime) -> None:
    """Call a step done."""
    DoneStep.objects.get_or_create(name=step, defaults={"done_at": at})
    record(kind=KIND, subject=None, label=steps.TITLES[step], organisation=by.organisation_id)

"""The demonstration region: Tokyo with its 62 municipalities, made from the readable files of `demo/`.

Everything in it happened through the same actions as in a real region, in order of time, so that its record verifies.
People are generic titles; they sign in by a click on /demo/, and have no password.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind, command
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actions as accounts
from kyodo.core.accounts.models import User
from kyodo.core.demo import Act, office_day
from kyodo.core.duties.actions import create_duty
from kyodo.core.field_calendar import seed as field_calendar
from kyodo.core.jobs import chores, registry
from kyodo.core.notifications.models import Notice
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.engines import tilemap
from kyodo.modules.needs import seed as needs
from kyodo.modules.procurement import seed as procurement

FOLDER: Path = settings.CHECKOUT_DIR / "demo"
OLDEST = timedelta(days=1100)
UNREAD = timedelta(days=7)


@dataclass(slots=True)
class DemoPeople:
    """The people of the demonstration region; each is made when somebody is first needed."""

    began: datetime
    organisations: dict[str, Organisation] = field(default_factory=dict)
    actors: dict[tuple[str, str, Role], Actor] = field(default_factory=dict)

    def officer(self, code: str, section: str) -> Actor:
        """Somebody of a section of a municipality."""
        return self.person(code, section, Role.OFFICER)

    def anybody(self, code: str) -> Actor:
        """The officer of a municipality whom its DX section has."""
        return next(
            actor for (body, _section, role), actor in self.actors.items() if (body, role) == (code, Role.OFFICER)
        )

    def coordinator(self) -> Actor:
        """Somebody of the DX body."""
        return self.person("dx", "調整担当", Role.COORDINATOR)

    def person(self, code: str, section: str, role: Role) -> Actor:
        """Somebody with a role in a section of an organisation."""
        known = self.actors.get((code, section, role))
        return known or self._join(code, section, role)

    def _join(self, code: str, section: str, role: Role) -> Actor:
        organisation = self.organisations[code]
        by, at = command(), self.began
        number = sum(1 for other, _section, _role in self.actors if other == code) + 1
        user = accounts.create_user(
            username=f"{code}-{number}", display_name=section, email="", password=None, by=by, at=at
        )
        accounts.grant_role(user=user, organisation=organisation, role=role, valid_from=clock.day_of(at), by=by, at=at)
        duty = create_duty(organisation=organisation, name=section, by=by, at=at)
        accounts.give_duty(user=user, duty=duty, valid_from=clock.day_of(at), by=by, at=at)
        actor = Actor(
            kind=ActorKind.PERSON,
            label=f"{organisation.name} {section}",
            roles=frozenset({Role.RESIDENT, role}),
            user_id=user.pk,
            organisation_id=organisation.pk,
            organisation_name=organisation.name,
            duty_id=duty.pk,
            entrance="main",
        )
        self.actors[code, section, role] = actor
        return actor


def personas() -> list[dict[str, str]]:
    """Who can be entered by a click."""
    return list(tomllib.loads(settings.DEMO_PERSONAS_FILE.read_text(encoding="utf-8"))["persona"])


def is_empty() -> bool:
    """True for a database in which nobody has worked yet."""
    return not User.objects.exists() and not Organisation.objects.exists()


def is_demonstration() -> bool:
    """True if all who are in the database are people of the demonstration, who have no password."""
    return not User.objects.exclude(password__startswith="!").exists()


def seed(*, day: date | None = None, progress: Any = None) -> None:
    """Make the region in an empty database; all dates are offsets from `day` (today if not given)."""
    zone = ZoneInfo(settings.TIME_ZONE)
    day = day or clock.today()
    people = DemoPeople(began=datetime.combine(office_day(day - OLDEST), time(9, 0), tzinfo=zone))
    _bodies(people)
    officers: dict[str, Actor] = {}
    with (FOLDER / "municipalities.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            section = row["sections"].split(";")[0]
            officers[row["code"]] = people.officer(row["code"], section)
    field_calendar.seed(
        FOLDER / "calendar.toml",
        organisations=people.organisations,
        officer=officers.__getitem__,
        day=day,
        at=people.began,
    )
    for persona in personas():
        people.person(persona["code"], persona["section"], Role(persona["role"]))
    told = _acts(people, day=day, zone=zone)
    for number, act in enumerate(told, start=1):
        act.do()
        if progress:
            progress(number, len(told))
    # Whoever works there has read what came in until last week.
    Notice.objects.filter(at__date__lt=day - UNREAD).update(read_at=F("at"))
    registry.discover()
    chores.do_all()  # no worker runs yet, and the first visitor searches


def _acts(people: DemoPeople, *, day: date, zone: ZoneInfo) -> list[Act]:
    """All that happened in all modules, in order of time."""
    numbers: dict[str, int] = {}
    told = needs.acts(FOLDER / "needs", people=people, day=day, zone=zone, numbers=numbers)
    told += procurement.acts(FOLDER / "procurement", people=people, day=day, zone=zone, needs=numbers)
    return sorted(told, key=lambda act: act.at)


def _bodies(people: DemoPeople) -> None:
    by, at = command(), people.began
    with (FOLDER / "municipalities.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    places = [tilemap.Place(row["code"], float(row["lat"]), float(row["lng"])) for row in rows]
    layout = tilemap.lay_out(places)
    others = (
        ("pref", OrganisationDraft(kind=Kind.PREFECTURE, name="東京都", code="130001", kana="とうきょうと")),
        ("dx", OrganisationDraft(kind=Kind.DX_BODY, name="DX推進団体")),
        ("audit", OrganisationDraft(kind=Kind.BUREAU, name="監査事務局")),
    )
    for key, draft in others:
        people.organisations[key] = add_organisation(draft=draft, by=by, at=at)
    for row in rows:
        cell = layout.cells[row["code"]]
        draft = OrganisationDraft(
            kind=Kind(row["kind"]),
            name=row["name"],
            code=row["code"],
            kana=row["kana"],
            latitude=float(row["lat"]),
            longitude=float(row["lng"]),
            tile=(cell.column, cell.row, cell.apart),
        )
        people.organisations[row["code"]] = add_organisation(draft=draft, by=by, at=at)

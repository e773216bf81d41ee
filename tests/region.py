"""A small region for tests: a village, a town, a ward, the DX body and an audit office, each with its people."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.duties.models import Duty, DutyHolding
from kyodo.core.organisations.models import Kind, Organisation
from kyodo.core.organisations.rules import short_name
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, BackingDraft, NeedDraft, Standing, State, Topic

LONG_AGO = date(2020, 4, 1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
numbers = itertools.count(1)


@dataclass(slots=True)
class Person:
    """Somebody with an account, as an actor and as a browser."""

    user: User
    actor: Actor

    def browser(self, *, host: str = "", entrance: str = "main") -> Client:
        """A browser in which this person is signed in, at an entrance where there are several."""
        session = SessionStore()
        session["entrance"] = entrance
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = BACKEND
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session.save()
        client = Client(headers={"host": host} if host else {})
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
        return client


@dataclass(slots=True)
class Region:
    """The bodies, and their people as they are asked for."""

    village: Organisation
    town: Organisation
    ward: Organisation
    dx_body: Organisation
    audit_office: Organisation
    people: dict[tuple[int, Role], Person] = field(default_factory=dict)
    # What is costly to make and only looked at, made once.
    kept: dict[str, Any] = field(default_factory=dict)

    def person(self, organisation: Organisation, role: Role, duty: str = "総務課 情報担当") -> Person:
        """Somebody with a role in an organisation; the same one each time."""
        known = self.people.get((organisation.pk, role))
        if known:
            return known
        user = User.objects.create(
            username=f"u{next(numbers)}", display_name=duty, password="!", created_at=clock.now()
        )
        Membership.objects.create(user=user, organisation=organisation, role=role, valid_from=LONG_AGO)
        held = Duty.objects.get_or_create(organisation=organisation, name=duty)[0]
        DutyHolding.objects.create(user=user, duty=held, valid_from=LONG_AGO)
        actor = Actor(
            kind=ActorKind.PERSON,
            label=f"{organisation.name} {duty}",
            roles=frozenset({Role.RESIDENT, role}),
            user_id=user.pk,
            organisation_id=organisation.pk,
            organisation_name=organisation.name,
            duty_id=held.pk,
            entrance="main",
        )
        self.people[organisation.pk, role] = Person(user, actor)
        return self.people[organisation.pk, role]

    @property
    def villager(self) -> Person:
        """The village's officer."""
        return self.person(self.village, Role.OFFICER)

    @property
    def townsman(self) -> Person:
        """The town's officer."""
        return self.person(self.town, Role.OFFICER, "企画財政課")

    @property
    def coordinator(self) -> Person:
        """The DX body's coordinator."""
        return self.person(self.dx_body, Role.COORDINATOR, "調整担当")

    @property
    def auditor(self) -> Person:
        """The auditor."""
        return self.person(self.audit_office, Role.AUDITOR, "監査担当")

    @property
    def operator(self) -> Person:
        """Who looks after people and settings."""
        return self.person(self.dx_body, Role.OPERATOR, "運用担当")

    def of_role(self, role: Role) -> Person:
        """Somebody of a role, where that role usually sits."""
        home = {
            Role.COORDINATOR: self.coordinator,
            Role.AUDITOR: self.auditor,
            Role.OPERATOR: self.operator,
            Role.OFFICER: self.villager,
        }
        duty = {Role.APPROVER: "総務課長", Role.ADMINISTRATOR: "総務課 人事担当"}
        return home[role] if role in home else self.person(self.village, role, duty[role])

    def need(
        self,
        *,
        by: Person | None = None,
        title: str = "",
        audience: Audience = Audience.ALL,
        at: datetime | None = None,
        state: State = State.RECEIVED,
        backed_by: tuple[Person, ...] = (),
    ) -> Need:
        """A need of the village (or of `by`), in a state that it reached through the actions."""
        at = at or clock.now() - timedelta(days=30)
        author = by or self.villager
        draft = draft_of(title=title or f"窓口の待ち時間が長い その{next(numbers)}", audience=audience)
        key = actions.post_need(draft=draft, section="総務課", submission=uuid4(), by=author.actor, at=at)
        need = Need.objects.get(pk=key)
        for joiner in backed_by:
            actions.back_need(
                need=need,
                draft=BackingDraft(volume="年300件", note="うちも同じです。"),
                section="企画課",
                by=joiner.actor,
                at=at + timedelta(hours=1),
            )
        path = {
            State.RECEIVED: [],
            State.DECLINED: [State.DECLINED],
        }.get(state) or list(State)[1 : list(State).index(state) + 1]
        for hours, step in enumerate(path if state is not State.RECEIVED else [], start=2):
            actions.move_need(
                need=need,
                to=step,
                reason="理由を書きました。",
                by=self.coordinator.actor,
                at=at + timedelta(hours=hours),
            )
        return Need.objects.get(pk=key)


def draft_of(*, title: str = "窓口の待ち時間が長い", audience: Audience = Audience.ALL, **changes: object) -> NeedDraft:
    """A need that is in order."""
    told: dict[str, object] = {
        "title": title,
        "trouble": "月曜の朝は40分待ちになり、苦情が月に12件あります。",
        "topic": Topic.COUNTERS,
        "audience": audience,
        "standing": Standing.OFFICER,
        **changes,
    }
    return NeedDraft(**told)  # type: ignore[arg-type]


def make_region() -> Region:
    """The region in an empty database."""

    def body(kind: Kind, name: str, code: str | None, tile: tuple[int, int] | None = None) -> Organisation:
        column, row = tile or (None, None)
        return Organisation.objects.create(
            kind=kind, name=name, code=code, label=short_name(name), tile_column=column, tile_row=row
        )

    return Region(
        village=body(Kind.VILLAGE, "檜原村", "133078", (0, 0)),
        town=body(Kind.TOWN, "日の出町", "133051", (1, 0)),
        ward=body(Kind.SPECIAL_WARD, "世田谷区", "131121", (2, 0)),
        dx_body=body(Kind.DX_BODY, "DX推進団体", None),
        audit_office=body(Kind.BUREAU, "監査事務局", None),
    )

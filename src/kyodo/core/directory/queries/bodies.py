"""The directory as an actor sees it, in a fixed number of queries whatever the number of bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.queries import held
from kyodo.core.access.roles import Reach, Role
from kyodo.core.accounts.models import Membership
from kyodo.core.directory import rules
from kyodo.core.directory.models import Contact, Invitation
from kyodo.core.directory.permissions import Permission
from kyodo.core.duties.models import DutyHolding
from kyodo.core.organisations.models import Kind, Organisation

NOT_LISTED = (Kind.COMPANY, Kind.GROUP)


@dataclass(frozen=True, slots=True)
class Line:
    """A section or duty: how it is reached, and who holds it. `id` is None where nobody has written it down yet."""

    id: int | None
    name: str
    phone: str
    extension: str
    fax: str
    mailbox: str
    remark: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignIns:
    """Who of a body can come in. `invited` counts those who were, and have not signed in yet."""

    invited: int
    active: int
    signed_in: int
    has_approver: bool
    has_administrator: bool


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body with its lines; `sign_ins` is None where they are not for the actor."""

    id: int
    code: str
    name: str
    kana: str
    lines: tuple[Line, ...]
    sign_ins: SignIns | None


def directory(actor: Actor, *, query: str = "", only: int | None = None) -> list[BodyRow]:
    """The bodies with their lines, those of the region's own offices first, then by code; narrowed by words."""
    if not actor.may(Permission.READ):
        return []
    today = clock.today()
    bodies = Organisation.objects.on(today).exclude(kind__in=NOT_LISTED)
    if only is not None:
        bodies = bodies.filter(pk=only)
    lines = _lines(today, only=only)
    states = _sign_ins(actor, today, only=only)
    rows = [
        BodyRow(key, code or "", name, kana, tuple(lines[key]), states.get(key, NOBODY) if states is not None else None)
        for key, code, name, kana in bodies.order_by("code", "id").values_list("id", "code", "name", "kana")
    ]
    rows.sort(key=lambda row: (row.code != "", row.code))
    if actor.reach(Permission.SEE_STATE) is Reach.OWN:
        rows = [row if row.id == actor.organisation_id else replace(row, sign_ins=None) for row in rows]
    return _narrowed(rows, rules.words_of(query))


def body(actor: Actor, organisation_id: int) -> BodyRow | None:
    """One body; None where there is none (any more)."""
    return next(iter(directory(actor, only=organisation_id)), None)


def kept_bodies(actor: Actor) -> QuerySet[Organisation]:
    """The bodies whose lines the actor keeps."""
    there = Organisation.objects.on(clock.today()).exclude(kind__in=NOT_LISTED)
    return held(there, actor=actor, permission=Permission.KEEP, owner="pk")


def held_by(actor: Actor) -> QuerySet[Contact]:
    """The lines that the actor may change."""
    return held(Contact.objects.all(), actor=actor, permission=Permission.KEEP)


def _narrowed(rows: list[BodyRow], words: Sequence[str]) -> list[BodyRow]:
    if not words:
        return rows
    found = []
    for row in rows:
        whole = (row.code, row.name, row.kana)
        lines = tuple(
            one
            for one in row.lines
            if rules.has_all(
                words, *whole, one.name, one.phone, one.extension, one.fax, one.mailbox, one.remark, *one.holders
            )
        )
        if lines or rules.has_all(words, *whole):
            found.append(replace(row, lines=lines))
    return found


def _lines(today: date, *, only: int | None) -> dict[int, list[Line]]:
    contacts = Contact.objects.all()
    there = Q(valid_from__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))
    holdings = DutyHolding.objects.filter(there, user__is_active=True)
    if only is not None:
        contacts, holdings = contacts.filter(organisation_id=only), holdings.filter(duty__organisation_id=only)
    holders: dict[tuple[int, str], list[str]] = defaultdict(list)
    mailboxes: dict[tuple[int, str], str] = {}
    told = holdings.order_by("duty__name", "id").values_list(
        "duty__organisation_id", "duty__name", "duty__mailbox", "user__display_name"
    )
    for organisation, name, mailbox, person in told:
        holders[organisation, name].append(person)
        mailboxes[organisation, name] = mailbox
    lines: dict[int, list[Line]] = defaultdict(list)
    fields = ("organisation_id", "id", "name", "phone", "extension", "fax", "mailbox", "remark")
    for organisation, key, name, phone, extension, fax, mailbox, remark in contacts.values_list(*fields):
        place = (organisation, name)
        people = _people(holders.pop(place, []), name)
        shown = mailbox or mailboxes.get(place, "")
        lines[organisation].append(Line(key, name, phone, extension, fax, shown, remark, people))
    for (organisation, name), names in holders.items():
        mailbox = mailboxes[organisation, name]
        lines[organisation].append(Line(None, name, "", "", "", mailbox, "", _people(names, name)))
    return lines


def _people(names: Iterable[str], duty: str) -> tuple[str, ...]:
    """Who holds a duty; an account that is only called like the duty says nothing more."""
    return tuple(dict.fromkeys(name for name in names if name != duty))


NOBODY = SignIns(0, 0, 0, has_approver=False, has_administrator=False)


def _sign_ins(actor: Actor, today: date, *, only: int | None) -> dict[int, SignIns] | None:
    if not actor.may(Permission.SEE_STATE):
        return None
    places = Membership.objects.on(today).filter(user__is_active=True)
    waiting = Invitation.objects.filter(user__is_active=True, user__last_login=None)
    narrowed = actor.organisation_id if actor.reach(Permission.SEE_STATE) is Reach.OWN else only
    if narrowed is not None:
        places, waiting = places.filter(organisation_id=narrowed), waiting.filter(organisation_id=narrowed)
    roles: dict[int, set[str]] = defaultdict(set)
    people: dict[int, dict[int, bool]] = defaultdict(dict)
    fields = ("organisation_id", "role", "user_id", "user__last_login")
    for organisation, role, user, last_login in places.order_by().values_list(*fields):
        roles[organisation].add(role)
        people[organisation][user] = last_login is not None
    invited: dict[int, set[int]] = defaultdict(set)
    for organisation, user in waiting.order_by().values_list("organisation_id", "user_id"):
        invited[organisation].add(user)
    return {
        organisation: SignIns(
            invited=len(invited[organisation]),
            active=len(people[organisation]),
            signed_in=sum(people[organisation].values()),
            has_approver=Role.APPROVER in roles[organisation],
            has_administrator=Role.ADMINISTRATOR in roles[organisation],
        )
        for organisation in {*people, *invited}
    }


def flat(rows: Iterable[BodyRow]) -> list[tuple[BodyRow, Line | None]]:
    """One row a line, for files; a body without lines has one that is empty."""
    made: list[tuple[BodyRow, Any]] = []
    for row in rows:
        made += [(row, line) for line in row.lines] or [(row, None)]
    return made

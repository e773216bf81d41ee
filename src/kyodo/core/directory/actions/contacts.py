"""Keep the lines of the directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action, record
from kyodo.core.directory.models import Contact
from kyodo.core.directory.rules import KIND, ContactDraft, faults_of_contact
from kyodo.core.faults import Changed, Fault, Faulty
from kyodo.core.organisations.models import Organisation
from kyodo.engines.words import _

TWICE = _("同じ名前の部署・担当が、この団体にすでにあります。")


class ContactRefused(Faulty):
    """The line can't be taken."""


class ContactChanged(Changed):
    """Somebody changed or removed the line since it was read."""


@action("directory.contact_added", _("{who}が名簿に {subject} を加えました。"))
def add_contact(*, organisation: Organisation, draft: ContactDraft, by: Actor, at: datetime) -> Contact:
    """Add a line to a body."""
    _ask(draft)
    with _once():
        contact = Contact.objects.create(organisation=organisation, changed_at=at, **asdict(draft))
    _sign(contact, organisation.name, changed={name: (None, value) for name, value in asdict(draft).items()})
    return contact


@action("directory.contact_changed", _("{who}が名簿の {subject} を直しました。"))
def change_contact(*, contact: Contact, draft: ContactDraft, revision: int, by: Actor, at: datetime) -> None:
    """Change a line, if nobody did since `revision` was read."""
    _ask(draft)
    before = {name: getattr(contact, name) for name in ContactDraft.__dataclass_fields__}
    with _once():
        same = Contact.objects.filter(pk=contact.pk, revision=revision)
        if not same.update(**asdict(draft), revision=F("revision") + 1, changed_at=at):
            raise ContactChanged
    changed = {name: (before[name], value) for name, value in asdict(draft).items() if before[name] != value}
    _sign(contact, contact.organisation.name, changed=changed)


@action("directory.contact_removed", _("{who}が名簿から {subject} を消しました。"))
def remove_contact(*, contact: Contact, by: Actor, at: datetime) -> None:
    """Take a line away; the record keeps what it said."""
    key = contact.pk
    if not Contact.objects.filter(pk=key).delete()[0]:
        raise ContactChanged
    changed = {name: (getattr(contact, name), None) for name in ContactDraft.__dataclass_fields__}
    _sign(contact, contact.organisation.name, changed=changed)


def _ask(draft: ContactDraft) -> None:
    if faults := faults_of_contact(draft):
        raise ContactRefused(faults)


@contextmanager
def _once() -> Iterator[None]:
    """Say of a second line of the same name what is wrong with it."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as twice:
        raise ContactRefused([Fault("name", TWICE)]) from twice


def _sign(contact: Contact, body: str, *, changed: Mapping[str, tuple[str | None, str | None]]) -> None:
    record(
        kind=KIND,
        subject=contact.pk,
        label=f"{body} {contact.name}",
        organisation=contact.organisation_id,
        changed=changed,
    )

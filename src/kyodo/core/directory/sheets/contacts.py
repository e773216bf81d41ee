"""The sheet of the directory: each line with its numbers, and new lines below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.directory import rules
from kyodo.core.directory.actions.contacts import TWICE
from kyodo.core.directory.models import Contact
from kyodo.core.directory.permissions import Permission
from kyodo.core.directory.queries import bodies as queries
from kyodo.core.directory.rules import ContactDraft
from kyodo.core.sheets.bodies import CODE, UNKNOWN_BODY, places
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow, RowsMoved

SHEET = Sheet(
    name="directory",
    title=gettext_lazy("名簿"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn("code", gettext_lazy("団体コード"), Kind.CODE, digits=6, editable=False, in_new=True, width=12),
        SheetColumn("body", gettext_lazy("団体"), editable=False, width=16),
        SheetColumn("name", gettext_lazy("部署・担当"), required=True, width=28),
        SheetColumn("phone", gettext_lazy("電話"), width=18),
        SheetColumn("extension", gettext_lazy("内線"), width=12),
        SheetColumn("fax", gettext_lazy("FAX"), width=18),
        SheetColumn("mailbox", gettext_lazy("係のメールアドレス"), width=30),
        SheetColumn("remark", gettext_lazy("備考"), width=30),
    ),
    guidance=(
        gettext_lazy("番号のある行は、色の付いた列を書き換えられます。"),
        gettext_lazy("番号のない行に、新しい部署・担当を書けます。団体コードを空けておくと、自分の団体になります。"),
        gettext_lazy("個人のメールアドレスは書かないでください。すべての団体に見えます。"),
    ),
    example={
        "code": "133078",
        "name": gettext_lazy("総務課 情報担当"),
        "phone": "042-598-1011",
        "extension": "212",
        "mailbox": "joho@vill.example.jp",
    },
    takes_new=True,
)
EDITABLE = tuple(column.key for column in SHEET.editable)


class ContactSheet:
    """The directory's side of its sheet."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Those who keep lines."""
        return actor.may(Permission.KEEP)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """The lines that the actor keeps."""
        held = queries.held_by(actor).filter(pk__in=ids).order_by()
        return {
            key: Stand(revision, dict(zip(EDITABLE, told, strict=True)))
            for key, revision, *told in held.values_list("pk", "revision", *EDITABLE)
        }

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """Names of lines; all who work in the region read them."""
        found = Contact.objects.filter(pk__in=ids).order_by().values_list("pk", "organisation__name", "name")
        return {key: f"{body} {name}" for key, body, name in found}

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What the form would say."""
        return [(fault.field, fault.sentence) for fault in rules.faults_of_contact(_draft(values))]

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """New lines of bodies that are not the actor's to keep, and those that are there already."""
        placed = places(actor, new, kept=queries.kept_bodies(actor))
        known = set(queries.held_by(actor).order_by().values_list("organisation_id", "name"))
        count = Counter((place.pk, _draft(row.values).name) for row, place in placed if place)
        found = []
        for row, place in placed:
            if place is None:
                found.append((row, CODE, UNKNOWN_BODY))
            elif (key := (place.pk, _draft(row.values).name)) in known or count[key] > 1:
                found.append((row, "name", TWICE))
        return found

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write all of it; RowsMoved where a line changed or appeared since it was compared."""
        contacts = queries.held_by(by).select_for_update().in_bulk([change.id for change in changes])
        for change in changes:
            contact = contacts.get(change.id)
            if contact is None or contact.revision != change.revision:
                raise RowsMoved(change.id)
            for field, (_before, after) in change.fields.items():
                setattr(contact, field, _tidied(field, after))
            contact.revision, contact.changed_at = contact.revision + 1, at
        names = [(one.organisation_id, one.name) for one in contacts.values()]
        if len(set(names)) < len(names) or self.clashes(by, new):
            raise RowsMoved
        Contact.objects.bulk_update(contacts.values(), [*EDITABLE, "revision", "changed_at"])
        made = []
        for row, organisation in places(by, new, kept=queries.kept_bodies(by)):
            assert organisation is not None, "a clash was raised above"
            values = {name: getattr(_draft(row.values), name) for name in ContactDraft.__dataclass_fields__}
            made.append(Contact.objects.create(organisation=organisation, changed_at=at, **values).pk)
        return made


SOURCE = ContactSheet()


def outgoing(actor: Actor) -> list[OutRow]:
    """The lines that the actor keeps, as they go out; a number that has none yet is a free row."""
    held = queries.held_by(actor).order_by("organisation__code", "id")
    found = held.values_list("pk", "revision", "organisation__code", "organisation__name", *EDITABLE)
    return [
        OutRow(key, revision, {"code": code, "body": body, **dict(zip(EDITABLE, told, strict=True))})
        for key, revision, code, body, *told in found
    ]


def _draft(values: Mapping[str, Value]) -> ContactDraft:
    return ContactDraft(**{name: _tidied(name, values.get(name)) for name in ContactDraft.__dataclass_fields__})


def _tidied(field: str, value: Any) -> str:
    text = str(value) if value is not None else ""
    return rules.tidy_number(text) if field in {"phone", "extension", "fax"} else text.strip()

"""The sheet of the year: a body's days, or those of all bodies at once, and new ones below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.field_calendar import queries, rules
from kyodo.core.field_calendar.models import BodyDay
from kyodo.core.field_calendar.permissions import Permission
from kyodo.core.field_calendar.rules import KIND_WORDS, DayDraft
from kyodo.core.field_calendar.rules import Kind as DayKind
from kyodo.core.sheets import sources
from kyodo.core.sheets.bodies import CODE, UNKNOWN_BODY, places
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow, RowsMoved
from kyodo.engines.words import _

BUDGET_TWICE = _("この年度の予算要求締切は、すでにあります。")

SHEET = Sheet(
    name="field_calendar",
    title=gettext_lazy("年間の予定"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn("code", gettext_lazy("団体コード"), Kind.CODE, digits=6, editable=False, in_new=True, width=12),
        SheetColumn("body", gettext_lazy("団体"), editable=False, width=16),
        SheetColumn(
            "kind",
            gettext_lazy("種類"),
            Kind.CHOICE,
            required=True,
            editable=False,
            in_new=True,
            choices={kind.value: gettext_lazy(word) for kind, word in KIND_WORDS.items()},
        ),
        SheetColumn("name", gettext_lazy("名前"), required=True, width=26),
        SheetColumn("first", gettext_lazy("始まりの日"), Kind.DAY, required=True),
        SheetColumn("last", gettext_lazy("終わりの日"), Kind.DAY),
        SheetColumn("bills_due_on", gettext_lazy("議案提出の締切"), Kind.DAY),
        SheetColumn("fiscal_year", gettext_lazy("何年度の予算か"), Kind.WHOLE),
        SheetColumn("remark", gettext_lazy("備考"), width=30),
    ),
    guidance=(
        gettext_lazy("番号のない行に、新しい予定を書けます。団体コードを空けておくと、自分の団体になります。"),
        gettext_lazy("議会を1つでも書くと、その年度の議会の見込みは消えます。"),
    ),
    example={
        "code": "133078",
        "kind": gettext_lazy("議会"),
        "name": gettext_lazy("第2回定例会"),
        "first": gettext_lazy("2027/6/3 または 令和9年6月3日"),
    },
    takes_new=True,
)
EDITABLE = tuple(column.key for column in SHEET.editable)
DAYS = frozenset({"first", "last", "bills_due_on"})


class DaySheet:
    """The calendar's side of its sheet."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Those who keep days."""
        return actor.may(Permission.KEEP)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """The days that the actor keeps."""
        held = queries.held_by(actor).filter(pk__in=ids).order_by()
        return {key: Stand(rev, _values(told)) for key, rev, *told in held.values_list("pk", "revision", *EDITABLE)}

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """Names of days; all who work in the region read them."""
        found = BodyDay.objects.filter(pk__in=ids).order_by().values_list("pk", "organisation__name", "name")
        return {key: f"{body} {name}" for key, body, name in found}

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What the form would say; of a row that is there, its kind is asked when it is written."""
        if not values.get("first"):
            return []
        told = dict(values) if values.get("kind") else {**values, "kind": _likely(values)}
        return [(fault.field, fault.sentence) for fault in rules.faults_of_day(_draft(told))]

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """New days of bodies that are not the actor's to keep, and budgets that are asked for twice."""
        known = set(
            queries.held_by(actor).filter(kind=DayKind.BUDGET).order_by().values_list("organisation_id", "fiscal_year")
        )
        found = []
        for row, place in places(actor, new, kept=queries.kept_bodies(actor)):
            if place is None:
                found.append((row, CODE, UNKNOWN_BODY))
            elif row.values.get("kind") == DayKind.BUDGET:
                key: Any = (place.pk, row.values.get("fiscal_year"))
                if key in known:
                    found.append((row, "fiscal_year", BUDGET_TWICE))
                known.add(key)
        return found

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write all of it; RowsMoved where a day changed or appeared since it was compared."""
        days = queries.held_by(by).select_for_update(of=("self",)).in_bulk([change.id for change in changes])
        for change in changes:
            day = days.get(change.id)
            if day is None or day.revision != change.revision:
                raise RowsMoved(change.id)
            told = {name: getattr(day, name) for name in DayDraft.__dataclass_fields__}
            told |= {name: pair[1] for name, pair in change.fields.items()}
            draft = _draft(told)
            if rules.faults_of_day(draft):
                raise RowsMoved(change.id)
            for name in EDITABLE:
                setattr(day, name, getattr(draft, name))
            day.revision += 1
        if self.clashes(by, new):
            raise RowsMoved
        BodyDay.objects.bulk_update(days.values(), [*EDITABLE, "revision"])
        made = []
        for row, organisation in places(by, new, kept=queries.kept_bodies(by)):
            draft = _draft(row.values)
            assert organisation is not None, "a clash was raised above"
            values = {name: getattr(draft, name) for name in DayDraft.__dataclass_fields__}
            made.append(BodyDay.objects.create(organisation=organisation, **values).pk)
        return made


SOURCE = DaySheet()


def register() -> None:
    """Hand the sheet over."""
    sources.register(SOURCE)


def outgoing(actor: Actor, *, since: date) -> list[OutRow]:
    """The days that the actor keeps from a day on."""
    held = queries.held_by(actor).filter(last__gte=since).order_by("organisation__code", "first", "id")
    found = held.values_list("pk", "revision", "organisation__code", "organisation__name", "kind", *EDITABLE)
    return [
        OutRow(key, revision, {"code": code, "body": body, "kind": kind, **_values(told)})
        for key, revision, code, body, kind, *told in found
    ]


def _values(told: Sequence[Any]) -> dict[str, Value]:
    return {
        key: value.isoformat() if isinstance(value, date) else value for key, value in zip(EDITABLE, told, strict=True)
    }


def _likely(values: Mapping[str, Value]) -> str:
    return DayKind.BUDGET if values.get("fiscal_year") else DayKind.SESSION


def _stored(key: str, value: Any) -> Any:
    return date.fromisoformat(value) if key in DAYS and isinstance(value, str) else value


def _draft(values: Mapping[str, Any]) -> DayDraft:
    """A row as a draft; what is not of its kind is left out, as the form does."""
    told = {key: _stored(key, value) for key, value in values.items()}
    kind, first = DayKind(told["kind"]), told["first"]
    return DayDraft(
        kind=kind,
        name=str(told.get("name") or ""),
        first=first,
        last=first if kind is DayKind.BUDGET else told.get("last") or first,
        bills_due_on=told.get("bills_due_on") if kind is DayKind.SESSION else None,
        fiscal_year=told.get("fiscal_year") if kind is DayKind.BUDGET else None,
        remark=str(told.get("remark") or ""),
    )

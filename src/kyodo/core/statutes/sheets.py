"""The sheet of ordinances: what is there to be read, new rows of many bodies below. Corrections have their page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.faults import Fault
from kyodo.core.organisations.models import Organisation
from kyodo.core.plain_number import plain
from kyodo.core.sheets import sources
from kyodo.core.sheets.bodies import CODE, UNKNOWN_BODY, places
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow, RowsMoved
from kyodo.core.statutes import actions, queries
from kyodo.core.statutes.models import Statute
from kyodo.core.statutes.permissions import Permission
from kyodo.core.statutes.rules import RULES, SURE_WORDS, Bound, Level, Row, RowDraft, Sure, faults_of_row
from kyodo.core.statutes.rules.catalogue import kind_name, rule_label
from kyodo.engines.words import _

NOT_A_NUMBER = _("数で書いてください。")
WHATS = {
    f"{rule}/{kind}": format_lazy("{} {}", gettext_lazy(card.name), gettext_lazy(part))
    if (part := kind_name(rule, kind))
    else gettext_lazy(card.name)
    for rule, card in RULES.items()
    if card.bound is not Bound.NONE
    for kind in card.kinds
}


def _filled(key: str, label: Any, kind: Kind = Kind.TEXT, **told: Any) -> SheetColumn:
    return SheetColumn(key, label, kind, editable=False, in_new=True, **told)


SHEET = Sheet(
    name="statutes",
    title=gettext_lazy("団体の条例・規則の行"),
    identity=gettext_lazy("番号"),
    columns=(
        _filled("code", gettext_lazy("団体コード"), Kind.CODE, digits=6, width=12),
        SheetColumn("body", gettext_lazy("団体"), editable=False, width=16),
        _filled("what", gettext_lazy("決まり"), Kind.CHOICE, required=True, choices=WHATS, width=40),
        _filled("value", gettext_lazy("数値（円・日・％など、そのままの数）"), width=18),
        _filled("valid_from", gettext_lazy("いつから有効か"), Kind.DAY, required=True),
        _filled("valid_until", gettext_lazy("いつまで有効か（その日を含む）"), Kind.DAY),
        _filled("law", gettext_lazy("条例・規則の名前"), width=40),
        _filled("article", gettext_lazy("条文"), required=True),
        _filled("number", gettext_lazy("条例・規則の番号"), width=20),
        _filled("enacted_on", gettext_lazy("条例・規則の日付"), Kind.DAY),
        _filled(
            "sure",
            gettext_lazy("確かさ"),
            Kind.CHOICE,
            required=True,
            choices={one.value: gettext_lazy(word) for one, word in SURE_WORDS.items() if one is not Sure.SEEN_IN_2013},
        ),
        _filled("source", gettext_lazy("出どころ"), width=30),
    ),
    guidance=(
        gettext_lazy(
            "番号のない行に、団体の条例・規則の行を書けます。団体コードを空けておくと、自分の団体になります。"
        ),
        gettext_lazy("すでにある行は、読むためのものです。訂正と終わりの日は、画面で理由とともに書きます。"),
    ),
    example={
        "code": "133078",
        "what": gettext_lazy("議会の議決が要る財産の取得・処分"),
        "value": "7000000",
        "valid_from": gettext_lazy("2027/4/1 または 令和9年4月1日"),
        "article": gettext_lazy("第3条"),
    },
    takes_new=True,
)
DAYS = ("valid_from", "valid_until", "enacted_on")


class StatuteSheet:
    """The table's side of its sheet."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Those who keep rows of bodies."""
        return actor.may(Permission.KEEP)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """Rows that stand; nothing in them is changed by a sheet."""
        return {key: Stand(1, {}) for key in _own(actor).filter(pk__in=ids).values_list("pk", flat=True)}

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """What rows are about; all who work in the region read them."""
        rows = queries.visible_to(actor).filter(pk__in=ids, level=Level.BODY).order_by()
        found = rows.values_list("pk", "organisation__name", "rule")
        return {key: f"{body} {rule_label(rule)}" for key, body, rule in found}

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What a row says wrongly by itself; what its body may say is asked where the body is known."""
        return [("value", NOT_A_NUMBER)] if is_new and _number(values) is None and values.get("value") else []

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """New rows of bodies that are not the actor's, that the law does not allow, or beside which another stands."""
        return [
            (row, _column(fault), fault.sentence)
            for row, _place, _draft, faults in _judged(actor, new)
            for fault in faults
        ]

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write the new rows, each with its entry in the record."""
        actions.hold_bodies(place.pk for _row, place in places(by, new, kept=queries.kept_bodies(by)) if place)
        made = []
        for _row, place, draft, faults in _judged(by, new):
            if faults or place is None or draft is None:
                raise RowsMoved
            made.append(actions.add_row(organisation=place, draft=draft, reason="", by=by, at=at))
        return made


SOURCE = StatuteSheet()
Judged = tuple[ReadRow, Organisation | None, RowDraft | None, list[Fault]]


def register() -> None:
    """Hand the sheet over."""
    sources.register(SOURCE)


def outgoing(actor: Actor) -> list[OutRow]:
    """The standing rows of the bodies whose rows the actor keeps."""
    rows = _own(actor).order_by("organisation__code", "rule", "kind", "valid_from", "id")
    return [OutRow(row.pk, 1, _values(row)) for row in rows]


def _own(actor: Actor) -> Any:
    return queries.held_by(actor).filter(level=Level.BODY)


def _values(row: Statute) -> dict[str, Value]:
    told: dict[str, Any] = {name: getattr(row, name) for name in ("law", "article", "number", "sure", "source")}
    days = {name: day.isoformat() if (day := getattr(row, name)) else None for name in DAYS}
    body = {"code": row.organisation.code, "body": row.organisation.name} if row.organisation else {}
    value = None if row.value is None else str(plain(row.value))
    return {**body, "what": f"{row.rule}/{row.kind}", "value": value, **days, **told}


def _judged(actor: Actor, new: Sequence[ReadRow]) -> list[Judged]:
    """Each new row with its body and its faults, also those that it has beside the rows above it."""
    placed = places(actor, new, kept=queries.kept_bodies(actor))
    books = queries.books_of({place.pk for _row, place in placed if place})
    beside: dict[int, list[Row]] = defaultdict(list)
    found: list[Judged] = []
    for row, place in placed:
        if place is None:
            found.append((row, None, None, [Fault(CODE, UNKNOWN_BODY)]))
            continue
        book, draft = books[place.pk], _draft(row.values)
        others = [one for one in book.rows if one.level is Level.BODY] + beside[place.pk]
        faults = faults_of_row(draft, book=book, others=others)
        if not faults:
            beside[place.pk].append(draft.row(organisation_id=place.pk))
        found.append((row, place, draft, faults))
    return found


def _draft(values: Mapping[str, Value]) -> RowDraft:
    rule, _slash, kind = str(values.get("what") or "").partition("/")
    texts: dict[str, Any] = {name: str(values.get(name) or "") for name in ("law", "article", "number", "source")}
    days: dict[str, Any] = {
        name: date.fromisoformat(str(told)) if (told := values.get(name)) else None for name in DAYS
    }
    sure = Sure(str(values.get("sure") or Sure.UNSURE))
    return RowDraft(
        rule=rule, kind=kind, level=Level.BODY, body_class=None, value=_number(values), sure=sure, **texts, **days
    )


def _number(values: Mapping[str, Value]) -> Decimal | None:
    text = str(values.get("value") or "").replace(",", "").replace("，", "").strip()
    try:
        number = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return number if number is None or number.is_finite() else None


def _column(fault: Fault) -> str:
    return fault.field if any(column.key == fault.field for column in SHEET.columns) else "what"

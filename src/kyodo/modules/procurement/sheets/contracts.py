"""The sheet of contracts: a body's own or those of all, mended in place, and new ones below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.sheets import sources
from kyodo.core.sheets.bodies import CODE, UNKNOWN_BODY, places
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow, RowsMoved
from kyodo.modules.procurement.actions import contracts as actions
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import contracts as queries
from kyodo.modules.procurement.rules import contracts as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS
from kyodo.modules.procurement.rules.contracts import ContractDraft, ContractSource
from kyodo.modules.procurement.rules.kinds import KIND_WORDS, kinds

DAYS = frozenset({"begins_on", "ends_on"})
ALONE, TOGETHER = "alone", "open"

SHEET = Sheet(
    name="procurement_contracts",
    title=gettext_lazy("契約台帳"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn("code", gettext_lazy("団体コード"), Kind.CODE, digits=6, editable=False, in_new=True, width=12),
        SheetColumn("body", gettext_lazy("団体"), editable=False, width=16),
        SheetColumn(
            "kind",
            gettext_lazy("種類"),
            Kind.CHOICE,
            required=True,
            choices={kind: gettext_lazy(word) for kind, word in KIND_WORDS.items()},
        ),
        SheetColumn("item", gettext_lazy("品目"), required=True, width=30),
        SheetColumn("ends_on", gettext_lazy("契約が終わる日"), Kind.DAY, required=True),
        SheetColumn("begins_on", gettext_lazy("契約が始まった日"), Kind.DAY),
        SheetColumn("supplier", gettext_lazy("事業者"), width=24),
        SheetColumn("yearly_yen", gettext_lazy("1年の金額（税込、円）"), Kind.YEN),
        SheetColumn("unit_price_yen", gettext_lazy("単価（税込、円）"), Kind.YEN),
        SheetColumn("quantity", gettext_lazy("数量"), Kind.WHOLE),
        SheetColumn("unit", gettext_lazy("単位"), width=8),
        SheetColumn(
            "form",
            gettext_lazy("形態"),
            Kind.CHOICE,
            choices={form.value: gettext_lazy(word) for form, word in FORM_WORDS.items()},
            width=18,
        ),
        SheetColumn(
            "renews_alone",
            gettext_lazy("単独で更新"),
            Kind.CHOICE,
            choices={ALONE: gettext_lazy("単独で更新"), TOGETHER: gettext_lazy("候補に出す")},
        ),
        SheetColumn("note", gettext_lazy("備考"), width=30),
    ),
    guidance=(
        gettext_lazy("番号のない行に、新しい契約を書けます。団体コードを空けておくと、自分の団体になります。"),
        gettext_lazy("金額は税込です。わからない欄は空けておいてください。"),
    ),
    example={
        "code": "133078",
        "kind": gettext_lazy("ライセンス"),
        "item": gettext_lazy("グループウェア"),
        "ends_on": gettext_lazy("2027/3/31 または 令和9年3月31日"),
    },
    takes_new=True,
)
EDITABLE = tuple(column.key for column in SHEET.editable)


class ContractSheet:
    """The module's side of its sheet."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Those who keep contracts."""
        return actor.may(Permission.KEEP_CONTRACTS)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """The contracts that the actor keeps."""
        held = queries.held_by(actor).filter(pk__in=ids).order_by()
        return {key: Stand(rev, _values(told)) for key, rev, *told in held.values_list("pk", "revision", *EDITABLE)}

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """Bodies with their items, of contracts that the actor keeps."""
        held = queries.held_by(actor).filter(pk__in=ids).order_by()
        return {key: f"{body} {item}" for key, body, item in held.values_list("pk", "organisation__name", "item")}

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What the form would say."""
        if not (values.get("ends_on") and values.get("item") and values.get("kind")):
            return []
        faults = rules.faults_of_contract(_draft(values), kinds=frozenset(kinds()), today=today)
        return [(fault.field, fault.sentence) for fault in faults]

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """New contracts of bodies that are not the actor's to keep, and such as run beside one for the same item."""
        found = []
        running: dict[tuple[int, str, str], list[tuple[date | None, date]]] = {}
        told = (
            queries.held_by(actor).order_by().values_list("organisation_id", "kind", "item_key", "begins_on", "ends_on")
        )
        for body, kind, key, begins_on, ends_on in told:
            running.setdefault((body, kind, key), []).append((begins_on, ends_on))
        for row, place in places(actor, new, kept=queries.kept_bodies(actor)):
            if place is None:
                found.append((row, CODE, UNKNOWN_BODY))
                continue
            draft = _draft(row.values)
            beside = running.setdefault((place.pk, draft.kind, rules.key_of(draft.item)), [])
            if any(rules.overlaps(draft, begins_on, ends_on) for begins_on, ends_on in beside):
                found.append((row, "item", actions.TWICE))
            beside.append((draft.begins_on, draft.ends_on))
        return found

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write all of it; RowsMoved where a contract changed or appeared since it was compared."""
        held = queries.held_by(by).select_for_update(of=("self",)).in_bulk([change.id for change in changes])
        made = []
        try:
            for change in changes:
                contract = held.get(change.id)
                if contract is None or contract.revision != change.revision:
                    raise RowsMoved(change.id)
                fields = {name: _stored(name, pair[1]) for name, pair in change.fields.items()}
                draft = replace(queries.draft_of(contract), **fields)
                actions.mend(contract, draft, source=ContractSource.SHEET, at=at)
            for row, place in places(by, new, kept=queries.kept_bodies(by)):
                if place is None:
                    raise RowsMoved
                made.append(actions.add(place.pk, _draft(row.values), source=ContractSource.SHEET, at=at).pk)
        except (CaseRefused, CaseChanged) as refusal:
            raise RowsMoved from refusal
        return made


SOURCE = ContractSheet()


def register() -> None:
    """Hand the sheet over."""
    sources.register(SOURCE)


def outgoing(actor: Actor) -> list[OutRow]:
    """The contracts that the actor keeps, in the order of bodies and ends."""
    held = queries.held_by(actor).order_by("organisation__code", "ends_on", "id")
    found = held.values_list("pk", "revision", "organisation__code", "organisation__name", *EDITABLE)
    return [
        OutRow(key, revision, {"code": code, "body": body, **_values(told)})
        for key, revision, code, body, *told in found
    ]


def _values(told: Sequence[Any]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for key, value in zip(EDITABLE, told, strict=True):
        if key == "renews_alone":
            made[key] = ALONE if value else None
        elif isinstance(value, date):
            made[key] = value.isoformat()
        else:
            made[key] = value if value != "" else None
    return made


def _stored(key: str, value: Value) -> Any:
    if key == "renews_alone":
        return value == ALONE
    if key in DAYS:
        return date.fromisoformat(str(value)) if value else None
    return value if key in rules.FIGURES else str(value or "")


def _draft(values: Mapping[str, Value]) -> ContractDraft:
    return ContractDraft(**{key: _stored(key, values.get(key)) for key in EDITABLE})

"""The survey as a sheet: it goes round by mail, and comes back with a line an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.sheets import sources
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sending import Parcel
from kyodo.core.sheets.sources import OutRow, RowsMoved
from kyodo.engines.words import _
from kyodo.modules.procurement.actions import on_sheets
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries import survey as queries
from kyodo.modules.procurement.rules import survey as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS
from kyodo.modules.procurement.rules.survey import (
    BUDGET_WORDS,
    CONTRACT_WORDS,
    INTENTION_WORDS,
    RELEVANCE_WORDS,
    LineDraft,
)

WHICH_CASE = _("どの案件かわかりません。案件番号の列に、この様式の案件番号を書いてください。")


def _words(words: Mapping[Any, str]) -> dict[str, Any]:
    return {str(key): gettext_lazy(word) for key, word in words.items()}


def _choice(key: str, label: Any, words: Mapping[Any, str], width: int = 12) -> SheetColumn:
    return SheetColumn(key, label, Kind.CHOICE, width=width, choices=_words(words))


SHEET = Sheet(
    name="procurement_survey",
    title=gettext_lazy("共同調達の意向調査"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn("case", gettext_lazy("案件番号"), Kind.WHOLE, editable=False, in_new=True, width=9),
        SheetColumn("title", gettext_lazy("案件"), editable=False, width=24),
        SheetColumn("body", gettext_lazy("団体"), editable=False, width=12),
        SheetColumn("item", gettext_lazy("品目"), editable=False, in_new=True, width=30),
        SheetColumn("item_unit", gettext_lazy("数える単位"), editable=False, width=10),
        _choice("relevance", gettext_lazy("①関係"), RELEVANCE_WORDS),
        SheetColumn("quantity_said", gettext_lazy("②数量"), width=10, help=gettext_lazy("120、約100、一式、不明")),
        SheetColumn("unit", gettext_lazy("②単位（違うとき）"), width=10),
        _choice("contract", gettext_lazy("②いまの契約"), CONTRACT_WORDS),
        SheetColumn("contract_until", gettext_lazy("②契約が終わる日"), Kind.DAY),
        SheetColumn("unit_price_yen", gettext_lazy("③いまの単価（円・税込）"), Kind.YEN),
        SheetColumn("supplier", gettext_lazy("③いまの事業者"), width=16),
        SheetColumn("must", gettext_lazy("③ないと困ること"), width=24),
        SheetColumn("nice", gettext_lazy("③あるとよいこと"), width=24),
        _choice("budget", gettext_lazy("③予算"), BUDGET_WORDS),
        _choice("form", gettext_lazy("③希望する形態"), FORM_WORDS, 16),
        _choice("intention", gettext_lazy("③参加の意向"), INTENTION_WORDS),
        SheetColumn("reason", gettext_lazy("③条件・見送りの理由"), width=24),
    ),
    guidance=(
        gettext_lazy("①だけでも回答になります。「関係なし」の品目は、それで終わりです。"),
        gettext_lazy(
            "②と③は「関係あり」「未定」の品目だけ書いてください。数量は「約100」「一式」「不明」とも書けます。"
        ),
        gettext_lazy(
            "番号のない行に、一覧にない品目を書けます（品目と数量）。案件番号は上の行と同じものを書いてください。"
        ),
    ),
    example={
        "item": gettext_lazy("ウイルス対策"),
        "relevance": gettext_lazy("関係あり"),
        "quantity_said": gettext_lazy("約100"),
        "contract": gettext_lazy("契約中"),
        "contract_until": gettext_lazy("2027/3/31 または 令和9年3月31日"),
    },
    takes_new=True,
)
EDITABLE = tuple(column.key for column in SHEET.editable)


class SurveySheet:
    """The module's side of its sheet."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Bodies for their own answers; coordinators for what bodies mail back."""
        return actor.may(Permission.SHEET)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """The lines that the actor may answer now."""
        held = queries.lines_held_by(actor).filter(pk__in=ids).order_by()
        return {key: Stand(rev, _values(told)) for key, rev, *told in held.values_list("pk", "revision", *EDITABLE)}

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """Bodies with their items, of lines that the actor may answer."""
        held = queries.lines_held_by(actor).filter(pk__in=ids).order_by()
        fields = ("pk", "response__organisation__name", "item__name", "text")
        return {key: f"{body} {text or item}" for key, body, item, text in held.values_list(*fields)}

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What the form would say."""
        found = [(fault.field, fault.sentence) for fault in rules.faults_of_line(draft_of_row(values), today=today)]
        if is_new and not str(values.get("item") or "").strip():
            found.append(("item", _("品目を書いてください。")))
        return found

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """New rows of which one can't say to which survey they belong."""
        open_ones = queries.open_for(actor)
        return [
            (row, "case", WHICH_CASE) for row in new if on_sheets.case_of(row.values.get("case"), open_ones) is None
        ]

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write all of it; RowsMoved where a line was answered since it was compared."""
        told = {
            change.id: (change.revision, {key: pair[1] for key, pair in change.fields.items()}) for change in changes
        }
        own = [(row.values.get("case"), str(row.values.get("item") or ""), draft_of_row(row.values)) for row in new]
        made = on_sheets.write_lines(
            changes={key: (rev, _stored(fields)) for key, (rev, fields) in told.items()}, own=own, by=by, at=at
        )
        if made is None:
            raise RowsMoved
        return made


SOURCE = SurveySheet()


def register() -> None:
    """Hand the sheet over."""
    sources.register(SOURCE)


def outgoing(actor: Actor, *, case_id: int, organisation_id: int | None) -> list[OutRow]:
    """The lines of a case that the actor may answer: of one body, or of all, in the order of their codes."""
    held = queries.lines_held_by(actor).filter(response__survey_id=case_id, item__withdrawn_at=None)
    if organisation_id is not None:
        held = held.filter(response__organisation_id=organisation_id)
    found = held.order_by("response__organisation__code", "item__number", "id").values_list(
        "pk",
        "revision",
        "response__survey_id",
        "response__survey__case__title",
        "response__organisation__name",
        "text",
        "item__name",
        "item__unit",
        *EDITABLE,
    )
    return [
        OutRow(
            key,
            revision,
            {
                "case": case,
                "title": title,
                "body": body,
                "item": text or item,
                "item_unit": unit or "",
                **_values(told),
            },
        )
        for key, revision, case, title, body, text, item, unit, *told in found
    ]


def parcels(actor: Actor, *, case_id: int, owing: bool) -> list[Parcel]:
    """What each body of a case is sent, in the order of their codes; `owing`: those that have not answered yet."""
    asked = queries.survey_stage(case_id) or 1
    bodies = [row for row in queries.progress(case_id) if not owing or row.stage < asked]
    made = (
        Parcel(
            row.organisation_id, row.organisation, outgoing(actor, case_id=case_id, organisation_id=row.organisation_id)
        )
        for row in bodies
    )
    return [one for one in made if one.rows]


def draft_of_row(values: Mapping[str, Value]) -> LineDraft:
    """A row as a draft; a new one that says nothing else is relevant, else nobody would have written it."""
    told: dict[str, Any] = {key: values.get(key) or "" for key in EDITABLE if key not in {"contract_until"}}
    told["unit_price_yen"] = values.get("unit_price_yen")
    until = values.get("contract_until")
    told["contract_until"] = date.fromisoformat(str(until)) if until else None
    return LineDraft(**told)


def _stored(fields: Mapping[str, Value]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in fields.items():
        if key == "contract_until":
            told[key] = date.fromisoformat(str(value)) if value else None
        elif key == "unit_price_yen":
            told[key] = value
        else:
            told[key] = str(value) if value is not None else ""
    return told


def _values(told: Sequence[Any]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for key, value in zip(EDITABLE, told, strict=True):
        made[key] = value.isoformat() if isinstance(value, date) else (value if value != "" else None)
    return made

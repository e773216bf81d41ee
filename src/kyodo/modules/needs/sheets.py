"""The sheet of needs to be completed: bodies fill in what is missing, and officers write new needs in its free rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.sheets import sources
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow
from kyodo.engines.words import _
from kyodo.modules.needs import queries, rules, sheet_actions
from kyodo.modules.needs.permissions import Permission
from kyodo.modules.needs.rules import AUDIENCES, OPEN, TOPIC_WORDS

MOST_ROWS = 5_000
SAME_TITLE = _("同じ件名の相談が、あなたの団体からすでに出ています。")
SAME_TITLE_TWICE = _("同じ件名の新しい行が2つあります。")

SHEET = Sheet(
    name="needs",
    title=gettext_lazy("相談の補記"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn("body", gettext_lazy("団体"), editable=False, width=14),
        SheetColumn("title", gettext_lazy("件名"), required=True, editable=False, in_new=True, width=36),
        SheetColumn("trouble", gettext_lazy("困っていること"), required=True, editable=False, in_new=True, width=48),
        SheetColumn(
            "topic",
            gettext_lazy("分野"),
            Kind.CHOICE,
            required=True,
            width=18,
            choices={topic.value: gettext_lazy(word) for topic, word in TOPIC_WORDS.items()},
        ),
        SheetColumn("people", gettext_lazy("影響する人数（年）"), Kind.WHOLE, unit="人"),
        SheetColumn("hours_per_year", gettext_lazy("職員がかけている時間（年）"), Kind.WHOLE, unit="時間"),
        SheetColumn("yen_per_year", gettext_lazy("かかっている費用（円・年）"), Kind.YEN, width=16),
        SheetColumn("wish_on", gettext_lazy("希望時期"), Kind.DAY),
        SheetColumn(
            "audience",
            gettext_lazy("見える範囲"),
            Kind.CHOICE,
            editable=False,
            in_new=True,
            width=22,
            help=gettext_lazy("新しい行だけに書きます。空けておくと、調整担当だけが見ます。"),
            choices={audience.value: gettext_lazy(card.name) for audience, card in AUDIENCES.items()},
        ),
    ),
    guidance=(
        gettext_lazy("わかる分だけ書いてください。おおよその数でかまいません。"),
        gettext_lazy("番号のある行は、色の付いた列だけ書き換えられます。"),
        gettext_lazy("団体だけに送られた様式では、番号のない行に新しい相談を書けます。"),
    ),
    example={
        "title": gettext_lazy("体育館の予約が電話と紙台帳で、二重予約が月に3回起きている"),
        "people": "1,200",
        "hours_per_year": "300",
        "yen_per_year": gettext_lazy("1,200,000 または 1,200千円"),
        "wish_on": gettext_lazy("2027/4/1 または 令和9年4月1日"),
    },
    takes_new=True,
)
EDITABLE = tuple(column.key for column in SHEET.editable)
OUT_FIELDS = ("id", "revision", "organisation__name", "title", "trouble", "audience", *EDITABLE)


def outgoing(needs: QuerySet[Any]) -> list[OutRow]:
    """The rows of needs that go out, by number."""
    found = needs.order_by("pk").values_list(*OUT_FIELDS)[: MOST_ROWS + 1]
    return [
        OutRow(
            key,
            revision,
            {"body": body, "title": title, "trouble": trouble, "audience": audience, **_values(editable)},
        )
        for key, revision, body, title, trouble, audience, *editable in found
    ]


class NeedSheet:
    """The module's side of its sheet."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Bodies for their own needs, coordinators for all."""
        return actor.may(Permission.SHEET)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """Open needs that the actor may complete; what was merged is told on the page of another."""
        held = queries.held_by(actor, Permission.SHEET).filter(pk__in=ids, state__in=OPEN, merged_into=None)
        return {key: Stand(rev, _values(told)) for key, rev, *told in held.values_list("pk", "revision", *EDITABLE)}

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """Titles of needs that the actor may see."""
        return dict(queries.visible_to(actor).filter(pk__in=ids).order_by().values_list("pk", "title"))

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What the form would say."""
        faults = rules.faults_of_need(sheet_actions.draft_of_row(values), today=today)
        return [(fault.field, fault.sentence) for fault in faults if is_new or fault.field in EDITABLE]

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """New needs whose title the body uses already, or twice in the sheet."""
        titles = Counter(str(row.values.get("title")) for row in new)
        known = sheet_actions.twins(actor, list(titles))
        found = []
        for row in new:
            title = str(row.values.get("title"))
            if title in known:
                found.append((row, "title", SAME_TITLE))
            elif titles[title] > 1:
                found.append((row, "title", SAME_TITLE_TWICE))
        return found

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Write all of it."""
        return sheet_actions.write(changes=changes, new=new, by=by, at=at)


SOURCE = NeedSheet()


def register() -> None:
    """Hand the sheet over."""
    sources.register(SOURCE)


def _values(editable: Sequence[Any]) -> dict[str, Value]:
    told = dict(zip(EDITABLE, editable, strict=True))
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}

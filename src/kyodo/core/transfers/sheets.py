"""The list of transfers as a sheet: the people of a body go out with their duties, and come back with what changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import BODY_ROLES, ROLES
from kyodo.core.accounts.models import User
from kyodo.core.accounts.rules import USERNAME
from kyodo.core.organisations.models import Organisation
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import OutRow, RowsMoved
from kyodo.core.transfers import actions, queries, rules
from kyodo.core.transfers.permissions import Permission
from kyodo.core.transfers.rules import MOVE_WORDS, Line, Move
from kyodo.engines.words import _

NO_DAY = _("発令日を書いてください。")
BAD_NAME = _("利用者名は、半角の英小文字・数字・「.」「_」「-」で書いてください。")
TAKEN = _("この利用者名は使われています。別の名前にしてください。")
NO_MOVE = _("「担当が変わる」か「団体を離れる」を選んでください。")
EDITABLE = ("move", "day", "new_duty", "successor", "email", "role")

SHEET = Sheet(
    name="transfers",
    title=gettext_lazy("人事異動の一覧"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn("name", gettext_lazy("名前"), required=True, editable=False, in_new=True, width=20),
        SheetColumn("username", gettext_lazy("利用者名"), required=True, editable=False, in_new=True, width=18),
        SheetColumn("duty", gettext_lazy("いまの職・担当"), editable=False, width=26),
        SheetColumn(
            "move",
            gettext_lazy("異動"),
            Kind.CHOICE,
            width=16,
            choices={move.value: gettext_lazy(word) for move, word in MOVE_WORDS.items()},
        ),
        SheetColumn("day", gettext_lazy("発令日"), Kind.DAY),
        SheetColumn("new_duty", gettext_lazy("新しい職・担当"), width=26),
        SheetColumn(
            "successor",
            gettext_lazy("後任の利用者名"),
            width=18,
            help=gettext_lazy("空けておくと、一覧でその担当に就く人が後任になります。"),
        ),
        SheetColumn("email", gettext_lazy("メールアドレス"), width=28),
        SheetColumn(
            "role",
            gettext_lazy("役割（新しい方）"),
            Kind.CHOICE,
            width=16,
            choices={role.value: gettext_lazy(ROLES[role].name) for role in ROLES if role in BODY_ROLES},
        ),
    ),
    guidance=(
        gettext_lazy("異動する人の行だけ書いてください。変わらない人の行は空けておきます。"),
        gettext_lazy("新しく加わる人は、番号のない行に書きます。"),
        gettext_lazy(
            "戻すと発令日ごとに下書きができます。「人事異動」のページで確かめて予約するまで、何も変わりません。"
        ),
    ),
    example={
        "move": gettext_lazy("担当が変わる"),
        "day": gettext_lazy("2027/4/1 または 令和9年4月1日"),
        "new_duty": gettext_lazy("総務課 情報担当"),
        "successor": "hinohara-taro",
    },
    takes_new=True,
)


def outgoing(organisation_id: int) -> list[OutRow]:
    """The people of a body as they stand today."""
    people = queries.colleagues(organisation_id, eve=clock.today())
    blank: dict[str, Value] = dict.fromkeys(EDITABLE)
    return [
        OutRow(one.user_id, 1, {**blank, "name": one.name, "username": one.username, "duty": "、".join(one.duties)})
        for one in people.values()
    ]


class TransferSheet:
    """The sheet of transfers. What comes back is always a new draft, so rows stand as they went out: empty."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Administrators for their own body."""
        return actor.may(Permission.PLAN) and actor.organisation_id is not None

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """The people of the body, with nothing planned."""
        return {
            one.user_id: Stand(1, dict.fromkeys(EDITABLE))
            for one in queries.colleagues(actor.organisation_id or 0, eve=clock.today()).values()
            if one.user_id in set(ids)
        }

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """Names of the body's people."""
        people = queries.colleagues(actor.organisation_id or 0, eve=clock.today()).values()
        return {one.user_id: one.name for one in people if one.user_id in set(ids)}

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What can be said of one row alone; the list as a whole is checked when it is written."""
        if not is_new and not any(values.get(key) for key in EDITABLE):
            return []
        found = [] if values.get("day") else [("day", NO_DAY)]
        if values.get("day") and date.fromisoformat(str(values["day"])) < today:
            found.append(("day", rules.PAST))
        move = Move.JOINS if is_new else values.get("move")
        if move not in {Move.JOINS, Move.MOVES, Move.LEAVES} or (not is_new and move == Move.JOINS):
            found.append(("move", NO_MOVE))
        if move in {Move.MOVES, Move.JOINS} and not values.get("new_duty"):
            found.append(("new_duty", rules.NO_DUTY))
        if is_new and values.get("role") not in BODY_ROLES:
            found.append(("role", rules.NO_ROLE))
        return found

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """Newcomers whose user name is taken."""
        names = {row.place: str(row.values.get("username") or "").strip().lower() for row in new}
        taken = queries.elsewhere(set(names.values()))
        odd = [(row, "username", BAD_NAME) for row in new if not USERNAME.fullmatch(names[row.place])]
        return [*odd, *((row, "username", TAKEN) for row in new if names[row.place] in taken)]

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """One draft for each day of the sheet."""
        names = dict(User.objects.filter(pk__in=[one.id for one in changes]).values_list("pk", "username"))
        told = [(names[one.id], {key: after for key, (_before, after) in one.fields.items()}) for one in changes]
        lines = [_line(username, values) for username, values in told]
        lines += [_line(str(row.values["username"]), {**row.values, "move": Move.JOINS.value}) for row in new]
        organisation = Organisation.objects.get(pk=by.organisation_id or 0)
        made = []
        for day, of_day in groupby(sorted(lines, key=lambda one: one[0]), key=lambda one: one[0]):
            try:
                made.append(
                    actions.draft(
                        organisation=organisation,
                        day=day,
                        remark=gettext("様式から"),
                        lines=[line for _day, line in of_day],
                        by=by,
                        at=at,
                    )
                )
            except actions.TransferRefused as refusal:
                raise RowsMoved from refusal
        return made


def _line(username: str, values: Mapping[str, Value]) -> tuple[date, Line]:
    def text(key: str) -> str:
        return str(values.get(key) or "").strip()

    return date.fromisoformat(text("day")), Line(
        username=username.strip().lower(),
        move=Move(text("move")),
        duty=text("new_duty"),
        successor=text("successor").lower(),
        name=text("name"),
        email=text("email"),
        role=text("role"),
    )


SOURCE = TransferSheet()

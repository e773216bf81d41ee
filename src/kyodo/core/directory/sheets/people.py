"""The sheet of people: accounts for a whole region, made and invited at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy

from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import ROLES, Role
from kyodo.core.accounts import actions as accounts
from kyodo.core.accounts import queries as account_queries
from kyodo.core.accounts.models import User
from kyodo.core.accounts.permissions import Permission as AccountPermission
from kyodo.core.accounts.rules import USERNAME
from kyodo.core.directory.actions.invitations import invite
from kyodo.core.directory.permissions import Permission
from kyodo.core.organisations.models import Organisation
from kyodo.core.sheets.bodies import CODE, UNKNOWN_BODY, places
from kyodo.core.sheets.compare import Change, ReadRow, Stand
from kyodo.core.sheets.declaration import Kind, Sheet, SheetColumn, Value
from kyodo.core.sheets.sources import RowsMoved
from kyodo.engines.words import _

BAD_NAME = _("利用者名は、半角の英小文字・数字・「.」「_」「-」で書いてください。")
TAKEN = _("この利用者名は使われています。ほかの名前にしてください。")
TWICE = _("同じ利用者名の行が2つあります。")
NOT_YOURS = _("この役割は、あなたからは付けられません。運用管理者に頼んでください。")
BAD_MAIL = _("メールアドレスの形ではありません。")

SHEET = Sheet(
    name="people",
    title=gettext_lazy("利用者の招待"),
    identity=gettext_lazy("番号"),
    columns=(
        SheetColumn(
            "code",
            gettext_lazy("団体コード"),
            Kind.CODE,
            digits=6,
            width=12,
            help=gettext_lazy("空けておくと、この様式を作った人の団体になります。"),
        ),
        SheetColumn("username", gettext_lazy("利用者名"), required=True, width=18),
        SheetColumn("display_name", gettext_lazy("氏名"), required=True, width=18),
        SheetColumn(
            "email", gettext_lazy("メールアドレス"), width=30, help=gettext_lazy("係で共有のものでかまいません。")
        ),
        SheetColumn("duty", gettext_lazy("職・担当"), required=True, width=26),
        SheetColumn(
            "role",
            gettext_lazy("役割"),
            Kind.CHOICE,
            required=True,
            width=14,
            choices={role.value: gettext_lazy(card.name) for role, card in ROLES.items() if role is not Role.RESIDENT},
        ),
        SheetColumn("valid_from", gettext_lazy("開始日"), Kind.DAY, required=True),
    ),
    guidance=(
        gettext_lazy("1行に1人を書いてください。「番号」の列は空けておきます。"),
        gettext_lazy("反映すると、アカウントができ、メールのある人には招待が届きます。"),
        gettext_lazy("メールのない人には、招待の一覧から、案内を印刷して渡せます。"),
    ),
    example={
        "code": "133078",
        "username": "hinohara.hanako",
        "display_name": gettext_lazy("檜原 花子"),
        "email": "joho@vill.example.jp",
        "duty": gettext_lazy("総務課 情報担当"),
        "role": gettext_lazy("担当者"),
        "valid_from": gettext_lazy("2027/4/1 または 令和9年4月1日"),
    },
    takes_new=True,
)


class PeopleSheet:
    """The side of those who invite."""

    sheet = SHEET

    def may_use(self, actor: Actor) -> bool:
        """Those who make accounts."""
        return actor.may(Permission.INVITE)

    def now(self, actor: Actor, ids: Sequence[int]) -> dict[int, Stand]:
        """Nothing: the sheet goes out empty."""
        return {}

    def labels(self, actor: Actor, ids: Sequence[int]) -> dict[int, str]:
        """The names of those who were made."""
        held = account_queries.held_by(actor, AccountPermission.USER_CHANGE).filter(pk__in=ids)
        return dict(held.order_by().values_list("pk", "display_name"))

    def check(self, values: Mapping[str, Value], is_new: bool, *, today: date) -> list[tuple[str, str]]:
        """What can be said of a row alone."""
        faults = []
        name, email = _text(values, "username").lower(), _text(values, "email")
        if name and not USERNAME.fullmatch(name):
            faults.append(("username", BAD_NAME))
        if email:
            try:
                validate_email(email)
            except ValidationError:
                faults.append(("email", BAD_MAIL))
        return faults

    def clashes(self, actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, str, str]]:
        """Names that are taken, bodies and roles that are not the actor's to give."""
        names = Counter(_text(row.values, "username").lower() for row in new)
        taken = set(User.objects.filter(username__in=list(names)).values_list("username", flat=True))
        roles = {role.value for role in account_queries.roles_to_give(actor)}
        found = []
        for row, place in _places(actor, new):
            name = _text(row.values, "username").lower()
            if name in taken:
                found.append((row, "username", TAKEN))
            elif names[name] > 1:
                found.append((row, "username", TWICE))
            if place is None:
                found.append((row, CODE, UNKNOWN_BODY))
            if (role := _text(row.values, "role")) and role not in roles:
                found.append((row, "role", NOT_YOURS))
        return found

    def write(self, *, changes: Sequence[Change], new: Sequence[ReadRow], by: Actor, at: datetime) -> list[int]:
        """Make all accounts, and invite their people; RowsMoved where something stands in the way by now."""
        if self.clashes(by, new):
            raise RowsMoved
        made: dict[int, int] = {}
        for row, organisation in _places(by, new):
            assert organisation is not None, "a clash was raised above"
            try:
                user = accounts.add_person(
                    username=_text(row.values, "username").lower(),
                    display_name=_text(row.values, "display_name"),
                    email=_text(row.values, "email"),
                    password=None,
                    organisation=organisation,
                    role=Role(_text(row.values, "role")),
                    duty=_text(row.values, "duty"),
                    valid_from=date.fromisoformat(_text(row.values, "valid_from")),
                    by=by,
                    at=at,
                )
            except accounts.AccountRefused as refusal:
                raise RowsMoved from refusal
            made[user.pk] = organisation.pk
        if made:
            invite(people=made, by=by, at=at)
        return list(made)


SOURCE = PeopleSheet()


def _places(actor: Actor, new: Sequence[ReadRow]) -> list[tuple[ReadRow, Organisation | None]]:
    """New rows with the bodies in which the actor may make accounts."""
    allowed = [key for key, _name in account_queries.bodies_to_give(actor)]
    return places(actor, new, kept=Organisation.objects.filter(pk__in=allowed))


def _text(values: Mapping[str, Any], key: str) -> str:
    return str(values.get(key) or "").strip()

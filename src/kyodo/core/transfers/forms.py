"""The list of transfers as one form: a row for each person of the body, three for newcomers. Works without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access.roles import BODY_ROLES, ROLES
from kyodo.core.transfers.rules import MOVE_WORDS, Colleague, Fault, Line, Move
from kyodo.core.ui.widgets import DateInput
from kyodo.engines.words import _

NEWCOMERS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form as the template shows it."""

    colleague: Colleague | None
    fields: tuple[forms.BoundField, ...]

    @property
    def is_new(self) -> bool:
        """A row for somebody who is not here yet."""
        return self.colleague is None


class TransferForm(forms.Form):
    """Day, remark, and what becomes of each person."""

    day = forms.DateField(
        label=gettext_lazy("発令日"), help_text=gettext_lazy("この日の0時に実施します。"), widget=DateInput()
    )
    remark = forms.CharField(label=gettext_lazy("備考"), max_length=200, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, people: Sequence[Colleague], duties: Sequence[str], lines: Sequence[Line] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = list(people)
        self.duties = duties
        told = {line.username: line for line in lines}
        self.joiners = [(line.username, line.name) for line in lines if line.move is Move.JOINS]
        names = [(one.username, one.name) for one in self.people]
        for one in self.people:
            self._add_colleague(one, told.get(one.username), names)
        joining = [line for line in lines if line.move is Move.JOINS]
        for number in range(max(NEWCOMERS, len(joining))):
            self._add_newcomer(number, joining[number] if number < len(joining) else None)
        self.newcomers = max(NEWCOMERS, len(joining))

    def _add_colleague(self, one: Colleague, line: Line | None, names: list[tuple[str, str]]) -> None:
        stays = [("", gettext("変わらない"))]
        moves = [(move.value, gettext(MOVE_WORDS[move])) for move in (Move.MOVES, Move.LEAVES)]
        others = [pair for pair in names if pair[0] != one.username]
        self._put(
            f"move.{one.username}",
            forms.ChoiceField(choices=stays + moves, required=False),
            gettext("{name}の異動").format(name=one.name),
            line.move.value if line else "",
        )
        self._put(
            f"duty.{one.username}",
            forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"list": "duties"})),
            gettext("{name}の新しい職・担当").format(name=one.name),
            line.duty if line else "",
        )
        self._put(
            f"successor.{one.username}",
            forms.ChoiceField(
                choices=[("", gettext("担当に就く人")), *others, *self._joining()],
                required=False,
                widget=forms.Select(attrs={"lang": "ja"}),
            ),
            gettext("{name}の後任").format(name=one.name),
            line.successor if line else "",
        )

    def _joining(self) -> list[tuple[str, str]]:
        """Newcomers of this very form can be named as successors, once their user name is written."""
        places = range(max(NEWCOMERS, len(self.joiners)))
        told = ((self.data.get(f"username.{number}"), self.data.get(f"name.{number}")) for number in places)
        typed = [(str(username).strip().lower(), str(name or username)) for username, name in told if username]
        return typed or self.joiners

    def _add_newcomer(self, number: int, line: Line | None) -> None:
        place = number + 1
        roles = [(role.value, gettext(card.name)) for role, card in ROLES.items() if role in BODY_ROLES]
        roles.insert(0, ("", gettext("選んでください")))
        duty = forms.CharField(max_length=100, required=False, widget=forms.TextInput(attrs={"list": "duties"}))
        fields = (
            ("name", "name", _("新しい方{place}の名前"), forms.CharField(max_length=100, required=False)),
            ("username", "username", _("新しい方{place}の利用者名"), forms.CharField(max_length=60, required=False)),
            ("email", "email", _("新しい方{place}のメールアドレス"), forms.EmailField(required=False)),
            ("duty_of", "duty", _("新しい方{place}の職・担当"), duty),
            ("role", "role", _("新しい方{place}の役割"), forms.ChoiceField(choices=roles, required=False)),
        )
        for key, told, label, field in fields:
            self._put(f"{key}.{number}", field, gettext(label).format(place=place), getattr(line, told) if line else "")

    def _put(self, name: str, field: forms.Field, label: str, initial: str) -> None:
        field.label, field.initial = label, initial
        field.widget.attrs["aria-label"] = label
        self.fields[name] = field

    def rows(self) -> list[Row]:
        """The people, each with their fields."""
        return [
            Row(one, tuple(self[f"{key}.{one.username}"] for key in ("move", "duty", "successor")))
            for one in self.people
        ]

    def new_rows(self) -> list[Row]:
        """Free rows for newcomers."""
        keys = ("name", "username", "email", "duty_of", "role")
        return [Row(None, tuple(self[f"{key}.{number}"] for key in keys)) for number in range(self.newcomers)]

    def lines(self) -> list[Line]:
        """What was chosen, as lines; `places` says afterwards where each came from."""
        told, self.places = self.cleaned_data, []
        lines = []
        for one in self.people:
            if told[f"move.{one.username}"]:
                self.places.append(one.username)
                lines.append(
                    Line(
                        username=one.username,
                        move=Move(told[f"move.{one.username}"]),
                        duty=told[f"duty.{one.username}"].strip(),
                        successor=told[f"successor.{one.username}"],
                    )
                )
        for number in range(self.newcomers):
            if told[f"username.{number}"] or told[f"name.{number}"]:
                self.places.append(str(number))
                lines.append(
                    Line(
                        username=told[f"username.{number}"].strip().lower(),
                        move=Move.JOINS,
                        duty=told[f"duty_of.{number}"].strip(),
                        name=told[f"name.{number}"].strip(),
                        email=told[f"email.{number}"],
                        role=told[f"role.{number}"],
                    )
                )
        return lines

    def tell(self, faults: Sequence[Fault]) -> None:
        """Say each fault at its field."""
        for fault in faults:
            sentence = gettext(fault.sentence).format(**fault.facts)
            self.add_error(self._field_of(fault), sentence)

    def _field_of(self, fault: Fault) -> str | None:
        if fault.line is None:
            return fault.field or None
        place = self.places[fault.line]
        for name in (f"{fault.field}.{place}", f"{fault.field}_of.{place}", f"move.{place}"):
            if name in self.fields:
                return name
        return None

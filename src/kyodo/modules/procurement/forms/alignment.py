"""The forms by which bodies require and answer, and coordinators ask, propose, make lots and versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.proxy.forms import SourceFields
from kyodo.core.ui.fields import TidyText, choices, in_japanese
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.lines import Lines, TableForm, lines_of
from kyodo.modules.procurement.queries.alignment import LotRow, OwnRequirement, TopicRow
from kyodo.modules.procurement.rules import alignment as rules
from kyodo.modules.procurement.rules.alignment import (
    LEVEL_WORDS,
    REPLY_WORDS,
    SETTLEMENT_WORDS,
    Reply,
    RequirementLevel,
    SettlementDraft,
    SettlementKind,
    TopicDraft,
)

BLANK_TOPICS = 5
BLANK_LOTS = 3


class TopicForm(forms.Form):
    """One line of what is asked about; a line without a name is none."""

    topic = forms.IntegerField(widget=forms.HiddenInput, required=False)
    group = TidyText(label=gettext_lazy("分類"), required=False, max_length=rules.GROUP_LENGTH[1])
    name = TidyText(label=gettext_lazy("要求"), required=False, max_length=rules.NAME_LENGTH[1])
    joint = TidyText(label=gettext_lazy("共同仕様の案"), required=False, max_length=rules.TEXT_LENGTH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("group", "name", "joint"):
            self.fields[name].widget.attrs["lang"] = "ja"

    def line(self) -> tuple[int | None, TopicDraft] | None:
        """The topic of this line; None for an empty one."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return data["topic"], TopicDraft(data["group"], data["name"], data["joint"])


TopicLines = lines_of(TopicForm, most=rules.MOST_TOPICS + BLANK_TOPICS)


def topic_lines(topics: Sequence[TopicRow]) -> Lines:
    """The lines of a case's topics, and some blank ones."""
    known = [{"topic": row.id, "group": row.group, "name": row.name, "joint": row.joint} for row in topics]
    return TopicLines(initial=[*known, *({} for _number in range(BLANK_TOPICS))], prefix="topics")


class RequireForm(forms.Form):
    """What a body requires, a line a topic; empty says that it does not mind."""

    def __init__(self, *args: Any, rows: Sequence[OwnRequirement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            text = TidyText(label=japanese(row.name), required=False, max_length=rules.TEXT_LENGTH)
            text.initial = row.text if row.is_said else row.joint
            text.widget.attrs["lang"] = "ja"
            level = forms.ChoiceField(label=japanese(row.name), choices=choices(LEVEL_WORDS), initial=row.level.value)
            revision = forms.IntegerField(widget=forms.HiddenInput, initial=row.revision)
            self.fields |= {f"text-{row.id}": text, f"level-{row.id}": level, f"revision-{row.id}": revision}

    def lines(self) -> list[tuple[OwnRequirement, BoundField, BoundField, BoundField]]:
        """The lines with their fields, for the template."""
        return [(row, self[f"text-{row.id}"], self[f"level-{row.id}"], self[f"revision-{row.id}"]) for row in self.rows]

    def said(self) -> dict[int, tuple[str, RequirementLevel]]:
        """What was handed in, by the number of the requirement."""
        data = self.cleaned_data
        return {row.id: (data[f"text-{row.id}"], RequirementLevel(data[f"level-{row.id}"])) for row in self.rows}

    def revisions(self) -> dict[int, int]:
        """What was read."""
        return {row.id: self.cleaned_data[f"revision-{row.id}"] for row in self.rows}


class RequireByProxy(SourceFields, RequireForm):
    """What a body told of its requirements."""


class SettleForm(forms.Form):
    """How a difference shall be settled."""

    kind = forms.ChoiceField(label=gettext_lazy("決め方"), widget=forms.RadioSelect)
    text = TidyText(
        label=gettext_lazy("共同仕様"),
        help_text=gettext_lazy(
            "「そろえる」はこの仕様に、「選択にする」はこの仕様を価格を別にして、「離れる」は残る団体の仕様です。"
        ),
        required=False,
        max_length=rules.TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "ja"}),
    )
    leaving = forms.TypedMultipleChoiceField(
        label=gettext_lazy("離れる団体（「合わない団体は離れる」のとき）"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"lang": "ja"}),
    )
    reason = TidyText(
        label=gettext_lazy("理由"),
        help_text=gettext_lazy("団体に読まれ、記録に残ります。"),
        max_length=rules.REASON_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, lots: Sequence[LotRow], bodies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lots = lots
        self.fields["kind"].choices = choices(SETTLEMENT_WORDS)  # type: ignore[attr-defined]
        self.fields["leaving"].choices = in_japanese(bodies.items())  # type: ignore[attr-defined]
        for lot in lots:
            field = TidyText(label=japanese(lot.name), required=False, max_length=rules.TEXT_LENGTH)
            field.widget.attrs["lang"] = "ja"
            self.fields[f"lot-{lot.id}"] = field
        self.order_fields(["kind", "text", *(f"lot-{lot.id}" for lot in lots), "leaving", "reason"])

    def draft(self) -> SettlementDraft:
        """What was handed in."""
        data = self.cleaned_data
        return SettlementDraft(
            kind=SettlementKind(data["kind"]),
            text=data["text"],
            reason=data["reason"],
            lots={lot.id: data[f"lot-{lot.id}"] for lot in self.lots},
            leaving=tuple(data["leaving"]),
        )


class AnswerForm(forms.Form):
    """What a body answers to the proposals that wait for it; one that is left open waits on."""

    def __init__(self, *args: Any, rows: Sequence[TopicRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [row for row in rows if row.settlement is not None]
        for row in self.rows:
            assert row.settlement is not None
            key = row.settlement.id
            reply = forms.ChoiceField(
                label=japanese(row.name), choices=choices(REPLY_WORDS), widget=forms.RadioSelect, required=False
            )
            remark = TidyText(label=gettext("ひとこと"), required=False, max_length=rules.REMARK_LENGTH)
            self.fields |= {f"reply-{key}": reply, f"remark-{key}": remark}

    def lines(self) -> list[tuple[TopicRow, BoundField, BoundField]]:
        """The proposals with their fields, for the template."""
        return [
            (row, self[f"reply-{row.settlement.id}"], self[f"remark-{row.settlement.id}"])
            for row in self.rows
            if row.settlement
        ]

    def replies(self) -> dict[int, tuple[Reply, str]]:
        """What was answered, by the number of the proposal."""
        told = {}
        for row in self.rows:
            key = row.settlement.id if row.settlement else 0
            if self.cleaned_data.get(f"reply-{key}"):
                told[key] = (Reply(self.cleaned_data[f"reply-{key}"]), self.cleaned_data[f"remark-{key}"])
        return told


class CloseForm(forms.Form):
    """Why a difference is settled though not all agree."""

    reason = TidyText(
        label=gettext_lazy("決着とする理由"),
        help_text=gettext_lazy("返事のない団体・反対した団体の名前とともに残ります。"),
        max_length=rules.REASON_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LotsForm(TableForm):
    """The lots by name, and in which each body is."""

    def __init__(self, *args: Any, lots: Sequence[LotRow], bodies: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        self.count = len(lots) + BLANK_LOTS
        names = [*(lot.name for lot in lots), *[""] * BLANK_LOTS]
        for number, name in enumerate(names):
            label = gettext("ロット{n}の名前").format(n=number + 1)
            field = TidyText(label=label, required=False, max_length=rules.LOT_LENGTH[1], initial=name)
            self.fields[f"name-{number}"] = field
        where = {body: str(number) for number, lot in enumerate(lots) for body in lot.bodies}
        options = [
            ("", gettext("決めない")),
            *((str(n), gettext("ロット{n}").format(n=n + 1)) for n in range(self.count)),
        ]
        for body, name in bodies.items():
            choice = forms.ChoiceField(
                label=japanese(name), choices=options, required=False, initial=where.get(body, "")
            )
            self.fields[f"place-{body}"] = choice

    def names(self) -> list[str]:
        """The names, without the blank ones at their end."""
        told = [self.cleaned_data[f"name-{number}"] for number in range(self.count)]
        while told and not told[-1]:
            told.pop()
        return told

    def places(self) -> dict[int, int]:
        """In which lot (by its place) each body is."""
        told = {body: self.cleaned_data[f"place-{body}"] for body in self.bodies}
        return {body: int(place) for body, place in told.items() if place != ""}


class VersionForm(forms.Form):
    """What a version is for."""

    note = TidyText(
        label=gettext_lazy("この版の説明"),
        help_text=gettext_lazy("例：情報提供依頼に付ける仕様。"),
        max_length=rules.NOTE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

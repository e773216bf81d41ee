"""The forms by which coordinators open a case, say what it asks for and until when, and take steps."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Self

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.ui.fields import TidyText, choices, in_japanese, tell
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.lines import Lines, lines_of
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.queries.story import ItemRow, MemberRow
from kyodo.modules.procurement.rules import case as rules
from kyodo.modules.procurement.rules.case import (
    AUDIENCE_WORDS,
    DUE_WORDS,
    FORM_WORDS,
    MEMBER_WORDS,
    METHOD_WORDS,
    STATE_WORDS,
    WAY_WORDS,
    CaseAudience,
    CaseDraft,
    CaseState,
    ContractForm,
    ItemDraft,
    MemberRole,
)
from kyodo.modules.procurement.rules.kinds import KIND_WORDS, kinds

BLANK_LINES = 5


class CaseForm(forms.Form):
    """A case, in the order in which one thinks: what, why, when, how, with whom."""

    kind = forms.ChoiceField(
        label=gettext_lazy("種類"),
        help_text=gettext_lazy("種類を選ぶと、よくある品目と要求仕様が入ります。あとから変えられます。"),
    )
    title = TidyText(
        label=gettext_lazy("件名"),
        help_text=gettext_lazy("例：オフィスソフトのライセンスの共同調達（令和9年度更新分）"),
        max_length=rules.TITLE_LENGTH[1],
    )
    purpose = TidyText(
        label=gettext_lazy("何を、なぜいっしょに調達するか"),
        max_length=rules.PURPOSE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    starts_on = forms.DateField(
        label=gettext_lazy("いつから使いたいか"),
        help_text=gettext_lazy("ここから逆算して、予算要求・議会・公告の日を出します。"),
        widget=DateInput,
    )
    months = forms.IntegerField(label=gettext_lazy("契約の期間（月）"), min_value=1, max_value=rules.MOST_MONTHS)
    method = forms.ChoiceField(label=gettext_lazy("選び方"))
    way = forms.ChoiceField(label=gettext_lazy("契約のしかた"))
    audience = forms.ChoiceField(label=gettext_lazy("この案件が見える範囲"), widget=forms.RadioSelect)
    bodies = forms.TypedMultipleChoiceField(
        label=gettext_lazy("はじめから加わる団体"),
        help_text=gettext_lazy("相談から始めると、その相談の団体が選ばれています。あとから加えられます。"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"lang": "ja"}),
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given: dict[str, list[tuple[Any, str]]] = {
            "kind": [("", gettext("選んでください")), *choices(KIND_WORDS)],
            "method": choices(METHOD_WORDS),
            "way": choices(WAY_WORDS),
            "audience": choices(AUDIENCE_WORDS),
            "bodies": in_japanese(bodies),
        }
        for name, options in given.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]
        if not given["bodies"]:
            del self.fields["bodies"]

    @classmethod
    def empty(
        cls, *, bodies: Sequence[tuple[int, str]], chosen: Iterable[int], title: str, purpose: str, kind: str
    ) -> Self:
        """A new form: shown to all bodies, one selection with a contract of each body."""
        template = kinds().get(kind)
        return cls(
            bodies=bodies,
            initial={
                "submission": uuid.uuid4(),
                "kind": kind,
                "title": title,
                "purpose": purpose,
                "months": template.months if template else 12,
                "method": template.method if template else "open_lowest",
                "way": "one_selection",
                "audience": CaseAudience.ALL.value,
                "bodies": list(chosen),
            },
        )

    @classmethod
    def of(cls, draft: CaseDraft, *, revision: int) -> Self:
        """A form filled with a case as it stands."""
        form = cls(initial={**asdict(draft), "submission": uuid.uuid4(), "revision": revision})
        for name in ("title", "purpose"):
            form.fields[name].widget.attrs["lang"] = "ja"
        return form

    def draft(self) -> CaseDraft:
        """What was handed in, once each field is of its type."""
        told = {name: self.cleaned_data[name] for name in CaseDraft.__dataclass_fields__}
        return CaseDraft(**{**told, "audience": CaseAudience(told["audience"])})

    def clean(self) -> dict[str, Any]:
        """Everything that the rules say about the fields that are there, together with what the types said."""
        data = super().clean() or {}
        partial = CaseDraft(
            title=data.get("title", ""),
            purpose=data.get("purpose", ""),
            kind=data.get("kind") or "other",
            audience=CaseAudience.ALL,
            method=data.get("method", ""),
            way=data.get("way", ""),
            starts_on=data.get("starts_on") if not data.get("revision") else None,  # type: ignore[arg-type]
            months=data.get("months") or 1,
        )
        found = rules.faults_of_case(partial, kinds=frozenset(kinds()), today=clock.today())
        tell(self, [fault for fault in found if fault.field not in self.errors])
        return data


class ItemForm(forms.Form):
    """One line of what is asked for; a line without a name is no item."""

    item = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = TidyText(label=gettext_lazy("品目"), required=False, max_length=rules.ITEM_LENGTH[1])
    unit = TidyText(label=gettext_lazy("単位"), required=False, max_length=rules.UNIT_LENGTH[1])
    form = forms.ChoiceField(label=gettext_lazy("形態"))
    note = TidyText(label=gettext_lazy("補足"), required=False, max_length=rules.NOTE_LENGTH[1])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = choices(FORM_WORDS)  # type: ignore[attr-defined]
        for name, letters in (("name", 34), ("unit", 11), ("note", 26)):
            self.fields[name].widget.attrs |= {"lang": "ja", "size": letters}

    def line(self) -> tuple[int | None, ItemDraft] | None:
        """The item of this line, with its number where it is known; None for an empty line."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return data["item"], ItemDraft(data["name"], data["unit"], ContractForm(data["form"]), data["note"])


ItemLines = lines_of(ItemForm, most=rules.MOST_ITEMS + BLANK_LINES)


def item_lines(items: Sequence[ItemRow], *, form: ContractForm) -> Lines:
    """The lines of a case's items, and some blank ones."""
    known = [
        {"item": row.id, "name": row.name, "unit": row.unit, "form": row.form.value, "note": row.note} for row in items
    ]
    return ItemLines(initial=[*known, *({"form": form.value} for _number in range(BLANK_LINES))], prefix="items")


class MoveForm(forms.Form):
    """The next step of a case."""

    to = forms.ChoiceField(label=gettext_lazy("次の段階"), widget=forms.RadioSelect)
    reason = TidyText(
        label=gettext_lazy("理由・説明"),
        help_text=gettext_lazy("案件のページに載ります。段階を飛ばす・戻す・終えるときは必ず書いてください。"),
        required=False,
        max_length=rules.REASON_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, moves: Iterable[CaseState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices(STATE_WORDS, only=moves)  # type: ignore[attr-defined]


class DaysForm(forms.Form):
    """Until when what each step asks for is due."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for state, word in DUE_WORDS.items():
            self.fields[f"due_{state}"] = forms.DateField(label=gettext(word), required=False, widget=DateInput)

    @classmethod
    def of(cls, days: Mapping[CaseState, date]) -> Self:
        """A form filled with the days that are set."""
        return cls(initial={f"due_{state}": day for state, day in days.items()})

    def days(self) -> dict[CaseState, date | None]:
        """The day of each step."""
        return {state: self.cleaned_data[f"due_{state}"] for state in DUE_WORDS}


class BodiesForm(forms.Form):
    """Bodies to be taken in, and as what."""

    bodies = forms.TypedMultipleChoiceField(
        label=gettext_lazy("加える団体"), coerce=int, widget=forms.CheckboxSelectMultiple(attrs={"lang": "ja"})
    )
    role = forms.ChoiceField(label=gettext_lazy("役割"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, bodies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"].choices = in_japanese(bodies)  # type: ignore[attr-defined]
        self.fields["role"].choices = choices(MEMBER_WORDS)  # type: ignore[attr-defined]
        self.fields["role"].initial = MemberRole.MEMBER.value


class RolesForm(forms.Form):
    """The part of each body in a case."""

    def __init__(self, *args: Any, members: Iterable[MemberRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for member in members:
            field = forms.ChoiceField(label=japanese(member.organisation), initial=member.role.value)
            field.choices = choices(MEMBER_WORDS)
            self.fields[f"role_{member.id}"] = field

    def roles(self) -> dict[int, MemberRole]:
        """The part of each place."""
        return {int(name.removeprefix("role_")): MemberRole(value) for name, value in self.cleaned_data.items()}


class ReasonForm(forms.Form):
    """Why a body leaves."""

    reason = TidyText(
        label=gettext_lazy("離れる理由"),
        help_text=gettext_lazy("ほかの団体にも読まれます。例：令和9年度の予算が付かなかったため。"),
        max_length=rules.REASON_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 4}),
    )

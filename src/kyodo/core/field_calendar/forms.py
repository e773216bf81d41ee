"""The form of a body's day."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kyodo.core.field_calendar import rules
from kyodo.core.field_calendar.rules import KIND_WORDS, DayDraft, Kind
from kyodo.core.ui.fields import TidyText, choices, tell
from kyodo.core.ui.widgets import DateInput


class DayForm(forms.Form):
    """A session, a budget deadline, or days off."""

    kind = forms.ChoiceField(label=gettext_lazy("種類"), widget=forms.RadioSelect)
    name = TidyText(
        label=gettext_lazy("名前"),
        help_text=gettext_lazy("例：第3回定例会、令和9年度当初予算要求、開庁記念日"),
        max_length=rules.NAME_LENGTH[1],
    )
    first = forms.DateField(label=gettext_lazy("始まりの日（締切は、その日）"), widget=DateInput)
    last = forms.DateField(
        label=gettext_lazy("終わりの日"),
        help_text=gettext_lazy("1日だけのときは、空でかまいません。"),
        required=False,
        widget=DateInput,
    )
    bills_due_on = forms.DateField(label=gettext_lazy("議案提出の締切（議会だけ）"), required=False, widget=DateInput)
    fiscal_year = forms.IntegerField(
        label=gettext_lazy("何年度の予算か（西暦・予算だけ）"), required=False, min_value=2000, max_value=2099
    )
    remark = TidyText(label=gettext_lazy("備考"), required=False, max_length=rules.REMARK_LENGTH)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(KIND_WORDS)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Everything that the rules say, at once."""
        data = super().clean() or {}
        data["last"] = data.get("last") or data.get("first")
        self.cleaned_data = data
        if {"kind", "first"} <= data.keys() and data["first"]:
            tell(self, [fault for fault in rules.faults_of_day(self.draft()) if fault.field not in self.errors])
        return data

    def draft(self) -> DayDraft:
        """What was handed in; what is not of its kind is left out."""
        data, kind = self.cleaned_data, Kind(self.cleaned_data["kind"])
        return DayDraft(
            kind=kind,
            name=data.get("name", ""),
            first=data["first"],
            last=data["first"] if kind is Kind.BUDGET else data["last"],
            bills_due_on=data.get("bills_due_on") if kind is Kind.SESSION else None,
            fiscal_year=data.get("fiscal_year") if kind is Kind.BUDGET else None,
            remark=data.get("remark", ""),
        )


def initial_of(draft: DayDraft, *, revision: int) -> dict[str, Any]:
    """What a form shows of a day as it stands."""
    return {**asdict(draft), "revision": revision}

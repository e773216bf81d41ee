"""The form of a merger."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.mergers import queries
from kyodo.core.mergers.rules import Draft
from kyodo.core.organisations.models import MUNICIPAL, Kind
from kyodo.core.ui.widgets import DateInput


class MergerForm(forms.Form):
    """Which bodies become what, and when."""

    day = forms.DateField(
        label=gettext_lazy("合併の日"), help_text=gettext_lazy("この日の0時に実施します。"), widget=DateInput()
    )
    predecessors = forms.TypedMultipleChoiceField(
        label=gettext_lazy("なくなる団体"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    successor = forms.TypedChoiceField(
        label=gettext_lazy("合併先の団体（編入合併）"), coerce=int, empty_value=None, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("新しい団体の種類（新設合併）"), required=False)
    name = forms.CharField(label=gettext_lazy("新しい団体の名前"), max_length=100, required=False)
    kana = forms.CharField(label=gettext_lazy("新しい団体のよみがな"), max_length=200, required=False)
    code = forms.CharField(label=gettext_lazy("新しい団体コード（6桁）"), max_length=6, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = queries.bodies()
        self.fields["predecessors"].choices = bodies  # type: ignore[attr-defined]
        self.fields["successor"].choices = [("", gettext("新しい団体をつくる")), *bodies]  # type: ignore[attr-defined]
        self.fields["successor"].widget.attrs["lang"] = self.fields["predecessors"].widget.attrs["lang"] = "ja"
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", gettext("選んでください")),
            *((kind.value, gettext(kind.label)) for kind in Kind if kind in MUNICIPAL),
        ]

    def draft(self) -> Draft:
        """What was handed in."""
        told = self.cleaned_data
        return Draft(**{**told, "predecessors": tuple(told["predecessors"])})

"""The forms by which estimates are handed out and budgets recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kyodo.core.proxy.forms import SourceFields
from kyodo.core.ui.fields import TidyText, choices
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.forms.market import YenField
from kyodo.modules.procurement.queries.estimates import BudgetRow
from kyodo.modules.procurement.queries.story import ItemRow
from kyodo.modules.procurement.rules import estimate as rules
from kyodo.modules.procurement.rules.estimate import CLASS_WORDS, BudgetClass, BudgetDraft, usual_class
from kyodo.modules.procurement.rules.survey import BUDGET_WORDS, BudgetState

KINDS = (BudgetState.INITIAL, BudgetState.SUPPLEMENT, BudgetState.NONE)


class HandOutForm(forms.Form):
    """The 節 of each item, before the estimates go out."""

    def __init__(
        self, *args: Any, items: Sequence[ItemRow], kind: str, last: Mapping[int, BudgetClass], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            self.fields[f"class-{item.id}"] = forms.ChoiceField(
                label=item.name,
                choices=choices(CLASS_WORDS),
                initial=(last.get(item.id) or usual_class(item.form, kind)).value,
            )

    def classes(self) -> dict[int, BudgetClass]:
        """What was chosen."""
        return {item.id: BudgetClass(self.cleaned_data[f"class-{item.id}"]) for item in self.items}


class BudgetForm(forms.Form):
    """What a body got in its budget."""

    kind = forms.ChoiceField(label=gettext_lazy("どの予算ですか"), widget=forms.RadioSelect)
    yen = YenField(label=gettext_lazy("予算額（円・税込、初年度）"), min_value=0)
    decided_on = forms.DateField(label=gettext_lazy("予算が決まった日"), widget=DateInput)
    note = TidyText(
        label=gettext_lazy("補足（減額の理由など）"),
        required=False,
        max_length=rules.NOTE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ja"}),
    )

    def __init__(self, *args: Any, known: Sequence[BudgetRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(BUDGET_WORDS, only=KINDS)  # type: ignore[attr-defined]
        for row in known:
            self.fields[f"revision-{row.kind}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=row.revision
            )
        if known and not self.is_bound:
            last = known[-1]
            self.initial = {
                "kind": last.kind.value,
                "yen": last.yen,
                "decided_on": last.decided_on,
                "note": last.note,
            }

    def draft(self) -> BudgetDraft:
        """What was handed in."""
        data = self.cleaned_data
        return BudgetDraft(BudgetState(data["kind"]), data["yen"], data["decided_on"], data["note"])

    def revision(self) -> int | None:
        """Of the record that is written anew, as it was read."""
        found: int | None = self.cleaned_data.get(f"revision-{self.cleaned_data['kind']}")
        return found


class BudgetByProxy(SourceFields, BudgetForm):
    """The same, with where it comes from."""

"""What a body takes and from which money; facts that unblock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from kyodo.core.proxy.forms import SourceFields
from kyodo.core.ui.fields import TidyText, choices
from kyodo.core.ui.japanese import japanese
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.queries.commitment import CommitmentRow
from kyodo.modules.procurement.queries.story import ItemRow
from kyodo.modules.procurement.rules import commitment as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS, ContractForm
from kyodo.modules.procurement.rules.commitment import BUDGET_STATE_WORDS, CommitmentDraft
from kyodo.modules.procurement.rules.law import GROUND_WORDS, Budget, Finding, GroundKind


class CommitmentForm(forms.Form):
    """A commitment: a quantity an item, the money, the day on which the contract shall be made."""

    amount_yen = forms.IntegerField(
        label=gettext_lazy("見込みの金額（税込・全期間、円）"),
        help_text=gettext_lazy("見積の「ふつう」が入っています。予定価格は、公告のときに決まります。"),
        required=False,
    )
    yearly_yen = forms.IntegerField(label=gettext_lazy("うち1年あたり（税込、円）"), required=False)
    planned_on = forms.DateField(
        label=gettext_lazy("契約の予定日"),
        help_text=gettext_lazy("この日の法令・例規で確かめます。"),
        widget=DateInput,
    )
    budget = forms.ChoiceField(label=gettext_lazy("予算"), widget=forms.RadioSelect)
    budget_year = forms.IntegerField(label=gettext_lazy("何年度の予算（西暦）"), required=False)
    budget_item = TidyText(
        label=gettext_lazy("予算科目"),
        help_text=gettext_lazy("例：一般会計 10教育費 2小学校費 2教育振興費 17備品購入費"),
        required=False,
        max_length=rules.ITEM_LENGTH,
    )
    note = TidyText(label=gettext_lazy("ひとこと"), required=False, max_length=rules.NOTE_LENGTH)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, items: Sequence[ItemRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.fields["budget"].choices = choices(BUDGET_STATE_WORDS)  # type: ignore[attr-defined]
        for item in items:
            self.fields[f"quantity-{item.id}"] = forms.IntegerField(
                label=japanese(item.name), required=False, min_value=0
            )
            self.fields[f"form-{item.id}"] = forms.ChoiceField(
                label=japanese(item.name), choices=choices(FORM_WORDS), initial=item.form.value
            )

    @staticmethod
    def begun(
        row: CommitmentRow | None, *, surveyed: Mapping[int, int], amount: int | None, yearly: int | None
    ) -> dict[str, Any]:
        """What the form begins with: the commitment as it stands, else the survey and the latest estimate."""
        if row is None:
            told: dict[str, Any] = {f"quantity-{item}": quantity for item, quantity in surveyed.items()}
            return {**told, "budget": Budget.UNKNOWN.value, "amount_yen": amount, "yearly_yen": yearly}
        told = {
            name: getattr(row, name)
            for name in ("amount_yen", "yearly_yen", "planned_on", "budget_year", "budget_item", "note", "revision")
        }
        for item, (quantity, form) in row.lines.items():
            told |= {f"quantity-{item}": quantity, f"form-{item}": form.value}
        return {**told, "budget": row.budget.value}

    def lines(self) -> list[tuple[ItemRow, BoundField, BoundField]]:
        """The items with their fields, for the template."""
        return [(item, self[f"quantity-{item.id}"], self[f"form-{item.id}"]) for item in self.items]

    def others(self) -> list[BoundField]:
        """The fields that are about the whole."""
        names = ("amount_yen", "yearly_yen", "planned_on", "budget", "budget_year", "budget_item", "note")
        return [self[name] for name in names]

    def draft(self) -> CommitmentDraft:
        """What was handed in."""
        data = self.cleaned_data
        lines = {
            item.id: (data[f"quantity-{item.id}"] or 0, ContractForm(data[f"form-{item.id}"])) for item in self.items
        }
        names = ("amount_yen", "yearly_yen", "planned_on", "budget_year", "budget_item", "note")
        return CommitmentDraft(lines=lines, budget=Budget(data["budget"]), **{name: data[name] for name in names})


class CommitmentByProxy(SourceFields, CommitmentForm):
    """A commitment as a body told it."""


class BindForm(forms.Form):
    """That what the law still asks for was read, and which revision of the commitment it was read of."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    knows_blocks = forms.BooleanField(label=gettext_lazy("契約までに必要なことを読み、確かめました。"), required=False)


class GroundForm(forms.Form):
    """A fact that settles a finding: a vote, a 専決処分, an ordinance, each with number and date."""

    finding = forms.ChoiceField(label=gettext_lazy("何についてですか"))
    kind = forms.ChoiceField(label=gettext_lazy("何がありますか"), widget=forms.RadioSelect)
    number = TidyText(
        label=gettext_lazy("番号"),
        help_text=gettext_lazy("例：令和9年第1回定例会 議案第12号"),
        max_length=rules.NUMBER_LENGTH[1],
    )
    on = forms.DateField(label=gettext_lazy("その日"), widget=DateInput)

    def __init__(self, *args: Any, findings: Sequence[tuple[Finding, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = {kind: GROUND_WORDS[kind] for finding, _said in findings for kind in finding.unblocks}
        self.fields["finding"].choices = [(finding.code, said) for finding, said in findings]  # type: ignore[attr-defined]
        self.fields["kind"].choices = choices(kinds)  # type: ignore[attr-defined]

    def kind_chosen(self) -> GroundKind:
        """Which fact."""
        return GroundKind(self.cleaned_data["kind"])

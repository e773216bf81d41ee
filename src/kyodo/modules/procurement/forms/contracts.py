"""The form of a contract that is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.ui.fields import SelectOfNames, TidyText, choices
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.procurement.rules import contracts as rules
from kyodo.modules.procurement.rules.case import FORM_WORDS
from kyodo.modules.procurement.rules.contracts import DRAFT_NAMES, ContractDraft
from kyodo.modules.procurement.rules.kinds import KIND_WORDS


class ContractForm(forms.Form):
    """A contract: what, until when, and as much more as is known."""

    body = forms.TypedChoiceField(label=gettext_lazy("団体"), coerce=int, widget=SelectOfNames)
    kind = forms.ChoiceField(label=gettext_lazy("種類"))
    item = TidyText(
        label=gettext_lazy("品目"),
        help_text=gettext_lazy("例：職員用ノートPC、グループウェア、高圧電力（庁舎）"),
        max_length=rules.ITEM_LENGTH[1],
    )
    ends_on = forms.DateField(
        label=gettext_lazy("契約が終わる日"),
        help_text=gettext_lazy("自動更新の契約は、次に断れる日を書いてください。"),
        widget=DateInput,
    )
    begins_on = forms.DateField(label=gettext_lazy("契約が始まった日"), required=False, widget=DateInput)
    supplier = TidyText(label=gettext_lazy("事業者"), required=False, max_length=rules.SUPPLIER_LENGTH)
    yearly_yen = forms.IntegerField(label=gettext_lazy("1年の金額（税込、円）"), required=False)
    unit_price_yen = forms.IntegerField(label=gettext_lazy("単価（税込、円）"), required=False)
    quantity = forms.IntegerField(label=gettext_lazy("数量"), required=False)
    unit = TidyText(
        label=gettext_lazy("単位"), help_text=gettext_lazy("例：台、ユーザー、式"), required=False, max_length=10
    )
    form = forms.ChoiceField(label=gettext_lazy("形態"), required=False)
    renews_alone = forms.BooleanField(label=gettext_lazy("単独で更新する（共同調達の候補に出さない）"), required=False)
    note = TidyText(
        label=gettext_lazy("備考"),
        required=False,
        max_length=rules.NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, bodies: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("選んでください")), *choices(KIND_WORDS)]  # type: ignore[attr-defined]
        self.fields["form"].choices = [("", gettext("わからない")), *choices(FORM_WORDS)]  # type: ignore[attr-defined]
        if len(bodies) > 1:
            self.fields["body"].choices = [("", gettext("選んでください")), *bodies]  # type: ignore[attr-defined]
        else:
            del self.fields["body"]

    @staticmethod
    def begun(draft: ContractDraft, *, revision: int) -> dict[str, Any]:
        """What the form shows of a contract as it stands."""
        return {**asdict(draft), "revision": revision}

    def draft(self) -> ContractDraft:
        """What was handed in."""
        return ContractDraft(**{name: self.cleaned_data[name] for name in DRAFT_NAMES})

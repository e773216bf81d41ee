"""How a need is answered, what that promises, and what was measured."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kyodo.core.ui.fields import TidyText, choices
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import (
    ROUTE_STATE_WORDS,
    ROUTE_TRANSITIONS,
    ROUTE_WORDS,
    MeasureDraft,
    ResultDraft,
    RouteDraft,
    RouteKind,
    RouteState,
)
from kyodo.modules.needs.rules.measure import EVIDENCE_LENGTH, METHOD_LENGTH


class RouteForm(forms.Form):
    """An answer to a need."""

    kind = forms.ChoiceField(label=gettext_lazy("答え方"), widget=forms.RadioSelect)
    purpose = TidyText(
        label=gettext_lazy("何をするか"),
        help_text=gettext_lazy("例：8団体分の意向調査を作り、共同で調達します。"),
        max_length=rules.PURPOSE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    due_on = forms.DateField(label=gettext_lazy("いつまでに"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices(ROUTE_WORDS)  # type: ignore[attr-defined]

    def draft(self) -> RouteDraft:
        """What was handed in."""
        data = self.cleaned_data
        return RouteDraft(kind=RouteKind(data["kind"]), purpose=data["purpose"], due_on=data["due_on"])


class RouteReportForm(forms.Form):
    """Where an answer stands."""

    to = forms.ChoiceField(label=gettext_lazy("状態"), widget=forms.RadioSelect)
    due_on = forms.DateField(label=gettext_lazy("いつまでに"), required=False, widget=DateInput)
    outcome = TidyText(
        label=gettext_lazy("結果・進みぐあい"),
        help_text=gettext_lazy("終えるとき、中止するときは必ず書いてください。"),
        required=False,
        max_length=rules.OUTCOME_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, now: RouteState, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [state for state in RouteState if state is now or state in ROUTE_TRANSITIONS[now]]
        self.fields["to"].choices = choices(ROUTE_STATE_WORDS, only=ways)  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """A promise: one figure, now and as it shall be."""

    label = TidyText(
        label=gettext_lazy("何を測るか"),
        help_text=gettext_lazy("例：空き確認の電話"),
        max_length=rules.MEASURE_TEXT_LENGTH[1],
    )
    unit = TidyText(label=gettext_lazy("単位"), help_text=gettext_lazy("例：件/年"), max_length=rules.UNIT_LENGTH[1])
    baseline = forms.DecimalField(label=gettext_lazy("いまの値"), max_digits=15, decimal_places=2)
    promised = forms.DecimalField(label=gettext_lazy("約束する値"), max_digits=15, decimal_places=2)
    method = TidyText(
        label=gettext_lazy("測り方"),
        help_text=gettext_lazy("だれがやっても同じ数になるように。例：月次の受電記録、同月比"),
        max_length=METHOD_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    measure_on = forms.DateField(label=gettext_lazy("いつ測るか"), widget=DateInput)

    def draft(self) -> MeasureDraft:
        """What was handed in."""
        return MeasureDraft(**{name: self.cleaned_data[name] for name in MeasureDraft.__dataclass_fields__})


class ResultForm(forms.Form):
    """What was measured, and how one knows."""

    measured = forms.DecimalField(label=gettext_lazy("測った値"), max_digits=15, decimal_places=2)
    measured_on = forms.DateField(label=gettext_lazy("測った日"), widget=DateInput)
    evidence = TidyText(
        label=gettext_lazy("根拠"),
        help_text=gettext_lazy("どの記録の、いつからいつまでか。例：受電記録簿、令和8年4〜9月"),
        max_length=EVIDENCE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours_saved_per_year = forms.IntegerField(label=gettext_lazy("減った時間（年・時間）"), required=False)
    yen_saved_per_year = forms.IntegerField(label=gettext_lazy("減った費用（年・円）"), required=False)

    def draft(self) -> ResultDraft:
        """What was handed in."""
        return ResultDraft(**{name: self.cleaned_data[name] for name in ResultDraft.__dataclass_fields__})

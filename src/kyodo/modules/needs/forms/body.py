"""What a body says about a need beside posting it: うちも, and in the end how content it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from kyodo.core.ui.fields import TidyText, choices
from kyodo.core.ui.widgets import DateInput
from kyodo.modules.needs import rules
from kyodo.modules.needs.rules import SCORES, BackingDraft, RatingDraft


class BackingForm(forms.Form):
    """うちも: how much of it, until when, a word."""

    volume = TidyText(
        label=gettext_lazy("うちの量"),
        help_text=gettext_lazy("例：会議室12室、年1,400件"),
        max_length=rules.VOLUME_LENGTH[1],
    )
    wish_on = forms.DateField(label=gettext_lazy("希望時期"), required=False, widget=DateInput)
    note = TidyText(
        label=gettext_lazy("ひとこと"),
        required=False,
        max_length=rules.NOTE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def draft(self) -> BackingDraft:
        """What was handed in."""
        data = self.cleaned_data
        return BackingDraft(volume=data["volume"], wish_on=data["wish_on"], note=data["note"])


class RatingForm(forms.Form):
    """How content, and why."""

    score = forms.ChoiceField(label=gettext_lazy("満足度"), widget=forms.RadioSelect)
    comment = TidyText(
        label=gettext_lazy("ひとこと"),
        help_text=gettext_lazy("よかったこと、足りなかったこと。調整担当・監査と自分の団体だけが読みます。"),
        required=False,
        max_length=rules.COMMENT_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["score"].choices = choices(SCORES)  # type: ignore[attr-defined]

    def draft(self) -> RatingDraft:
        """What was handed in."""
        return RatingDraft(score=int(self.cleaned_data["score"]), comment=self.cleaned_data["comment"])

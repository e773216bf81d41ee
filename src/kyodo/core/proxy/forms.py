"""Fields for the source of an entry, to stand before those of the thing itself; and the forms of its answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock, plain_text
from kyodo.core.files.forms import UploadsField
from kyodo.core.files.store import Kept
from kyodo.core.proxy import rules
from kyodo.core.proxy.rules import SOURCE_WORDS, Source, SourceDraft, State
from kyodo.core.ui.fields import TidyText
from kyodo.core.ui.widgets import DateInput

FIELDS = {
    "said_on": "said_on",
    "duty": "said_duty",
    "name": "said_name",
    "note": "said_note",
}


class SourceFields(forms.Form):
    """Where it comes from. A module's form inherits from this and from its own."""

    said_source = forms.ChoiceField(label=gettext_lazy("どうやって聞きましたか"), widget=forms.RadioSelect)
    said_on = forms.DateField(label=gettext_lazy("聞いた日"), widget=DateInput)
    said_duty = forms.CharField(
        label=gettext_lazy("団体のだれから（部署・職）"),
        help_text=gettext_lazy("例：総務課 情報担当。入力したものの部署として見えます。"),
        max_length=rules.DUTY_LENGTH[1],
    )
    said_name = forms.CharField(
        label=gettext_lazy("その方の名前"),
        help_text=gettext_lazy("この団体と調整担当・監査だけに見えます。"),
        max_length=rules.NAME_LENGTH[1],
    )
    said_note = forms.CharField(
        label=gettext_lazy("聞いた内容のメモ"),
        help_text=gettext_lazy("FAXや紙の写しを添付するときは、空でかまいません。"),
        required=False,
        max_length=rules.NOTE_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    said_files = UploadsField(label=gettext_lazy("FAX・紙の写し"), required=False, most=5)

    field_order = ("said_source", "said_on", "said_duty", "said_name", "said_note", "said_files")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_source"].choices = [  # type: ignore[attr-defined]
            (one.value, gettext(word)) for one, word in SOURCE_WORDS.items()
        ]
        self.fields["said_on"].initial = clock.today

    def clean(self) -> dict[str, Any]:
        """Everything that the rules say about the source, beside what they say about the thing."""
        data = super().clean() or {}
        if {"said_source", "said_on"} <= data.keys():
            files = bool(data.get("said_files")) or "said_files" in self.errors
            for fault in rules.faults_of_source(_draft(data), has_files=files, today=clock.today()):
                field = FIELDS[fault.field]
                if field not in self.errors:
                    self.add_error(field, gettext(fault.sentence))
        return data

    def source_rows(self) -> list[BoundField]:
        """The fields that say where it comes from, for the template."""
        return [self[name] for name in SourceFields.base_fields]

    def source(self) -> SourceDraft:
        """Where it comes from, once each field is of its type."""
        return _draft(self.cleaned_data)

    def proofs(self) -> tuple[Kept, ...]:
        """The proofs that were handed in."""
        return tuple(self.cleaned_data["said_files"] or ())


def _draft(data: dict[str, Any]) -> SourceDraft:
    return SourceDraft(
        source=Source(data["said_source"]),
        said_on=data["said_on"],
        duty=plain_text.tidy(data.get("said_duty", "")),
        name=plain_text.tidy(data.get("said_name", "")),
        note=plain_text.tidy(data.get("said_note", "")),
    )


class DisputeForm(forms.Form):
    """What is wrong."""

    remark = TidyText(
        label=gettext_lazy("どこが違いますか"),
        help_text=gettext_lazy("入力した調整担当に伝わります。"),
        max_length=rules.REMARK_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PaperAnswerForm(forms.Form):
    """What a body answered by telephone, fax or on paper."""

    to = forms.ChoiceField(label=gettext_lazy("返事"), widget=forms.RadioSelect)
    who = TidyText(label=gettext_lazy("団体のだれから（部署・職・名前）"), max_length=rules.WHO_LENGTH[1])
    remark = TidyText(
        label=gettext_lazy("違うところ・メモ"),
        required=False,
        max_length=rules.REMARK_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    uploads = UploadsField(label=gettext_lazy("返ってきた確認書の写し"), required=False, most=5)

    def __init__(self, *args: Any, state: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = {State.CONFIRMED: gettext("内容に間違いない"), State.DISPUTED: gettext("違うところがある")}
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (one.value, answers[one]) for one in answers if one in rules.TRANSITIONS[state]
        ]

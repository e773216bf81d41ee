"""The form in which people write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import plain_text
from kyodo.core.files.forms import UploadsField
from kyodo.core.threads import rules


class PostForm(forms.Form):
    """A text, files, and for those who care for the subject whether it is a note among them."""

    text = forms.CharField(
        label=gettext_lazy("書き込む"),
        help_text=gettext_lazy("「@団体名」と書くと、その団体の担当に通知します。"),
        max_length=rules.TEXT_LENGTH[1],
        widget=forms.Textarea(attrs={"rows": 4}),
        strip=False,
    )
    uploads = UploadsField(label=gettext_lazy("添付"), required=False, most=rules.MOST_FILES)
    is_internal = forms.BooleanField(label=gettext_lazy("関係者のみ（調整担当だけが読むメモ）"), required=False)

    def __init__(self, *args: Any, sees_notes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_notes:
            del self.fields["is_internal"]

    def clean_text(self) -> str:
        """The tidied text, if it can be taken."""
        text = plain_text.tidy(str(self.cleaned_data["text"]))
        fault = rules.fault_of_text(text)
        if fault:
            raise forms.ValidationError(gettext(fault))
        return text


class ChangeForm(PostForm):
    """A text to be changed; its files stay. `before` is what the writer saw: of two edits at once one is told."""

    before = forms.CharField(widget=forms.HiddenInput, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, sees_notes=False, **kwargs)
        del self.fields["uploads"]

    def clean_before(self) -> str:
        """The text as it is kept: browsers send other line breaks."""
        return plain_text.tidy(str(self.cleaned_data["before"]))

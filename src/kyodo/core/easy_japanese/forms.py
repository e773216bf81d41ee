"""An easy version of a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import plain_text
from kyodo.core.easy_japanese import rules


class EasyForm(forms.Form):
    """Which page, a title, the text."""

    path = forms.CharField(
        label=gettext_lazy("ページのアドレス"),
        help_text=gettext_lazy("例：/accessibility/"),
        max_length=rules.LONGEST_PATH,
    )
    title = forms.CharField(label=gettext_lazy("題"), max_length=rules.LONGEST_TITLE)
    text = forms.CharField(
        label=gettext_lazy("本文"),
        help_text=gettext_lazy(
            "1つの文に1つのことを書きます。むずかしい言葉は言いかえ、漢字には（）で読みを付けます。空の行で段落を分けます。"
        ),
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("title", "text"):
            self.fields[field].widget.attrs["lang"] = "ja"

    def clean(self) -> dict[str, Any]:
        """What was typed, tidied."""
        told = super().clean() or {}
        return {name: plain_text.tidy(value) for name, value in told.items()}

    def tell(self, faults: dict[str, str]) -> None:
        """Say at each field why it was refused."""
        for field, fault in faults.items():
            self.add_error(field, gettext(fault))

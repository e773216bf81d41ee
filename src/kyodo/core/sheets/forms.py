"""The forms of sheets: the files that come back, and which side counts where both have changed a cell."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.files.forms import UploadsField
from kyodo.core.sheets import intake
from kyodo.core.sheets.intake import Handed

LIMITS = gettext_lazy(
    "Excel（XLSX・XLS）、ODS、CSV、またはそれらを入れたZIP。1つ20MB・10万行まで、200個まで一度に送れます。"
    "ファイル名や列の順番は変わっていてもかまいません。"
)


class ReturnedFiles(UploadsField):
    """Files that come back: kept one by one, so that a bad one doesn't hold up the others."""

    def keep(self, uploads: list[Any]) -> Any:
        """Every file, and every file in a ZIP, kept or with its fault."""
        handed = intake.keep_all(uploads)
        if len(handed) > self.most:
            text = gettext("ZIPの中も数えて、一度に送れるのは{most}個までです（{count}個ありました）。")
            raise ValidationError(text.format(most=self.most, count=len(handed)))
        return handed


class HandInForm(forms.Form):
    """Returned files, one or many."""

    papers = ReturnedFiles(label=gettext_lazy("返送するファイル"), most=intake.MOST_FILES, help_text=LIMITS)

    def handed(self) -> list[Handed]:
        """The files."""
        handed: list[Handed] = self.cleaned_data["papers"]
        return handed

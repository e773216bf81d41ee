"""The forms of a body as coordinators fill them in for it: where it comes from, and then the thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.proxy.forms import SourceFields
from kyodo.core.ui.fields import SelectOfNames
from kyodo.modules.needs.forms.body import BackingForm, RatingForm
from kyodo.modules.needs.forms.need import NeedForm


class BodyForm(forms.Form):
    """For which body."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("どの団体の代わりに入力しますか"), coerce=int)

    def __init__(self, *args: Any, bodies: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].widget = SelectOfNames()
        self.fields["organisation"].choices = [("", gettext("選んでください")), *bodies]  # type: ignore[attr-defined]


class NeedByProxy(SourceFields, NeedForm):
    """A need that a body told."""


class BackingByProxy(SourceFields, BackingForm):
    """うちも that a body told."""


class RatingByProxy(SourceFields, RatingForm):
    """How content a body says that it is."""

"""Tries an action for a form, and says in the form what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django import forms
from django.utils.translation import gettext

from kyodo.core import workflow
from kyodo.core.faults import Changed, Faulty
from kyodo.core.ui.fields import tell
from kyodo.engines.words import _

Made = TypeVar("Made")
OVERTAKEN = _("あなたが読んでいる間に、ほかの人が変えました。いまの内容を確かめて、もう一度入力してください。")


@dataclass(frozen=True, slots=True)
class Done(Generic[Made]):
    """The action was done; what it returned."""

    made: Made


def attempt(form: forms.Form, act: Callable[[], Made], *, overtaken: str = OVERTAKEN) -> Done[Made] | None:
    """Do `act`; None if it was refused, with the reasons in the form; `overtaken` is said where somebody was faster."""
    try:
        return Done(act())
    except Faulty as refusal:
        tell(form, refusal.faults)
    except (workflow.Overtaken, workflow.MoveRefused, Changed):
        form.add_error(None, gettext(overtaken))
    return None


def status_of(form: forms.Form) -> int:
    """422 for a form that was handed in with faults."""
    return 422 if form.is_bound else 200

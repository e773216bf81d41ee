"""Tries an action for a form, and says in the form what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.utils.translation import gettext

from kyodo.core import workflow
from kyodo.core.faults import Changed, Faulty
from kyodo.core.ui.fields import tell
from kyodo.core.ui.lines import Lines
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


def attempt_lines(
    form: forms.Form, lines: Lines, act: Callable[[list[Any]], Made], *, overtaken: str = OVERTAKEN
) -> Done[Made] | None:
    """As `attempt`, for a table handed in as a whole: `act` gets what its lines say, `form` tells all faults."""
    done: Done[Made] | None = None
    if all([form.is_valid(), lines.is_valid()]):

        def tried() -> Made:
            try:
                return act(lines.given())
            except Faulty as refusal:
                raise Faulty(lines.tell(refusal.faults)) from refusal

        done = attempt(form, tried, overtaken=overtaken)
    for sentence in lines.told():
        form.add_error(None, sentence)
    return done


class NoForm(forms.Form):
    """Carries what an action refuses where a button is all there is."""


def status_of(form: forms.Form) -> int:
    """422 for a form that was handed in with faults."""
    return 422 if form.is_bound else 200

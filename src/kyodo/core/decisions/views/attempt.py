"""Tries an action for a form, and says in the form what it refuses."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext

from kyodo.core import attempts
from kyodo.core.attempts import status_of
from kyodo.core.decisions import actions
from kyodo.engines.words import _

__all__ = ["attempt", "status_of"]

OVERTAKEN = _("ほかの人が先に答えました。いまの状態を確かめてください。")


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do `act`; False if it was refused, with the reasons in the form."""
    try:
        done = attempts.attempt(form, act, overtaken=OVERTAKEN)
    except actions.AlreadyAsked:
        form.add_error(None, gettext("すでに承認を求めているか、この団体では承認段階を使っていません。"))
    except actions.AlreadyRecorded:
        form.add_error(None, gettext("ほかの人が先に記録しました。いまの内容を確かめてください。"))
    except actions.PaperChanged:
        told = gettext("承認を求めた後に、内容が変わりました。差し戻して、求め直してもらってください。")
        form.add_error(None, told)
    else:
        return done is not None
    return False

"""Tries an action for a form, and says in the form what it refuses."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext

from kyodo.core import workflow
from kyodo.core.decisions import actions


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do `act`; False if it was refused, with the reasons in the form."""
    try:
        act()
    except actions.DecisionRefused as refusal:
        for fault in refusal.faults:
            form.add_error(fault.field if fault.field in form.fields else None, gettext(fault.sentence))
    except actions.AlreadyAsked:
        form.add_error(None, gettext("すでに承認を求めているか、この団体では承認段階を使っていません。"))
    except actions.AlreadyRecorded:
        form.add_error(None, gettext("ほかの人が先に記録しました。いまの内容を確かめてください。"))
    except actions.PaperChanged:
        told = gettext("承認を求めた後に、内容が変わりました。差し戻して、求め直してもらってください。")
        form.add_error(None, told)
    except (workflow.Overtaken, workflow.MoveRefused):
        form.add_error(None, gettext("ほかの人が先に答えました。いまの状態を確かめてください。"))
    else:
        return True
    return False


def status_of(form: forms.Form) -> int:
    """422 for a form that was handed in with faults."""
    return 422 if form.is_bound else 200

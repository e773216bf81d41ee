"""Tries an action for a form, and says in the form what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django import forms
from django.utils.translation import gettext

from kyodo.core import workflow
from kyodo.modules.needs import actions
from kyodo.modules.needs.forms.fields import tell

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Done(Generic[Made]):
    """The action was done; what it returned."""

    made: Made


def attempt(form: forms.Form, act: Callable[[], Made]) -> Done[Made] | None:
    """Do `act`; None if it was refused, with the reasons in the form."""
    try:
        return Done(act())
    except actions.NeedRefused as refusal:
        tell(form, refusal.faults)
    except actions.NotNarrower:
        form.add_error("audience", gettext("すでに加わった団体があるので、見える範囲を狭められません。"))
    except actions.NeedIsMerged as refusal:
        told = gettext("この相談は #{number} に統合されました。統合先のページで進めてください。")
        form.add_error(None, told.format(number=refusal.into_id))
    except (actions.NeedChanged, workflow.Overtaken, workflow.MoveRefused):
        told = gettext(
            "あなたが読んでいる間に、ほかの人がこの相談を変えました。いまの内容を確かめて、もう一度入力してください。"
        )
        form.add_error(None, told)
    return None


def status_of(form: forms.Form) -> int:
    """422 for a form that was handed in with faults."""
    return 422 if form.is_bound else 200

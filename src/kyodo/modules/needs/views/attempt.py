"""Tries an action on a need for a form, and says in the form what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.utils.translation import gettext

from kyodo.core import attempts
from kyodo.core.attempts import Done, status_of
from kyodo.engines.words import _
from kyodo.modules.needs import actions

__all__ = ["attempt", "status_of"]

Made = TypeVar("Made")
OVERTAKEN = _(
    "あなたが読んでいる間に、ほかの人がこの相談を変えました。いまの内容を確かめて、もう一度入力してください。"
)


def attempt(form: forms.Form, act: Callable[[], Made]) -> Done[Made] | None:
    """Do `act`; None if it was refused, with the reasons in the form."""
    try:
        return attempts.attempt(form, act, overtaken=OVERTAKEN)
    except actions.NotNarrower:
        form.add_error("audience", gettext("すでに加わった団体があるので、見える範囲を狭められません。"))
    except actions.NeedIsMerged as refusal:
        told = gettext("この相談は #{number} に統合されました。統合先のページで進めてください。")
        form.add_error(None, told.format(number=refusal.into_id))
    return None

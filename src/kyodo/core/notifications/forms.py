"""How one wants mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.notifications.rules import MAIL_WORDS


class MailForm(forms.Form):
    """Daily, soon or never."""

    mail = forms.ChoiceField(label=gettext_lazy("通知メールの受け取り方"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(mail.value, gettext(word)) for mail, word in MAIL_WORDS.items()]
        self.fields["mail"].choices = choices  # type: ignore[attr-defined]

"""The form of an entrance."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.access.roles import ROLES, Role
from kyodo.core.entrances.rules import NATURE_WORDS, WAY_WORDS, EntranceDraft, Nature, Way


class EntranceForm(forms.Form):
    """A host name, where it stands, whom it lets in and how."""

    name = forms.CharField(
        label=gettext_lazy("名前"),
        help_text=gettext_lazy("職員に見える名前。例：庁内（LGWAN）の入口"),
        max_length=60,
    )
    host = forms.CharField(
        label=gettext_lazy("ホスト名"),
        help_text=gettext_lazy("アドレスの「https://」と次の「/」の間。例：kyodo.example.lg.jp"),
        max_length=253,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    nature = forms.ChoiceField(label=gettext_lazy("どちら側"), widget=forms.RadioSelect)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("通す役割"),
        help_text=gettext_lazy("どれも選ばなければ、すべての役割を通します。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("サインインの方法"),
        help_text=gettext_lazy("どれも選ばなければ、すべての方法を使えます。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nature"].choices = [(one.value, gettext(word)) for one, word in NATURE_WORDS.items()]  # type: ignore[attr-defined]
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, gettext(card.name)) for role, card in ROLES.items() if role is not Role.RESIDENT
        ]
        self.fields["ways"].choices = [(one.value, gettext(word)) for one, word in WAY_WORDS.items()]  # type: ignore[attr-defined]

    def clean_host(self) -> str:
        """Host names are lower case, and typed without what stands around them."""
        return str(self.cleaned_data["host"]).strip().lower()

    def draft(self) -> EntranceDraft:
        """What was handed in."""
        data = self.cleaned_data
        return EntranceDraft(
            name=data["name"].strip(),
            host=data["host"],
            nature=Nature(data["nature"]),
            roles=frozenset(data["roles"]),
            ways=frozenset(map(Way, data["ways"])),
        )

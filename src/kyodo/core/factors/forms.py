"""Forms of second factors: a code, the policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext

from kyodo.core.access.roles import ROLES, Role
from kyodo.core.factors.rules import FACTOR_WORDS, Factor, Policy


class CodeForm(forms.Form):
    """A code, typed from paper or from a mail."""

    code = forms.CharField(
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = label


class PolicyForm(forms.Form):
    """For each role whether a second factor has to be there, and which kinds count."""

    def __init__(self, *args: Any, policies: Mapping[Role, Policy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roles = list(policies)
        kinds = [(one.value, gettext(word)) for one, word in FACTOR_WORDS.items()]
        for role, policy in policies.items():
            name = gettext(ROLES[role].name)
            self.fields[f"required_{role}"] = forms.BooleanField(
                label=gettext("{role}には、もう一つの確認を必須とする").format(role=name),
                required=False,
                initial=policy.is_required,
            )
            self.fields[f"accepted_{role}"] = forms.MultipleChoiceField(
                label=gettext("{role}に認める方法").format(role=name),
                choices=kinds,
                required=False,
                initial=sorted(policy.accepted),
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> Any:
        """Who is asked needs a way to answer."""
        data = super().clean()
        for role in self._roles:
            if self.cleaned_data.get(f"required_{role}") and not self.cleaned_data.get(f"accepted_{role}"):
                self.add_error(f"accepted_{role}", gettext("必須とする役割には、方法を一つは認めてください。"))
        return data

    def policies(self) -> dict[Role, Policy]:
        """What was handed in."""
        data = self.cleaned_data
        return {
            role: Policy(data[f"required_{role}"], frozenset(map(Factor, data[f"accepted_{role}"])))
            for role in self._roles
        }

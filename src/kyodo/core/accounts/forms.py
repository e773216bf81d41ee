"""Forms of the account pages: a token, a person, a role."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.access.roles import ROLES
from kyodo.core.accounts import queries
from kyodo.core.accounts.actions import AccountRefused
from kyodo.core.ui.widgets import DateInput


def tell(form: forms.Form, refusal: AccountRefused) -> None:
    """Say above the form why it was refused."""
    for reason in refusal.reasons:
        form.add_error(None, gettext(reason))


class TokenForm(forms.Form):
    """A token for a program."""

    name = forms.CharField(
        label=gettext_lazy("名前"), help_text=gettext_lazy("使うプログラムの名前。例：台帳の夜間連携"), max_length=60
    )
    scope = forms.ChoiceField(label=gettext_lazy("できること"), widget=forms.RadioSelect, initial="read")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            ("read", gettext("読むだけ")),
            ("write", gettext("読み書き")),
        ]

    def clean_name(self) -> str:
        """A name without ends of blank."""
        return str(self.cleaned_data["name"]).strip()


class RoleForm(forms.Form):
    """A role in an organisation."""

    organisation = forms.TypedChoiceField(label=gettext_lazy("団体"), coerce=int)
    role = forms.ChoiceField(label=gettext_lazy("役割"), widget=forms.RadioSelect)
    duty = forms.CharField(
        label=gettext_lazy("職・担当"),
        help_text=gettext_lazy("例：総務課 情報担当。ほかの人には、この名前で見えます。"),
        max_length=100,
        required=False,
    )
    valid_from = forms.DateField(label=gettext_lazy("いつから"), widget=DateInput())

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies: list[tuple[Any, str]] = list(queries.bodies_to_give(actor))
        if len(bodies) > 1:
            bodies.insert(0, ("", gettext("選んでください")))
        self.fields["organisation"].choices = bodies  # type: ignore[attr-defined]
        self.fields["organisation"].widget.attrs["lang"] = "ja"
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, f"{gettext(ROLES[role].name)} — {gettext(ROLES[role].purpose)}")
            for role in queries.roles_to_give(actor)
        ]
        self.fields["valid_from"].initial = clock.today


class PersonForm(forms.Form):
    """Somebody new."""

    username = forms.CharField(
        label=gettext_lazy("利用者名"),
        help_text=gettext_lazy("サインインに使います。半角の英小文字・数字・「.」「_」「-」。あとで変えられません。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    display_name = forms.CharField(label=gettext_lazy("名前"), help_text=gettext_lazy("例：檜原 花子"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("メールアドレス"),
        help_text=gettext_lazy("係で共有のものでかまいません。"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class EmailForm(forms.Form):
    """Another address for mails."""

    email = forms.EmailField(
        label=gettext_lazy("メールアドレス"),
        help_text=gettext_lazy("係で共有のものでかまいません。空にすると、メールは送られません。"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class ColleagueForm(RoleForm, PersonForm):
    """Somebody new, with the part they have in a body from the first day."""

    field_order = ("username", "display_name", "email", "organisation", "duty", "role", "valid_from")


class EndRoleForm(forms.Form):
    """The last day of a role."""

    valid_until = forms.DateField(
        label=gettext_lazy("最後の日"), help_text=gettext_lazy("この日まで使えます。"), widget=DateInput()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].initial = clock.today

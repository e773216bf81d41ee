"""Forms of the directory: a line, and the first password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.directory import rules
from kyodo.core.directory.models import Contact
from kyodo.core.directory.rules import ContactDraft
from kyodo.core.ui.fields import TidyText, tell


class ContactForm(forms.Form):
    """A section or duty, and how it is reached."""

    name = TidyText(
        label=gettext_lazy("部署・担当"),
        help_text=gettext_lazy("例：総務課 情報担当。利用者の「職・担当」と同じ名前にすると、担当者の名前も並びます。"),
        max_length=rules.NAME_LENGTH[1],
    )
    phone = TidyText(
        label=gettext_lazy("電話"),
        required=False,
        max_length=rules.NUMBER_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    extension = TidyText(label=gettext_lazy("内線"), required=False, max_length=rules.NUMBER_LENGTH)
    fax = TidyText(
        label=gettext_lazy("FAX"),
        required=False,
        max_length=rules.NUMBER_LENGTH,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    mailbox = TidyText(
        label=gettext_lazy("係のメールアドレス"),
        help_text=gettext_lazy("個人のアドレスは書かないでください。すべての団体に見えます。"),
        required=False,
        max_length=rules.MAILBOX_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    remark = TidyText(
        label=gettext_lazy("備考"),
        help_text=gettext_lazy("例：午前は窓口にいます。"),
        required=False,
        max_length=rules.REMARK_LENGTH,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def of(cls, contact: Contact) -> ContactForm:
        """A form filled with a line as it stands."""
        told = {name: getattr(contact, name) for name in ContactDraft.__dataclass_fields__}
        return cls(initial={**told, "revision": contact.revision})

    def clean(self) -> dict[str, Any]:
        """Everything that the rules say, at once."""
        data = super().clean() or {}
        for name in ("phone", "extension", "fax"):
            data[name] = rules.tidy_number(data[name])
        self.cleaned_data = data
        tell(self, [fault for fault in rules.faults_of_contact(self.draft()) if fault.field not in self.errors])
        return data

    def draft(self) -> ContactDraft:
        """What was handed in."""
        return ContactDraft(**{name: self.cleaned_data.get(name, "") for name in ContactDraft.__dataclass_fields__})


class FirstPasswordForm(forms.Form):
    """The first password, typed twice the same."""

    password1 = forms.CharField(
        label=gettext_lazy("パスワード"),
        help_text=gettext_lazy("12文字以上。ほかで使っていないものにしてください。文や言葉の並びでもかまいません。"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=gettext_lazy("パスワード（もう一度）"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Both the same, and as hard to guess as the installation asks for."""
        data = super().clean() or {}
        first, second = data.get("password1"), data.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("2つのパスワードが違います。同じものを入力してください。"))
        elif first:
            try:
                validate_password(first, self.user)
            except forms.ValidationError as weak:
                self.add_error("password1", weak)
        return data

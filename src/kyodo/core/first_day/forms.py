"""Forms of the first day."""

from __future__ import annotations

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.regions import lists


class BeginForm(forms.Form):
    """The own body, and oneself."""

    organisation = forms.CharField(
        label=gettext_lazy("共同の仕事を担う団体の名前"),
        help_text=gettext_lazy("例：秋田DX推進機構、○○広域連合"),
        max_length=100,
    )
    display_name = forms.CharField(label=gettext_lazy("あなたの名前"), max_length=100)
    username = forms.CharField(
        label=gettext_lazy("利用者名"),
        help_text=gettext_lazy("サインインに使います。半角の英小文字・数字・「.」「_」「-」。あとで変えられません。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    email = forms.EmailField(label=gettext_lazy("メールアドレス"), required=False)
    password = forms.CharField(
        label=gettext_lazy("パスワード"),
        help_text=gettext_lazy("12文字以上。よくある言葉や数字だけのものは使えません。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """As strong as anybody's."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class BodiesForm(forms.Form):
    """The bodies of the region by their codes."""

    codes = forms.CharField(
        label=gettext_lazy("都道府県か市区町村の団体コード（6桁）"),
        help_text=gettext_lazy(
            "都道府県のコードは、その中のすべての市区町村です。いくつかのときは空白で区切ります。例：050008"
        ),
        max_length=2000,
    )

    def clean_codes(self) -> list[str]:
        """Codes that are known, each once."""
        codes = list(dict.fromkeys(re.findall(r"[^\s,、]+", self.cleaned_data["codes"])))
        try:
            lists.from_codes(codes)
        except lists.ListRefused as refusal:
            told = "、".join(sorted({fault.found for fault in refusal.faults})[:10])
            raise forms.ValidationError(
                gettext("このコードの団体が見つかりません：{codes}").format(codes=told)
            ) from None
        return codes


def told(form: forms.Form, reasons: list[str]) -> None:
    """Say above the form why it was refused."""
    for reason in reasons:
        form.add_error(None, gettext(reason))

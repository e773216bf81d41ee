"""The forms of django-allauth with labels in our words; what they check is theirs."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext, gettext_lazy

from kyodo.core.accounts import ways
from kyodo.core.entrances.rules import Way

PASSWORD = gettext_lazy("パスワード")
NEW_PASSWORD = gettext_lazy("新しいパスワード")
AGAIN = gettext_lazy("新しいパスワード（もう一度）")
CODE = gettext_lazy("認証アプリの6桁の数字、または回復コード")
PASSKEY = gettext_lazy("パスキー")
KEY_NAME = gettext_lazy("パスキーの名前")
PASSWORD_HELP = gettext_lazy("12文字以上。ほかで使っていないものにしてください。文や言葉の並びでもかまいません。")


def _say(form: forms.Form, labels: dict[str, Any], helps: dict[str, Any] | None = None) -> None:
    """Label the fields; a placeholder goes away, since it would only repeat the label and vanish while typing."""
    for name, label in labels.items():
        if name in form.fields:
            field = form.fields[name]
            field.label = label
            field.help_text = (helps or {}).get(name, "")
            field.widget.attrs.pop("placeholder", None)


class NewPassword(forms.Form):
    """What forms with a new password share: words, and that it is typed twice the same."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password1": NEW_PASSWORD, "password2": AGAIN}, {"password1": PASSWORD_HELP})

    def clean(self) -> Any:
        """Both the same, said in our words if not."""
        data = super().clean()
        first, second = self.data.get("password1"), self.data.get("password2")
        if first and second and first != second:
            self.errors.pop("password2", None)
            self.add_error("password2", gettext("2つの新しいパスワードが違います。同じものを入力してください。"))
        return data


class OneTimeCode(forms.Form):
    """What forms with a one-time code share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": CODE})
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class LoginForm(account.LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"login": gettext_lazy("利用者名"), "password": PASSWORD})
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def clean(self) -> Any:
        """Where passwords open nothing, none is looked at: else the answer would tell whether it was right."""
        if not ways.is_open(self.request, Way.PASSWORD):
            raise forms.ValidationError(gettext("この入口では、パスワードでサインインできません。"))
        return super().clean()


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"password": PASSWORD})


class ChangePasswordForm(NewPassword, account.ChangePasswordForm):  # type: ignore[misc]
    """The old password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"oldpassword": gettext_lazy("いまのパスワード")})


class SetPasswordForm(NewPassword, account.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]
    """Where the link goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"email": gettext_lazy("メールアドレス")})


class ResetPasswordKeyForm(NewPassword, account.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the link."""


class AuthenticateForm(OneTimeCode, mfa.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ReauthenticateCodeForm(OneTimeCode, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""


class ActivateTOTPForm(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"code": gettext_lazy("アプリに出た6桁の数字")})
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(webauthn.AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey, which by default opens the door alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        _say(
            self,
            {
                "name": KEY_NAME,
                "credential": PASSKEY,
                "passwordless": gettext_lazy("パスワードなしのサインインにも使う"),
            },
            {
                "name": gettext_lazy("あとで見分けられる名前。例：庁舎の端末、予備の鍵"),
                "passwordless": gettext_lazy("指紋・顔・暗証番号のどれかを端末が確かめます。"),
            },
        )


class RenamePasskeyForm(webauthn.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, {"name": KEY_NAME})

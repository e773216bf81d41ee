"""Where django-allauth asks us: nobody signs up alone, what goes wrong is said in words, what ends is recorded."""

from __future__ import annotations

from smtplib import SMTPException
from typing import Any, ClassVar

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import url_str_to_user_pk
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from structlog.stdlib import BoundLogger

from kyodo.core import clock
from kyodo.core.access.doors import acting
from kyodo.core.accounts import queries, ways
from kyodo.core.accounts.actions import end_session
from kyodo.core.accounts.actors import entrance_of
from kyodo.core.accounts.rules import MAIL_PURPOSE, MAIL_READER
from kyodo.core.entrances.queries import address_of, table
from kyodo.core.entrances.rules import WAY_WORDS

log: BoundLogger = structlog.get_logger(__name__)

MISMATCH = gettext_lazy("利用者名かパスワードが違います。大文字と小文字、半角と全角を確かめてください。")
TOO_MANY = gettext_lazy(
    "この端末で、この利用者名のサインインに続けて失敗しました。1分待って、もう一度お試しください。"
    "アカウントは止まっていません。パスキーでは、いますぐサインインできます。"
)
WRONG_CODE = gettext_lazy("コードを確かめられませんでした。新しいコードを入力してください。")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the body's administrator or the operator, never by the visitor."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("このアカウントは利用を停止しています。"),
        "enter_current_password": gettext_lazy("いまのパスワードが違います。"),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": gettext_lazy("パスワードが違います。"),
        "invalid_login": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "email_password_mismatch": MISMATCH,
        "invalid_password_reset": gettext_lazy("このリンクは使えません。もう使われたか、期限が過ぎています。"),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": gettext_lazy("短い間に何度も送られました。1分待って、もう一度お試しください。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up alone."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count by name and device: who guesses at a name elsewhere doesn't keep its owner waiting."""
        name = str(credentials.get("username") or credentials.get("email") or "").lower()
        return f"{self.get_client_ip(request)}:{name}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the own account, where it says that the password was changed."""
        return reverse("account")

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """The mail, marked with its reader: a section shares its mailbox, and the mail names one of them."""
        user = context.get("user")
        marks = {MAIL_PURPOSE: "sign_in", MAIL_READER: str(user.pk) if user is not None else ""}
        message: EmailMessage = super().render_mail(template_prefix, email, context, {**(headers or {}), **marks})
        return message

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Let nobody in by a way that the entrance does not have, whichever page they came from."""
        way, entrance = ways.way_of(request, user), entrance_of(request)
        if way is not None and way not in entrance.ways:
            words = [word for one, word in WAY_WORDS.items() if one in entrance.ways]
            return render(request, "account/way_refused.html", {"words": words}, status=403)
        answer: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return answer

    def get_login_stages(self) -> list[str]:
        """What django-allauth asks, then what the region's policy wants."""
        return [*super().get_login_stages(), "kyodo.core.factors.stages.PolicyStage"]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a new password leads to the person's own entrance, wherever it was asked for."""
        asked = str(super().get_reset_password_from_key_url(key))
        if not table():
            return asked
        home = queries.home_of(url_str_to_user_pk(key.partition("-")[0]))
        return f"{address_of(home)}/{asked.split('/', 3)[3]}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail that can't be sent is logged, and the page answers as if: else it would tell who has an account."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            log.exception("mail_not_sent", template=template_prefix)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": gettext_lazy("この二要素認証は外せません。"),
        "cannot_generate_recovery_codes": gettext_lazy("先に、認証アプリかパスキーを登録してください。"),
        "incorrect_code": WRONG_CODE,
    }

    def _get_user_identifier(self, user: Any) -> str:
        """The user name: a section's address would be the same for all of them."""
        return str(user.username)

    def _get_site_name(self) -> str:
        """How the authenticator calls us."""
        return f"Kyodo {settings.REGION_NAME}"

    def generate_authenticator_name(self, user: Any, kind: Any) -> str:
        """What a passkey is called until its owner names it: with its entrance, where there are several."""
        number = queries.factor_count(user.pk, str(kind)) + 1
        name = gettext("パスキー {number}").format(number=number)
        place = entrance_of(context.request).name if len(table()) > 1 else ""
        return gettext("{name}（{place}）").format(name=name, place=place) if place else name


class SessionsAdapter(DefaultUserSessionsAdapter):  # type: ignore[misc]
    """Sessions on other devices."""

    def end_sessions(self, sessions: Any) -> None:
        """End each with its entry in the record."""
        for session in sessions:
            end_session(session=session, by=acting(context.request), at=clock.now())


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Single sign-on of a town connects to the account of the same user name; it makes no account."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "invalid_token": gettext_lazy("シングルサインオンの応答を確かめられませんでした。"),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up alone."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect an identity that is seen for the first time, or refuse it.

        An application with `organisation` in its settings (a code) speaks for that body alone: a town's sign-on may
        not open the account of another town's officer, or the operator's. One with `entrance` speaks there alone.
        """
        if not ways.speaks_here(request, sociallogin.provider.app.settings):
            words = [word for one, word in WAY_WORDS.items() if one in entrance_of(request).ways]
            raise ImmediateHttpResponse(render(request, "account/way_refused.html", {"words": words}, status=403))
        # The person isn't signed in yet: what they say about themselves comes from the provider alone. One that was
        # connected before is asked again: since then the person may have moved to another body.
        name = str(sociallogin.user.username).lower()
        code = str(sociallogin.provider.app.settings.get("organisation", ""))
        user = queries.user_for_identity(name, organisation_code=code)
        signed_in = request.user.pk if request.user.is_authenticated else None
        if user is None or signed_in not in (None, user.pk):
            raise ImmediateHttpResponse(render(request, "socialaccount/no_account.html", {"name": name}, status=403))
        if not sociallogin.is_existing:
            sociallogin.connect(request, user)

"""The mails of second factors: plain, in the person's language, naming them, since a section shares its mailbox."""

from __future__ import annotations

from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext, override
from structlog.stdlib import BoundLogger

from kyodo.core.accounts.models import User
from kyodo.core.accounts.rules import MAIL_PURPOSE, MAIL_READER

log: BoundLogger = structlog.get_logger(__name__)


def send_code(user: User, code: str) -> bool:
    """Mail a code; False if it could not be sent."""
    with override(user.language or "ja"):
        subject = gettext("サインインのコード（10分以内） {name} さん").format(name=user.display_name)
        text = gettext(
            "{name} さん（利用者名：{username}）\n\n"
            "サインインのコード：{code}\n\n"
            "10分以内に、サインインの画面に入力してください。だれにも伝えないでください。職員が尋ねることはありません。\n"
            "係で共有のアドレスに届いたときは、{name} さんに渡してください。\n"
            "心当たりがなければ、{name} さんのパスワードを知っている人がいます。"
            "すぐにパスワードを変え、団体の管理者に知らせてください。"
        ).format(name=user.display_name, username=user.username, code=code)
    return _send(user, subject, text)


def tell_of_reuse(user: User) -> None:
    """Tell a person that a used code of their sheet was tried again."""
    if not user.email:
        return
    with override(user.language or "ja"):
        subject = gettext("使用済みのコードが送られました {name} さん").format(name=user.display_name)
        text = gettext(
            "{name} さん（利用者名：{username}）\n\n"
            "あなたのパスワードのあとに、コード表の使用済みのコードが送られました。サインインはさせていません。\n"
            "打ち間違いでなければ、コード表が写し取られたかもしれません。"
            "パスワードを変え、団体の管理者にコード表の再発行を頼んでください。"
        ).format(name=user.display_name, username=user.username)
    _send(user, subject, text)


def _send(user: User, subject: str, text: str) -> bool:
    line = "".join(letter if letter.isprintable() else " " for letter in subject)
    try:
        marks = {MAIL_PURPOSE: "sign_in", MAIL_READER: str(user.pk)}
        EmailMessage(f"【Kyodo】{line}", text, settings.DEFAULT_FROM_EMAIL, [user.email], headers=marks).send()
    except (OSError, SMTPException):
        log.exception("mail_not_sent", user=user.pk)
        return False
    return True

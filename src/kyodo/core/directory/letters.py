"""The words of an invitation: plain text that names its person, since a section shares its mailbox."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext

from kyodo.core.accounts.rules import MAIL_PURPOSE, MAIL_READER
from kyodo.core.directory.models import Invitation
from kyodo.core.entrances.queries import address_of
from kyodo.core.notifications.letter import one_line
from kyodo.core.ui.dates import shown_full_day


def message(invitation: Invitation, key: str) -> EmailMessage:
    """The mail of an invitation, with the link by which its person sets the first password."""
    body, user = one_line(invitation.organisation.name), invitation.user
    site = address_of(invitation.organisation.home_entrance)
    day = shown_full_day(timezone.localtime(invitation.expires_at))
    about = gettext("利用のご案内（{name}さん）").format(name=one_line(user.display_name, longest=40))
    subject = f"【Kyodo】{body} {about} " + gettext("{day}まで").format(day=day)
    lines = [
        gettext("{name} 様").format(name=one_line(f"{body} {user.display_name}")),
        "",
        gettext("{region}の協働（Kyodo）に、あなたのアカウントができました。").format(region=settings.REGION_NAME),
        gettext("{day}までに次のアドレスを開いて、パスワードを決めてください。").format(day=day),
        "",
        f"{site}/directory/welcome/{key}/",
        "",
        gettext("利用者名：{username}").format(username=user.username),
        "",
        gettext("このアドレスは、あなただけのものです。一度パスワードを決めると使えなくなります。"),
        gettext("係で共有のメールアドレスに届いたときは、{name}さんに渡してください。").format(
            name=one_line(user.display_name)
        ),
        gettext("このメールは送信専用です。心当たりがないときは、団体の管理者か推進団体に知らせてください。"),
    ]
    headers = {MAIL_PURPOSE: "sign_in", MAIL_READER: str(user.pk)}  # its text opens a door
    return EmailMessage(subject, "\n".join(lines), settings.DEFAULT_FROM_EMAIL, [user.email], headers=headers)

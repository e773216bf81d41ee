"""Whether the settings are those of an installation that others reach."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from kyodo.core.checks.registry import Finding, fault, ok, warn
from kyodo.engines.words import _

LOCAL = {"localhost", "127.0.0.1", "[::1]"}
SHORTEST_KEY = 50


def check() -> Iterator[Finding]:
    """Secret key, demonstration, host names, https."""
    yield _of_key()
    if settings.DEBUG:
        yield fault(_("DEBUG が有効です。"), _("設定で DEBUG を False にしてください。"))
    if settings.DEMO:
        yield warn(
            _("デモ環境です。だれでも、だれにでもなれます。"),
            _("本物のデータを扱う環境では KYODO_DEMO を消してください。"),
        )
    hosts = set(settings.ALLOWED_HOSTS)
    if "*" in hosts:
        yield fault(_("どのホスト名でも受け付けます。"), _("KYODO_HOSTS に、使うホスト名だけを書いてください。"))
    elif hosts <= LOCAL:
        yield warn(_("この機械からしか開けません。"), _("KYODO_HOSTS に、開くときのホスト名を書いてください。"))
    else:
        yield ok(_("ホスト名: {hosts}"), hosts=", ".join(sorted(hosts - LOCAL)))
        if not settings.BEHIND_TLS:
            yield fault(
                _("https を使う設定になっていません。"),
                _("証明書を持つプロキシの後ろに置き、KYODO_BEHIND_TLS=true としてください。"),
            )


def _of_key() -> Finding:
    path = Path(settings.DATA_DIR) / "secret_key"
    if len(settings.SECRET_KEY) < SHORTEST_KEY or len(set(settings.SECRET_KEY)) < 5:
        return fault(
            _("秘密鍵が短すぎます（{length}文字）。"),
            _("KYODO_SECRET_KEY を消すと、十分な長さの鍵が作られます（全員がサインインし直します）。"),
            length=len(settings.SECRET_KEY),
        )
    if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return fault(
            _("秘密鍵のファイルを、ほかの利用者も読めます（{path}）。"),
            _("chmod 600 {path} を実行してください。"),
            path=path,
        )
    return ok(_("秘密鍵は十分な長さで、持ち主だけが読めます。"))


def check_mail() -> Iterator[Finding]:
    """Whether mails go anywhere, and from whom. Connects to nobody: see `send`."""
    if not settings.MAIL_TRANSPORT.endswith("smtp.EmailBackend"):
        yield warn(
            _("メールはログに書かれるだけで、だれにも届きません。"),
            _("KYODO_MAIL_URL にメールサーバーを書いてください（docs/operate/settings.md）。"),
        )
        return
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        yield fault(
            _("メールの差出人が {sender} です。"),
            _("KYODO_MAIL_FROM に、団体のアドレスを書いてください。"),
            sender=settings.DEFAULT_FROM_EMAIL,
        )
    yield ok(
        _("メールサーバー {host}:{port}。確かめるには --send アドレス"),
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
    )


def send(address: str) -> Finding:
    """Send a mail to `address` at once, past the queue, and tell what became of it."""
    body = _("このメールが届いたら、Kyodo からのメールは届きます。/ If you read this, mails of Kyodo arrive.")
    mail = EmailMessage(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}kyodo check",
        body=body,
        to=[address],
        connection=get_connection(settings.MAIL_TRANSPORT),
    )
    try:
        mail.send()
    except OSError as trouble:  # smtplib's own errors are OSErrors too
        return fault(
            _("{address} への送信ができません（{trouble}）。"),
            _("KYODO_MAIL_URL のホスト名・ポート・利用者を確かめてください。"),
            address=address,
            trouble=trouble,
        )
    return ok(_("{address} へ送りました。届いたか確かめてください。"), address=address)

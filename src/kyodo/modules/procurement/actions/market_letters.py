"""The mails that bring companies their links. Only a digest of each secret is kept: a mail that is lost is sent anew.

To be called inside an action.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext, override

from kyodo.core.entrances.queries import public_address
from kyodo.core.mail.queue import queue
from kyodo.core.mail.rules import Purpose
from kyodo.core.ui.dates import shown_full_day
from kyodo.engines.words import _
from kyodo.modules.procurement.models import MarketLink, RequestForInformation, Supplier
from kyodo.modules.procurement.queries.market import digest_of


class Letter(StrEnum):
    """Why a company is written to."""

    INVITED = "invited"
    REGISTERED = "registered"
    ANSWERED = "answered"
    ASKED = "asked"


LINES: dict[Letter, str] = {
    Letter.INVITED: _("情報提供依頼へのご回答をお願いします。"),
    Letter.REGISTERED: _("情報提供依頼への登録を受け付けました。"),
    Letter.ANSWERED: _("ご質問に回答しました。次のアドレスで読めます。"),
    Letter.ASKED: _("ご回答について、おたずねしたいことがあります。次のアドレスでお答えください。"),
}


def mail_link(
    rfi: RequestForInformation, supplier: Supplier, letter: Letter, *, by_coordinator: bool, at: datetime
) -> None:
    """Mail a company a link of its own to its answer; those that it got before lead there too."""
    key = secrets.token_urlsafe(24)
    MarketLink.objects.create(
        rfi=rfi,
        supplier=supplier,
        digest=digest_of(key),
        address=supplier.address,
        by_coordinator=by_coordinator,
        made_at=at,
    )
    with override("ja"):
        subject, text = _written(rfi, supplier, letter, f"{public_address()}/procurement/company/{key}/")
    queue(address=supplier.address, purpose=Purpose.LINK, subject=subject, text=text, at=at)


def _written(rfi: RequestForInformation, supplier: Supplier, letter: Letter, address: str) -> tuple[str, str]:
    day = shown_full_day(rfi.closes_on)
    subject = gettext("情報提供依頼「{title}」 {day}まで").format(title=rfi.title, day=day)
    lines = [
        gettext("{name} 御中").format(name=supplier.name),
        "",
        gettext("{region}の区市町村の共同調達について、お知らせします。").format(region=settings.REGION_NAME),
        gettext(LINES[letter]),
        "",
        gettext("件名：{title}").format(title=rfi.title),
        gettext("回答の締切：{day}").format(day=day),
        "",
        address,
        "",
        gettext("このアドレスは貴社だけのものです。アカウントはいりません。社外の方に渡さないでください。"),
        gettext("締切までは、何度でも途中保存と書き直しができます。"),
        gettext("お問い合わせ：{contact}").format(contact=rfi.contact),
        gettext("このメールは送信専用です。心当たりがないときは、読み捨ててください。"),
    ]
    return subject, "\n".join(lines)

"""When somebody gets mail: once a working day, within a quarter of an hour, or never. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kyodo.engines.words import _

SATURDAY = 5
MOST_LINES = 40  # of a mail; what is more stands on the page of notices
LONGEST_MAIL = 30_000  # bytes, as UTF-8


class Mail(StrEnum):
    """How somebody wants to be told by mail."""

    DAILY = "daily"
    SOON = "soon"
    NEVER = "never"


MAIL_WORDS: dict[Mail, str] = {
    Mail.DAILY: _("1日1通にまとめる（平日の朝）"),
    Mail.SOON: _("そのつど（15分おき。何もなければ送りません）"),
    Mail.NEVER: _("メールは受け取らない（画面だけで見る）"),
}


def is_working_day(moment: datetime) -> bool:
    """True from Monday to Friday: nobody's town hall reads mail on the others."""
    return moment.weekday() < SATURDAY

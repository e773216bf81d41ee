"""When somebody gets mail: once a working day, within a quarter of an hour, or never. Pure."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from kyodo.engines.calendar import is_business_day
from kyodo.engines.words import _

MOST_LINES = 40  # of a mail; what is more stands on the page of notices
LONGEST_TEXT = 19_000  # bytes of its lines as UTF-8: under 30 KB when base64 adds a third, with all headers
NEWS_DAYS = 30  # what could not be mailed for so long stands on the page of notices, and is no news any more


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
    """True if town halls are open: nobody's reads mail at weekends, on national holidays, at the turn of the year."""
    return is_business_day(moment.date())

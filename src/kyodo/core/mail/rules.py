"""What a mail may be, in which states it stands, how long it is tried. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kyodo.engines.words import _

PREFIX = "【Kyodo】"
LONGEST_SUBJECT = 240
LARGEST_MAIL = 30_000  # bytes as it travels, without attachments
LARGEST_ATTACHMENT = 2 * 1024 * 1024
HEADERS = 600  # bytes that a mail's other headers take
PAUSE_WHILE_UNREACHABLE = timedelta(minutes=5)
CLAIM_IS_DEAD_AFTER = timedelta(minutes=5)  # every step of a talk with the server ends by itself after ten seconds
ROWS_KEPT = timedelta(days=400)


class State(StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENDING = "sending"
    RETRYING = "retrying"
    SENT = "sent"
    UNSURE = "unsure"
    FAILED = "failed"
    BOUNCED = "bounced"
    CANCELLED = "cancelled"


STATES: dict[State, str] = {
    State.QUEUED: _("送信待ち"),
    State.SENDING: _("送信中"),
    State.RETRYING: _("再送待ち"),
    State.SENT: _("送信済み"),
    State.UNSURE: _("届いたか不明"),
    State.FAILED: _("送れませんでした"),
    State.BOUNCED: _("戻ってきました"),
    State.CANCELLED: _("取り消し"),
}
WAITING = (State.QUEUED, State.RETRYING)
WAYS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.CANCELLED}),
    State.RETRYING: frozenset({State.CANCELLED}),
    State.SENDING: frozenset({State.BOUNCED}),
    State.SENT: frozenset({State.BOUNCED}),
    State.UNSURE: frozenset({State.BOUNCED}),
    State.FAILED: frozenset({State.QUEUED}),
    State.BOUNCED: frozenset({State.QUEUED}),
    State.CANCELLED: frozenset(),
}


class Purpose(StrEnum):
    """What a mail is for."""

    SIGN_IN = "sign_in"
    DAILY = "daily"
    SOON = "soon"
    LINK = "link"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PurposeCard:
    """How mails of a purpose are treated.

    `patience`: how long a mail is tried. `is_secret`: its text opens a door, and is forgotten once it is out.
    `is_retold`: what is in it is told again in the next one where it did not arrive, so it is never sent twice.
    """

    name: str
    patience: timedelta = timedelta(days=5)
    urgency: int = 1
    is_secret: bool = False
    is_retold: bool = False


PURPOSES: dict[Purpose, PurposeCard] = {
    Purpose.SIGN_IN: PurposeCard(_("サインイン"), patience=timedelta(days=1), urgency=0, is_secret=True),
    Purpose.DAILY: PurposeCard(_("毎朝の通知"), is_retold=True),
    Purpose.SOON: PurposeCard(_("そのつどの通知"), is_retold=True),
    Purpose.LINK: PurposeCard(_("社外への専用リンク"), is_secret=True),
    Purpose.OTHER: PurposeCard(_("その他")),
}


class Trouble(StrEnum):
    """What went wrong last."""

    UNREACHABLE = "unreachable"
    NOT_NOW = "not_now"
    REFUSED = "refused"
    NO_SUCH_ADDRESS = "no_such_address"
    BROKEN_LINE = "broken_line"
    WORKER_DIED = "worker_died"
    GAVE_UP = "gave_up"
    CAME_BACK = "came_back"
    ADDRESS_BLOCKED = "address_blocked"
    GATHERED = "gathered"


TROUBLES: dict[Trouble, str] = {
    Trouble.UNREACHABLE: _("メールサーバーにつながりません。つながりしだい送ります。"),
    Trouble.NOT_NOW: _("メールサーバーが、いまは受け取れないと答えました。時間をおいて送り直します。"),
    Trouble.REFUSED: _("メールサーバーが受け取りを断りました。"),
    Trouble.NO_SUCH_ADDRESS: _("メールサーバーが、この宛先を断りました。"),
    Trouble.BROKEN_LINE: _("送っている途中で通信が切れました。"),
    Trouble.WORKER_DIED: _("送っている途中で、処理するプログラムが止まりました。"),
    Trouble.GAVE_UP: _("送り直しを続けましたが、期限までに送れませんでした。"),
    Trouble.CAME_BACK: _("相手のメールサーバーから戻ってきました。"),
    Trouble.ADDRESS_BLOCKED: _("前のメールが届かなかったアドレスなので、送っていません。"),
    Trouble.GATHERED: _("送れないうちに次の通知の時刻になったので、次の1通にまとめました。"),
}
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60))


def pause_after(attempt: int) -> timedelta:
    """How long a mail rests that the server did not take for now: 5, 15, 30 minutes, then an hour each."""
    return PAUSES[min(attempt, len(PAUSES)) - 1]


def subject_for(subject: str, *, organisation: str) -> str:
    """【Kyodo】団体名 件名 期限, whoever wrote the subject; on one line, as long as a subject may be.

    >>> subject_for("【Kyodo】パスワードの再設定", organisation="檜原村")
    '【Kyodo】檜原村 パスワードの再設定'
    """
    matter = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    matter = matter.removeprefix(PREFIX).strip()
    if organisation and not matter.startswith(organisation):
        matter = f"{organisation} {matter}"
    whole = PREFIX + matter
    return whole if len(whole) <= LONGEST_SUBJECT else f"{whole[: LONGEST_SUBJECT - 1]}…"


def faults(*, subject: str, text: str, attachments: Sequence[int]) -> list[str]:
    """Why something can't go out as a mail; `attachments` are their sizes in bytes."""
    found = []
    travels = _as_base64(len(text.encode())) + _as_base64(len(subject.encode())) + HEADERS
    if travels > LARGEST_MAIL:
        found.append(f"the mail is of {travels} bytes, at most {LARGEST_MAIL}")
    if sum(attachments) > LARGEST_ATTACHMENT:
        found.append(f"the attachments are of {sum(attachments)} bytes, at most {LARGEST_ATTACHMENT}")
    return found


def _as_base64(size: int) -> int:
    letters = (size + 2) // 3 * 4
    return letters + letters // 76 + 1

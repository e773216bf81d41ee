"""What is true of entrances whatever the database says: their natures, the ways to sign in, what would lock out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kyodo.engines.words import _

HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\Z")
SLUG_LENGTH = 30


class Nature(StrEnum):
    """Which network an entrance stands on."""

    INNER = "inner"
    OUTER = "outer"


NATURE_WORDS = {
    Nature.INNER: _("庁内側（LGWANなど閉じたネットワーク）"),
    Nature.OUTER: _("インターネット側"),
}


class Way(StrEnum):
    """How somebody says who they are."""

    PASSWORD = "password"  # noqa: S105 - the way, not one
    PASSKEY = "passkey"
    SINGLE_SIGN_ON = "single_sign_on"
    HEADER = "header"


WAY_WORDS = {
    Way.PASSWORD: _("利用者名とパスワード"),
    Way.PASSKEY: _("パスキー"),
    Way.SINGLE_SIGN_ON: _("団体のシングルサインオン"),
    Way.HEADER: _("庁内の認証（プロキシが渡す名前）"),
}


@dataclass(frozen=True, slots=True)
class EntranceDraft:
    """An entrance as it is handed in; no role, or no way, means all of them."""

    name: str
    host: str
    nature: Nature
    roles: frozenset[str] = frozenset()
    ways: frozenset[Way] = frozenset()


def problems_of(draft: EntranceDraft, *, here: str, before: str | None, others: int) -> Iterator[str]:
    """What speaks against a draft, in texts to translate.

    Parameters
    ----------
    here : str
        The host name by which its author works now; empty for who works at the command line.
    before : str or None
        The host name that the entrance has so far; None for a new one.
    others : int
        How many other entrances there are.
    """
    if not HOST.match(draft.host):
        yield _("ホスト名は、半角の英小文字・数字・「-」「.」で書いてください。例：kyodo.example.lg.jp")
    if not here:
        return
    if not others and draft.host != here:
        yield _("最初に、いま使っているこのホスト名を、庁内側の入口として登録してください。")
    if before == here != draft.host:
        yield _("いま使っている入口のホスト名は変えられません。ほかの入口から変えてください。")
    if draft.host == here and draft.nature is Nature.OUTER:
        yield _("いま使っている入口をインターネット側にすると、この設定を開けません。庁内側のままにしてください。")
    if draft.host == here and draft.roles and "operator" not in draft.roles:
        yield _("いま使っている入口から運用管理者を外すと、この設定を開けなくなります。")


def slug_of(host: str, taken: set[str]) -> str:
    """The short name by which the record calls an entrance: from its host, not yet taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", host).strip("-")[: SLUG_LENGTH - 4]
    numbered = (f"{stem}-{number}" for number in range(2, 1000))
    return stem if stem not in taken else next(slug for slug in numbered if slug not in taken)

"""What is true of second factors whatever the database says: kinds, codes, and whom the policy asks for what."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from kyodo.engines.words import _

SHEET_SIZE = 40
FEW = 5
SHEET_DIGITS = 8
MAIL_DIGITS = 6
MAIL_LIVES = timedelta(minutes=10)
MAIL_TRIES = 5


class Factor(StrEnum):
    """A second factor. The town's own sign-on counts as one where the policy says so."""

    APP = "totp"
    PASSKEY = "webauthn"
    SHEET = "sheet"
    MAIL = "mail"
    SIGN_ON = "sign_on"


FACTOR_WORDS = {
    Factor.APP: _("認証アプリ"),
    Factor.PASSKEY: _("パスキー"),
    Factor.SHEET: _("コード表（印刷した紙）"),
    Factor.MAIL: _("メールで届くコード"),
    Factor.SIGN_ON: _("団体の認証（シングルサインオン・庁内の認証）で入ったこと"),
}

# A mailbox that a whole section reads proves little, so it counts only where the policy says so.
USUAL = frozenset(Factor) - {Factor.MAIL}


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether a second factor has to be there, and which are accepted."""

    is_required: bool = False
    accepted: frozenset[Factor] = USUAL


def strictest(policies: Iterable[Policy]) -> Policy:
    """What holds for somebody with several roles: required if any of them asks, accepted what all of them accept.

    >>> strictest([Policy(), Policy(True, frozenset({Factor.SHEET, Factor.MAIL}))]).accepted == {Factor.SHEET}
    True
    """
    found = list(policies) or [Policy()]
    return Policy(any(one.is_required for one in found), frozenset.intersection(*(one.accepted for one in found)))


def digits(count: int) -> str:
    """A random code of decimal digits."""
    return "".join(secrets.choice("0123456789") for _digit in range(count))


def read(text: str) -> str:
    """A code as it was typed: full-width digits, blanks and hyphens don't matter.

    >>> read(" １２３４-5678 ")
    '12345678'
    """
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def in_fours(code: str) -> str:
    """A code in groups of four, to be read and typed."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))

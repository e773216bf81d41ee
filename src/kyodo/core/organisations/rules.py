"""What is true of organisations whatever the database says: the local-government code and its check digit."""

from __future__ import annotations

from kyodo.engines.words import _

MUNICIPAL_SUFFIXES = "区市町村"


def check_digit(first_five: str) -> str:
    """The check digit of a local-government code (全国地方公共団体コード).

    S = 6a + 5b + 4c + 3d + 2e; the digit is the last one of 11 − (S mod 11).
    """
    total = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), first_five, strict=True))
    return str((11 - total % 11) % 10)


def problem_of_code(code: str) -> str | None:
    """Why `code` is not a local-government code, as a text to translate; None when it is one."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return _("団体コードは6桁の数字です。")
    if check_digit(code[:5]) != code[5]:
        return _("団体コードの検査数字（6桁目）が合いません。")
    return None


def short_name(name: str) -> str:
    """The name as it fits on a tile: 檜原村 → 檜原, but 東村山市 → 東村山."""
    return name[:-1] if len(name) > 1 and name[-1] in MUNICIPAL_SUFFIXES else name

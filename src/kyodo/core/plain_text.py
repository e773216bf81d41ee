"""What people may type: any letter of any script, and none of the characters that only machines produce."""

from __future__ import annotations

import re

from kyodo.engines.words import _

# Control characters but tab and line break, and halves of surrogate pairs that no database can keep.
# And marks that turn the direction of what stands after them, even of our own words (UAX #9: embeddings, overrides,
# isolates); scripts that run from right to left need none.
UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# Nothing to be seen: they join letters and emoji, or let a word break, and say nothing by themselves.
UNSEEN = re.compile("[\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164\ufe00-\ufe0f\ufeff]")
# What word processors write for a line break.
OTHER_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def tidy(text: str) -> str:
    """The text with one kind of line break and no blanks at its ends (the ideographic blank included)."""
    return OTHER_BREAKS.sub("\n", text).strip()


def fault_of(text: str, *, longest: int, shortest: int = 0, one_line: bool = False) -> str | None:
    """Why a tidied text can't be taken, as a sentence to translate; None if it can."""
    if UNPRINTABLE.search(text):
        return _("表示できない文字（制御文字）が含まれています。消してから、もう一度送ってください。")
    if one_line and "\n" in text:
        return _("改行は使えません。1行で書いてください。")
    seen = UNSEEN.sub("", text).strip()
    if len(seen) < shortest:
        return _("短すぎます。もう少し詳しく書いてください。") if seen else _("入力してください。")
    if len(text) > longest:
        return _("長すぎます。文字数を減らしてください。")
    return None

"""One spelling for what is typed in several: width, case, dashes, blanks."""

from __future__ import annotations

import re
import unicodedata

DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-") | dict.fromkeys("〜～∼", "~"))
BLANKS = re.compile(r"\s+")


def normalise(text: str) -> str:
    """The text in Unicode NFKC, lower case, with one kind of dash and single blanks; doing it again changes nothing."""
    while True:
        # Rarely, folding the case of a composed letter gives something that composes anew: then once more.
        folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = BLANKS.sub(" ", folded.translate(DASHES)).strip()
        if folded == text:
            return folded
        text = folded

"""Names of files as people read them: one line, no path, nothing invisible, not too long. Never a name on our disk."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

# Format characters (Cf) hide things: the right-to-left override makes "fdp.exe" of "exe.pdf".
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
NOT_ON_WINDOWS = re.compile(r'[<>:"|?*]')
BLANKS = re.compile(r"\s+")
LONGEST_BYTES = 200  # Linux ends a name at 255 bytes, and browsers add " (1)"
UNNAMED = "file"


def tidy(name: str) -> str:
    """The last part of `name` in NFC, printable, at most 200 bytes of UTF-8, its ending kept."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    text = "".join(char for char in text if unicodedata.category(char) not in HIDDEN)
    text = BLANKS.sub(" ", NOT_ON_WINDOWS.sub("_", text)).strip(" .\u3000")
    ending = PurePath(text).suffix
    if len(ending) > 12:
        ending = ""
    stem = text[: len(text) - len(ending)].strip(" .") or UNNAMED
    while len(f"{stem}{ending}".encode()) > LONGEST_BYTES:
        stem = stem[:-1].rstrip()
    return f"{stem}{ending}"

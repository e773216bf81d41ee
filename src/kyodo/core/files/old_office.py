"""Looks into the compound files of Office 97-2003 (MS-CFB): which program's they are, and whether they carry macros."""

from __future__ import annotations

import struct

MARK = bytes.fromhex("d0cf11e0a1b11ae1")
ENTRY = 128  # bytes of a directory entry (MS-CFB 2.6.1); sectors, and so entries, begin at multiples of it
NAME_LENGTH, TYPE = 64, 66
ENTRY_TYPES = frozenset({1, 2, 5})  # storage, stream, root


def names(content: bytes) -> set[str]:
    """The names in the directory. Found by the form of an entry, so a broken chain of sectors hides nothing."""
    found = set()
    for start in range(0, len(content) - ENTRY + 1, ENTRY):
        (length,) = struct.unpack_from("<H", content, start + NAME_LENGTH)
        if content[start + TYPE] not in ENTRY_TYPES or not 4 <= length <= NAME_LENGTH or length % 2:
            continue
        raw = content[start : start + length]
        if raw.endswith(b"\0\0"):
            found.add(raw[:-2].decode("utf-16-le", errors="replace"))
    return found

"""Looks into ZIP archives, and so into OOXML and ODF: what is in them, and how large it really is.

The sizes that an archive declares are claims. Each entry is unpacked here, piece by piece and into nothing, until the
limit: what passes is as large as it says, for whichever library reads it later.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from kyodo.core.files.refusal import FileRefused
from kyodo.engines.words import _

MOST_ENTRIES = 10_000
MOST_BYTES = 300 * 1024 * 1024
STEP = 1024 * 1024
ENCRYPTED = 0x1
LOCAL_HEADER = 30
LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})

BROKEN = _("ファイルが壊れていて開けません。もう一度保存してから送ってください。")
TOO_LARGE_INSIDE = _("展開すると大きすぎます（上限{limit}MB）。分けて送ってください。")
PASSWORD = _("パスワードで保護されています。パスワードを外して保存し、もう一度送ってください。")


def entries(file: BinaryIO) -> list[zipfile.ZipInfo]:
    """The entries of an archive, once it is sure that they are what they declare; FileRefused otherwise."""
    try:
        found = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError, ValueError, OSError, struct.error) as broken:
        raise FileRefused(BROKEN) from broken
    if any(info.flag_bits & ENCRYPTED for info in found):
        raise FileRefused(PASSWORD)
    if len(found) > MOST_ENTRIES:
        raise FileRefused(_("入っているファイルが多すぎます（上限{limit}個）。"), limit=MOST_ENTRIES)
    if sum(info.file_size for info in found) > MOST_BYTES:
        raise FileRefused(TOO_LARGE_INSIDE, limit=MOST_BYTES // STEP)
    left = MOST_BYTES
    for info in found:
        real = sum(_pieces(file, info, most=left))
        if real != info.file_size:
            raise FileRefused(BROKEN)
        left -= real
    return found


def is_litter(name: str) -> bool:
    """True for what macOS and Windows put into archives by themselves."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].lower() in LITTER


def is_archive(file: BinaryIO) -> bool:
    """True if some program would open it as a ZIP archive, wherever in the file that begins."""
    try:
        return bool(zipfile.ZipFile(file).infolist())
    except (zipfile.BadZipFile, RuntimeError, UnicodeDecodeError, ValueError, OSError, struct.error):
        return False


def _pieces(file: BinaryIO, info: zipfile.ZipInfo, *, most: int) -> Iterator[int]:
    """Lengths of the unpacked pieces of one entry."""
    file.seek(info.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise FileRefused(BROKEN)
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    if info.compress_type == zipfile.ZIP_STORED:
        yield min(info.compress_size, most)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(file, info.compress_size, most=most)
    else:
        raise FileRefused(BROKEN)


def _inflated(file: BinaryIO, packed: int, *, most: int) -> Iterator[int]:
    unpack = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed > 0 and not unpack.eof:
        data = file.read(min(packed, STEP // 16))
        if not data:
            raise FileRefused(BROKEN)
        packed -= len(data)
        while data:
            try:
                length = len(unpack.decompress(data, STEP))
            except zlib.error as broken:
                raise FileRefused(BROKEN) from broken
            most -= length
            if most < 0:
                raise FileRefused(TOO_LARGE_INSIDE, limit=MOST_BYTES // STEP)
            yield length
            data = unpack.unconsumed_tail

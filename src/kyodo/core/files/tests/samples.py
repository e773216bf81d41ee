"""Files for the tests, made here: real ones, and those that somebody made to do harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\x00" * 32 + b"\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + b"\x00" * 200


def png() -> bytes:
    """One white pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff")) + chunk(b"IEND", b"")


def archive(entries: dict[str, bytes], *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive of named contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def xlsx(more: dict[str, bytes] | None = None) -> bytes:
    """A workbook, with further parts slipped in."""
    out = io.BytesIO()
    book = Workbook()
    book.active["A1"] = "件名"
    book.save(out)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        for name, content in (more or {}).items():
            file.writestr(name, content)
    return out.getvalue()


def office(part: str) -> bytes:
    """A minimal Office Open XML package around a main part."""
    return archive({"[Content_Types].xml": b"<Types/>", part: b"<x/>"})


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    """A minimal OpenDocument package."""
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
            "content.xml": b"<office:document-content/>",
            **(more or {}),
        }
    )


def old_office(*names: str) -> bytes:
    """A compound file whose directory has these names."""
    entries = b""
    for name in ("Root Entry", *names):
        raw = name.encode("utf-16-le") + b"\0\0"
        entries += raw.ljust(64, b"\0") + struct.pack("<HB", len(raw), 2) + b"\0" * 61
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + entries.ljust(1024, b"\0")


def lying(content: bytes, *, declared: int) -> bytes:
    """The archive with the unpacked size of its first entry changed, in both of its headers."""
    local = content.index(b"PK\x03\x04") + 22
    central = content.index(b"PK\x01\x02") + 24
    changed = bytearray(content)
    changed[local : local + 4] = changed[central : central + 4] = struct.pack("<I", declared)
    return bytes(changed)


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it; the name exactly as it was sent."""
    file = SimpleUploadedFile("x", content)
    file._name = name
    return file

"""Which kinds of file are taken. What is not in this table is refused."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from kyodo.engines.words import _


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: how people call it, by which endings it is known, how it is labelled when it is given out."""

    key: str
    name: str
    endings: tuple[str, ...]
    media_type: str


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"

KINDS: tuple[FileKind, ...] = (
    FileKind("pdf", _("PDF"), (".pdf",), "application/pdf"),
    FileKind("png", _("画像（PNG）"), (".png",), "image/png"),
    FileKind("jpeg", _("画像（JPEG）"), (".jpg", ".jpeg"), "image/jpeg"),
    FileKind("gif", _("画像（GIF）"), (".gif",), "image/gif"),
    FileKind("webp", _("画像（WebP）"), (".webp",), "image/webp"),
    FileKind("xlsx", _("Excelブック"), (".xlsx",), f"{OFFICE}.spreadsheetml.sheet"),
    FileKind("xls", _("Excelブック（97-2003）"), (".xls",), "application/vnd.ms-excel"),
    FileKind("ods", _("OpenDocument表計算"), (".ods",), f"{OPEN}.spreadsheet"),
    FileKind("docx", _("Word文書"), (".docx",), f"{OFFICE}.wordprocessingml.document"),
    FileKind("doc", _("Word文書（97-2003）"), (".doc",), "application/msword"),
    FileKind("odt", _("OpenDocument文書"), (".odt",), f"{OPEN}.text"),
    FileKind("pptx", _("PowerPointスライド"), (".pptx",), f"{OFFICE}.presentationml.presentation"),
    FileKind("csv", _("CSV"), (".csv",), "text/csv"),
    FileKind("txt", _("テキスト"), (".txt",), "text/plain"),
    FileKind("zip", _("ZIP"), (".zip",), "application/zip"),
)
BY_KEY: dict[str, FileKind] = {kind.key: kind for kind in KINDS}
BY_ENDING: dict[str, FileKind] = {ending: kind for kind in KINDS for ending in kind.endings}
PICTURES_AND_PDF = frozenset({"pdf", "png", "jpeg", "gif", "webp"})


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters, with its dot; empty where there is none."""
    return PurePath(name).suffix.lower()


def of_name(name: str) -> FileKind | None:
    """The kind that a name claims."""
    return BY_ENDING.get(ending_of(name))

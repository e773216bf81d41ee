"""What a file is by its content. The name's ending has to agree with it, and nothing in it may run."""

from __future__ import annotations

import codecs
import zipfile
from typing import BinaryIO

import puremagic

from kyodo.core.files import archives, kinds, old_office
from kyodo.core.files.kinds import BY_ENDING, BY_KEY, PICTURES_AND_PDF, FileKind
from kyodo.core.files.refusal import FileRefused
from kyodo.engines.words import _

HEAD = 4096
NOT_TAKEN = _(
    "この種類のファイルは受け取れません。受け取れるのは、PDF・画像・Excel・Word・PowerPoint・CSV・テキスト・ZIPです。"
)
DISAGREES = _("名前の拡張子（{ending}）と中身が違います。元のソフトで保存し直してください。")
MACROS = _("マクロが入っています。マクロのない形式で保存し、もう一度送ってください。")
TWO_IN_ONE = _("二つの種類のファイルを兼ねています。元のソフトで保存し直してください。")

# The part that makes an Office Open XML package a workbook, a document or slides; and what must not be in one.
OFFICE_PARTS = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx", "ppt/presentation.xml": "pptx"}
RUNS_IN_OFFICE = ("vbaproject", "vbadata", "/macrosheets/", "/activex/", "/dialogsheets/")
OPEN_TYPES = {
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.text": "odt",
}
EMPTY_LIBRARIES = ("script-lb.xml", "script-lc.xml", "/")
OLD_PARTS = {"Workbook": "xls", "Book": "xls", "WordDocument": "doc"}
OLD_MACROS = frozenset({"_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"})
OLD_ENCRYPTED = "EncryptedPackage"

MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<iframe", b"<?php", b"#!", b"mz")
TEXT_CODES = ("utf-8-sig", "cp932")


def kind_of(file: BinaryIO, name: str) -> FileKind:
    """The kind of a file that may be taken; FileRefused where name and content disagree or something in it runs."""
    claimed = kinds.of_name(name)
    if claimed is None:
        raise FileRefused(NOT_TAKEN)
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04"):
        found = _of_archive(file)
    elif head.startswith(old_office.MARK):
        found = _of_old_office(file)
    elif (shown := _of_picture_or_pdf(head)) is not None:
        found = shown
        if archives.is_archive(file):
            raise FileRefused(TWO_IN_ONE)
    elif claimed.key in {"csv", "txt"}:
        found = claimed.key
        _ask_text(file, head, ending=kinds.ending_of(name))
    else:
        found = ""
    if found != claimed.key:
        raise FileRefused(DISAGREES, ending=kinds.ending_of(name))
    return BY_KEY[found]


def _of_picture_or_pdf(head: bytes) -> str | None:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return None
    # What a file might be by its end, or somewhere inside, doesn't count: programs open it by its beginning.
    begins = [match for match in matches if match.offset == 0 and head.startswith(match.byte_match[:4])]
    for match in begins:
        kind = BY_ENDING.get(match.extension)
        if kind is not None and kind.key in PICTURES_AND_PDF:
            return kind.key
    return None


def _of_archive(file: BinaryIO) -> str:
    infos = archives.entries(file)
    names = [info.filename for info in infos]
    lower = [name.lower() for name in names]
    if "[Content_Types].xml" in names:
        types = zipfile.ZipFile(file).read("[Content_Types].xml").lower()
        runs = any(part in f"/{name}" for name in lower for part in RUNS_IN_OFFICE)
        if runs or b"macroenabled" in types or b"vbaproject" in types:
            raise FileRefused(MACROS)
        return next((key for part, key in OFFICE_PARTS.items() if part in names), "")
    if "mimetype" in names:
        if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith(EMPTY_LIBRARIES) for name in names):
            raise FileRefused(MACROS)
        return OPEN_TYPES.get(zipfile.ZipFile(file).read("mimetype").strip(), "")
    for name in names:
        if name.endswith("/") or archives.is_litter(name):
            continue
        if kinds.of_name(name) is None or kinds.ending_of(name) == ".zip":
            raise FileRefused(_("ZIPの中に、受け取れない種類のファイルがあります：{name}"), name=name[-80:])
    return "zip" if names else ""


def _of_old_office(file: BinaryIO) -> str:
    file.seek(0)
    names = old_office.names(file.read())
    if OLD_ENCRYPTED in names:
        raise FileRefused(archives.PASSWORD)
    if names & OLD_MACROS:
        raise FileRefused(MACROS)
    return next((key for part, key in OLD_PARTS.items() if part in names), "")


def _ask_text(file: BinaryIO, head: bytes, *, ending: str) -> None:
    """Nothing if it is text that a browser wouldn't run; FileRefused otherwise, with the first line that is broken."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(MARKUP) or b"\0" in head:
        raise FileRefused(DISAGREES, ending=ending)
    file.seek(0)
    content = file.read()
    if b"\0" in content or archives.is_archive(file):
        raise FileRefused(DISAGREES, ending=ending)
    faults = []
    for code in TEXT_CODES:
        try:
            content.decode(code)
        except UnicodeDecodeError as broken:
            faults.append(broken.start)
        else:
            return
    line = content.count(b"\n", 0, max(faults)) + 1
    raise FileRefused(_("{line}行目に読めない文字があります。UTF-8かShift_JISで保存し直してください。"), line=line)

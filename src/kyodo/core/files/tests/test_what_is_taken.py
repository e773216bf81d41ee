"""A file is taken for what it is, not for what it says it is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from kyodo.core.files import archives, names, store
from kyodo.core.files.kinds import KINDS
from kyodo.core.files.refusal import FileRefused
from kyodo.core.files.tests import samples
from kyodo.core.files.tests.samples import upload

GOOD = {
    "a.pdf": samples.PDF,
    "a.png": samples.png(),
    "a.jpg": samples.JPEG,
    "a.JPEG": samples.JPEG,
    "a.gif": samples.GIF,
    "a.webp": samples.WEBP,
    "a.xlsx": samples.xlsx(),
    "a.docx": samples.office("word/document.xml"),
    "a.pptx": samples.office("ppt/presentation.xml"),
    "a.ods": samples.open_document("spreadsheet"),
    "a.odt": samples.open_document("text"),
    "a.xls": samples.old_office("Workbook"),
    "a.doc": samples.old_office("WordDocument"),
    "a.csv": "番号,件名\n1,窓口\n".encode("cp932"),
    "a.txt": "\ufeff窓口".encode(),
    "a.zip": samples.archive({"返送.xlsx": samples.xlsx(), "写真/a.png": samples.png()}),
}


@pytest.mark.parametrize("name", GOOD)
def test_real_files_are_taken(name):
    kept = store.keep(upload(name, GOOD[name]))
    assert (kept.name, kept.size) == (name, len(GOOD[name]))
    assert store.open_content(kept.digest).read() == GOOD[name]


def test_every_kind_of_the_table_is_tried():
    assert {ending for kind in KINDS for ending in kind.endings} == {f".{name.lower().split('.')[1]}" for name in GOOD}


def test_what_macs_put_into_archives_is_passed_over():
    litter = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "写真/Thumbs.db": b"x"}
    store.keep(upload("a.zip", samples.archive({"a.txt": b"x", **litter})))


BAD = {
    "an executable as PDF": ("a.pdf", samples.EXE, "中身が違います"),
    "an executable as text": ("a.txt", samples.EXE, "中身が違います"),
    "an executable": ("a.exe", samples.EXE, "受け取れません"),
    "a PDF as workbook": ("a.xlsx", samples.PDF, "中身が違います"),
    "a workbook as document": ("a.docx", samples.xlsx(), "中身が違います"),
    "a workbook as ZIP": ("a.zip", samples.xlsx(), "中身が違います"),
    "a picture of another kind": ("a.png", samples.JPEG, "中身が違います"),
    "HTML": ("a.html", b"<!DOCTYPE html><script>1</script>", "受け取れません"),
    "SVG": ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "受け取れません"),
    "HTML as text": ("a.txt", b"\xef\xbb\xbf \n<HTML><script>1</script>", "中身が違います"),
    "nothing": ("a.txt", b"", "空です"),
    "no name": ("", samples.PDF, "受け取れません"),
    "a broken text": ("a.csv", "あ\nい\n".encode() + b"\xff\xfe\n", "3行目"),
    "macros": ("a.xlsx", samples.xlsx({"xl/vbaProject.bin": b"x"}), "マクロ"),
    "macros of Excel 4": ("a.xlsx", samples.xlsx({"xl/macrosheets/sheet1.xml": b"x"}), "マクロ"),
    "macros of LibreOffice": (
        "a.ods",
        samples.open_document("spreadsheet", {"Basic/Standard/Module1.xml": b"x"}),
        "マクロ",
    ),
    "macros of old Excel": ("a.xls", samples.old_office("Workbook", "_VBA_PROJECT_CUR", "VBA"), "マクロ"),
    "a password": ("a.xlsx", samples.old_office("EncryptionInfo", "EncryptedPackage"), "パスワード"),
    "a picture that is an archive too": ("a.png", samples.png() + samples.archive({"a.txt": b"x"}), "兼ねています"),
    "a PDF that is a workbook too": ("a.pdf", samples.PDF + samples.xlsx(), "兼ねています"),
    "an executable in a ZIP": ("a.zip", samples.archive({"setup.exe": samples.EXE}), "setup.exe"),
    "a ZIP in a ZIP": ("a.zip", samples.archive({"b.zip": samples.archive({"a.txt": b"x"})}), "b.zip"),
    "half a workbook": ("a.xlsx", samples.xlsx()[:2000], "壊れて"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_what_it_says_is_refused_with_the_reason(case, store_folder):
    name, content, reason = BAD[case]
    with pytest.raises(FileRefused) as refusal:
        store.keep(upload(name, content))
    assert reason in refusal.value.sentence()
    assert [path for path in store_folder.rglob("*") if path.is_file()] == []


def test_what_is_too_large_is_refused_while_it_comes_in(settings, store_folder):
    settings.UPLOAD_LIMIT_MB = 1
    store.keep(upload("a.txt", b"x" * store.MEGABYTE))
    with pytest.raises(FileRefused) as refusal:
        store.keep(upload("b.txt", b"y" * (store.MEGABYTE + 1)))
    assert "上限1MB" in refusal.value.sentence()
    assert list((store_folder / "new").iterdir()) == []


def test_a_bomb_in_a_workbook_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 5_000_000)
    bomb = samples.xlsx({"xl/worksheets/sheet9.xml": b"0" * 6_000_000})
    assert len(bomb) < 20_000
    with pytest.raises(FileRefused, match="展開すると大きすぎます"):
        store.keep(upload("a.xlsx", bomb))


@pytest.mark.parametrize("declared", [10, 4_000_000])
def test_an_archive_that_lies_about_its_size_is_refused(declared):
    bomb = samples.lying(samples.archive({"a.txt": b"0" * 6_000_000}), declared=declared)
    assert zipfile.ZipFile(io.BytesIO(bomb)).infolist()[0].file_size == declared
    with pytest.raises(FileRefused, match="壊れて"):
        store.keep(upload("a.zip", bomb))


def test_an_archive_that_lies_is_not_unpacked_past_the_limit(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 3_000_000)
    bomb = samples.lying(samples.archive({"a.txt": b"0" * 60_000_000}), declared=10)
    with pytest.raises(FileRefused, match="展開すると大きすぎます"):
        store.keep(upload("a.zip", bomb))


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\村\\報告.pdf", "報告.pdf"),
        ("報告\u202efdp.exe", "報告fdp.exe"),
        ("か\u3099いどう.pdf", "がいどう.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "aSet-Cookie_ b.pdf"),
        (".pdf", "pdf"),
        ("", "file"),
    ],
)
def test_names_are_tidied(sent, kept):
    assert names.tidy(sent) == kept


def test_a_name_of_300_characters_is_cut_and_keeps_its_ending():
    name = names.tidy("長" * 300 + ".pdf")
    assert name.endswith("長.pdf")
    assert 190 < len(name.encode()) <= names.LONGEST_BYTES


@given(st.text(max_size=400))
@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_tidied_name_is_one_visible_line_without_a_path(sent):
    name = names.tidy(sent)
    assert name
    assert name.isprintable()
    assert not set(name) & set('/\\<>:"|?*\r\n')
    assert len(name.encode()) <= names.LONGEST_BYTES
    assert names.tidy(name) == name

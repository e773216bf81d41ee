"""Whatever happened to a sheet on its way: it is recognised, or refused whole with the cells and reasons."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from kyodo.core.jobs import execution
from kyodo.core.jobs.models import Job
from kyodo.core.sheets import scanning
from kyodo.core.sheets.models import SheetIssue, SheetReturn
from kyodo.core.sheets.rules import State
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.tests.returned_sheets import filled, hand_in, saved, sent_out, told

pytestmark = pytest.mark.django_db

OFFICE_PASSWORD = ("EncryptionInfo", "EncryptedPackage")
ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


@pytest.fixture(autouse=True)
def store_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


class Sent:
    """A need of the village, and the sheet on which its officer has it."""

    def __init__(self, region):
        self.person, self.need = region.villager, region.need()
        self.sheet = sent_out(self.person)[1]
        self.number = SheetIssue.objects.get().number

    def back(self, content, name="a.xlsx"):
        (returned,) = hand_in(self.person, (name, content))
        return returned

    def lines(self, *, number=True, people="70"):
        rows = [["返送用番号", self.number]] if number else []
        return [*rows, ["分野", "番号", "影響する人数（年）"], ["学校", str(self.need.pk), people]]


@pytest.fixture
def sent(region):
    return Sent(region)


def book_of(lines, *, title="Sheet1"):
    book = Workbook()
    book.active.title = title
    for line in lines:
        book.active.append(line)
    return saved(book)


def csv_of(lines):
    return "".join(",".join(line) + "\r\n" for line in lines)


def ods_of(lines, attributes=""):
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"{attributes}><text:p>{cell}</text:p></table:table-cell>'
            for cell in line
        )
        + "</table:table-row>"
        for line in lines
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {ODS_NAMES}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def changes(returned):
    assert told(returned) == {}
    return {field: pair[1] for _id, _revision, fields in returned.outcome["changes"] for field, pair in fields.items()}


GOOD = {"topic": "schools", "people": 70}


def test_columns_in_another_order_without_styles_on_a_sheet_of_another_name(sent):
    assert changes(sent.back(book_of(sent.lines(), title="回答"))) == GOOD


def test_the_number_in_the_file_s_name_is_enough(sent):
    assert changes(sent.back(book_of(sent.lines(number=False)), f"（提出）{sent.number}のコピー.xlsx")) == GOOD


def test_the_number_on_the_hidden_sheet_is_enough(sent):
    def forget(book):
        book.worksheets[0]["B2"] = None
        book.worksheets[0].title = "名前を変えた"
        book.move_sheet(book.worksheets[0], 2)

    assert changes(sent.back(filled(sent.sheet, {(sent.need.pk, "人数"): 70}, forget))) == {"people": 70}


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp932"])
def test_csv_in_the_codes_that_excel_writes(sent, code):
    assert changes(sent.back(csv_of(sent.lines()).encode(code), "a.csv")) == GOOD


def test_a_workbook_of_excel_97_with_numbers_days_and_wide_digits_as_people_leave_them(sent):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("回答（最終）")
    for row, line in enumerate(sent.lines(people="７０人")):
        for column, value in enumerate(line):
            page.write(row, column, value)
    page.write(1, 3, "希望時期")
    page.write(2, 3, date(2027, 4, 1), xlwt.easyxf(num_format_str="YYYY/MM/DD"))
    out = io.BytesIO()
    book.save(out)
    assert changes(sent.back(out.getvalue(), "a.xls")) == {**GOOD, "wish_on": "2027-04-01"}


def test_cells_that_somebody_merged_for_the_look_of_it(sent):
    def merge(book):
        page = book.worksheets[0]
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=8)

    assert changes(sent.back(filled(sent.sheet, {(sent.need.pk, "人数"): "70"}, merge))) == {"people": 70}


def test_a_day_that_became_a_number(sent):
    lines = [["返送用番号", sent.number], ["番号", "希望時期"], [sent.need.pk, 46478]]
    assert changes(sent.back(book_of(lines))) == {"wish_on": "2027-04-01"}


def test_an_ods_file(sent):
    assert changes(sent.back(ods_of(sent.lines()), "a.ods")) == GOOD


REFUSED = {
    "no number": (lambda sent: book_of(sent.lines(number=False)), "a.xlsx", "返送用番号が見つかりません"),
    "a wrong number": (
        lambda sent: book_of([["KY-2222-2223"], *sent.lines(number=False)]),
        "a.xlsx",
        "正しくありません",
    ),
    "a number that was never sent": (
        lambda sent: book_of([["KY-2222-2222"], *sent.lines(number=False)]),
        "a.xlsx",
        "送った記録がありません",
    ),
    "two numbers": (lambda sent: book_of([["KY-2222-2222"], *sent.lines()]), "a.xlsx", "2つあります"),
    "no headings": (lambda sent: book_of([[sent.number], ["a", "b"]]), "a.xlsx", "見出しの行"),
    "broken bytes": (lambda sent: csv_of(sent.lines()).encode() + b"\xff\xff\r\n", "a.csv", "4行目"),
    "a picture": (lambda sent: b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "a.png", "どれかで返送"),
    "an executable": (lambda sent: b"MZ" + b"\0" * 60, "a.xlsx", "中身が違います"),
    "macros": (lambda sent: with_part(sent.sheet, "xl/vbaProject.bin"), "a.xlsx", "マクロ"),
    "external links": (lambda sent: with_part(sent.sheet, "xl/externalLinks/externalLink1.xml"), "a.xlsx", "リンク"),
    "a password": (lambda sent: protected(), "a.xlsx", "パスワード"),
    "a broken old workbook": (lambda sent: protected("Workbook"), "a.xls", "表として読めません"),
    "the farthest cell": (lambda sent: far_cell(sent), "a.xlsx", "行か列が多すぎます"),
    "an ODS formula": (
        lambda sent: ods_of(sent.lines(), ' table:formula="of:=1"'),
        "a.ods",
        "数式",
    ),
    "entities": (
        lambda sent: entity_bomb(),
        "a.ods",
        "表として読めません",
    ),
}


def with_part(content, name):
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(name, "x")
    return out.getvalue()


def protected(*names):
    from struct import pack

    entries = b""
    for name in ("Root Entry", *(names or OFFICE_PASSWORD)):
        raw = name.encode("utf-16-le") + b"\0\0"
        entries += raw.ljust(64, b"\0") + pack("<HB", len(raw), 2) + b"\0" * 61
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504 + entries.ljust(1024, b"\0")


def far_cell(sent):
    book = load_workbook(io.BytesIO(sent.sheet))
    book.worksheets[0].cell(1_048_576, 16_384).value = 1
    return saved(book)


def entity_bomb():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", bomb)
    return out.getvalue()


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_t_be_taken_is_refused_whole_with_a_plain_reason(sent, case):
    make, name, reason = REFUSED[case]
    returned = sent.back(make(sent), name)
    assert returned.state == State.REFUSED
    assert reason in " ".join(told(returned).values())
    page = sent.person.browser().get(f"/sheets/returns/{returned.pk}/")
    assert page.status_code == 200
    assert reason in page.content.decode()
    sent.person.browser().post(f"/sheets/returns/{returned.pk}/")
    sent.need.refresh_from_db()
    assert sent.need.revision == 1


def test_formulas_are_named_by_their_cells(sent):
    def calculate(book):
        book.worksheets[0]["F6"] = "=1+1"
        book.worksheets[1]["C9"] = '=HYPERLINK("x")'

    returned = sent.back(filled(sent.sheet, {}, calculate))
    assert [(sheet, cell) for sheet, cell, _text, _facts in returned.outcome["faults"]] == [
        ("相談の補記", "F6"),
        ("書き方", "C9"),
    ]


def test_more_rows_than_the_limit_are_refused(sent, monkeypatch):
    monkeypatch.setattr(scanning.rules, "MOST_ROWS", 50)
    lines = [*sent.lines(), *[["", "", ""]] * 60, ["", "", "x"]]
    assert "行か列が多すぎます" in told(sent.back(csv_of(lines).encode(), "a.csv"))[""]
    assert "行か列が多すぎます" in told(sent.back(book_of(lines)))[""]
    assert "行か列が多すぎます" in told(sent.back(ods_of(lines), "a.ods"))[""]


def test_all_faults_are_told_at_once_with_their_cells(sent):
    bad = filled(
        sent.sheet, {(sent.need.pk, "人数"): "約100", (sent.need.pk, "時期"): "4/1", (sent.need.pk, "分野"): "山"}
    )
    assert set(told(sent.back(bad))) == {"F6", "I6", "E6"}


def test_of_many_faults_two_hundred_are_listed_and_all_counted(sent):
    lines = [*sent.lines(), *[["山", "", "約1"]] * 150]
    returned = sent.back(book_of(lines))
    assert len(returned.outcome["faults"]) == 200
    assert returned.outcome["fault_count"] > 300
    page = sent.person.browser().get(f"/sheets/returns/{returned.pk}/").content.decode()
    assert f"ほかに{returned.outcome['fault_count'] - 200}か所" in page


def test_the_same_row_twice_is_named(sent):
    assert "2つあります" in told(sent.back(book_of([*sent.lines(), sent.lines()[-1]])))["B4"]


def test_the_same_content_again_is_recognised_and_another_one_is_a_correction(sent):
    sent.back(book_of(sent.lines()))
    again = sent.back(content_of(SheetReturn.objects.get()), "b.xlsx")
    assert "すでに返送されています" in told(again)[""]
    assert sent.person.actor.label in told(again)[""]
    correction = sent.back(book_of(sent.lines(people="80")))
    assert changes(correction)["people"] == 80
    page = sent.person.browser().get(f"/sheets/returns/{correction.pk}/").content.decode()
    assert "前にも返送されています" in page


def content_of(returned):
    from kyodo.core.files import store

    return store.open_content(returned.digest).read()


def test_twice_in_one_batch_is_noticed(sent):
    content = book_of(sent.lines())
    first, second = hand_in(sent.person, ("a.xlsx", content), ("b.xlsx", content))
    assert (first.state, second.state) == (State.RECEIVED, State.REFUSED)


def test_many_files_and_a_zip_give_one_table(sent, region):
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as file:
        file.writestr("町/返送.csv", csv_of(sent.lines()).encode("cp932"))
        file.writestr("壊れた.xlsx", b"no workbook")
    found = hand_in(sent.person, ("a.zip", inside.getvalue()), ("b.xlsx", book_of(sent.lines(people="約1"))))
    assert [(one.name, one.state) for one in found] == [
        ("返送.csv", State.RECEIVED),
        ("壊れた.xlsx", State.REFUSED),
        ("b.xlsx", State.REFUSED),
    ]
    page = sent.person.browser().get(f"/sheets/batches/{found[0].batch}/").content.decode()
    for text in ("返送.csv", "壊れた.xlsx", "中身が違います", "C3", "数として読めません", "檜原村"):
        assert text in page


def test_a_zip_with_more_than_two_hundred_files_is_refused_whole(sent):
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w") as file:
        for number in range(201):
            file.writestr(f"{number}.txt", f"{number}")
    answer = sent.person.browser().post("/sheets/hand-in/", {"papers": SimpleUploadedFile("a.zip", inside.getvalue())})
    assert answer.status_code == 422
    assert "201個ありました" in answer.content.decode()
    assert SheetReturn.objects.count() == 0


def test_more_than_twenty_files_are_a_job_that_ends_in_the_same_table(sent):
    files = [(f"{number}.csv", csv_of(sent.lines(people=str(number))).encode()) for number in range(21)]
    assert hand_in(sent.person, *files, ("x.xlsx", b"no workbook")) == []
    job = Job.objects.get(kind="sheets.receive")
    execution.execute(job.uuid)
    job.refresh_from_db()
    assert job.state == "done", job.error
    assert SheetReturn.objects.count() == 22
    assert SheetReturn.objects.filter(state=State.REFUSED).count() == 1
    assert sent.person.browser().get(job.result["url"]).status_code == 200


def test_nothing_that_goes_out_is_calculated(region):
    region.need(title='=HYPERLINK("http://x")')
    _name, sheet = sent_out(region.villager)
    page = load_workbook(io.BytesIO(sheet)).worksheets[0]
    assert (page["C6"].value, page["C6"].data_type, page["C6"].quotePrefix) == ('=HYPERLINK("http://x")', "s", True)
    (returned,) = hand_in(region.villager, ("a.xlsx", sheet))
    assert told(returned) == {}


def test_the_sheet_that_goes_out_has_its_identity_its_guidance_and_its_locks(sent):
    book = load_workbook(io.BytesIO(sent.sheet))
    page, guide = book.worksheets[:2]
    assert (page["A1"].value, page["A2"].value, page["B2"].value) == ("相談の補記", "返送用番号", sent.number)
    assert guide.title == "書き方"
    assert page.freeze_panes == "B6"
    assert (page.page_setup.orientation, page.print_title_rows) == ("landscape", "$5:$5")
    assert page.protection.sheet
    assert page["C6"].protection.locked
    assert not page["F6"].protection.locked
    assert not page["C7"].protection.locked
    (rule,) = [one for one in page.data_validations.dataValidation if "E6" in one.sqref]
    assert (rule.type, rule.formula1) == ("list", "choices!$A$1:$A$17")
    assert [book[name].sheet_state for name in ("choices", "kyodo")] == ["hidden", "hidden"]
    assert Need.objects.count() == 1

"""Who did what and when, in sentences; narrowed, taken along, proved by the press of a button."""

import json

import pytest

from kyodo.core.access.actor import job
from kyodo.core.audit.chain import verify
from kyodo.core.audit.models import Entry, EntryValues
from kyodo.core.audit.proof import links_of_file
from kyodo.core.jobs.models import Job
from kyodo.core.jobs.progress import Progress
from kyodo.core.ledger.tasks import prove
from tests.region import Region, State

pytestmark = pytest.mark.django_db


def page(person, address="/audit/"):
    return person.browser().get(address).content.decode()


def test_an_entry_is_a_sentence_with_who_and_what_and_leads_to_it(region: Region):
    need = region.need(title="窓口の番号札が壊れている")
    text = page(region.auditor)
    assert "檜原村 総務課 情報担当" in text
    assert "が相談" in text
    assert f'<a href="/needs/{need.pk}/">' in text
    assert "窓口の番号札が壊れている" in text


def test_the_same_in_english_keeps_names_marked_as_japanese(region: Region):
    region.need()
    browser = region.auditor.browser()
    browser.cookies["kyodo_language"] = "en"
    text = browser.get("/audit/").content.decode()
    assert "posted the need" in text
    assert '<span lang="ja">檜原村 総務課 情報担当</span>' in text


def test_a_body_reads_what_concerns_it_and_nothing_else(region: Region):
    region.need(title="村の相談です。窓口の待ち")
    region.need(by=region.townsman, title="町の相談です。窓口の待ち")
    assert "村の相談です" in page(region.villager)
    assert "町の相談です" not in page(region.villager)
    assert "町の相談です" in page(region.auditor)


def test_the_address_narrows_by_event_need_and_days(region: Region):
    need = region.need(title="動いた相談です。窓口", state=State.WORKING)
    region.need(title="別の相談です。窓口の待ち")
    rows = page(region.auditor, f"/audit/?kind=needs.need&about=%23{need.pk}").count("<tr>")
    assert rows == 1 + 3
    assert page(region.auditor, "/audit/?action=needs.moved").count("<tr>") == 1 + 2
    assert page(region.auditor, "/audit/?until=2020-01-01").count("<tr>") == 0
    assert page(region.auditor, "/audit/?kind=needs.need&about=x").count("<tr>") == 0
    assert page(region.auditor, "/audit/?since=nonsense").count("<tr>") > 1


def test_things_of_other_kinds_with_the_same_number_are_not_mixed_up(region: Region):
    need = region.need(title="番号が同じ相談です。窓口")
    assert page(region.auditor, f"/audit/?kind=procurement.case&about={need.pk}").count("<tr>") == 0
    assert page(region.auditor, f"/audit/?about={need.pk}").count("<tr>") == 0, "a number alone says of nothing which"
    link = f"/audit/?kind=needs.need&amp;about={need.pk}"
    assert link in page(region.auditor, f"/needs/{need.pk}/")
    assert page(region.auditor, link.replace("&amp;", "&")).count("<tr>") == 1 + 1


def test_an_entrys_page_tells_what_changed_and_the_text_that_is_hashed(region: Region):
    region.need(state=State.CHECKING)
    last = Entry.objects.last()
    text = page(region.auditor, f"/audit/{last.pk}/")
    for words in ("received", "checking", "状態", last.digest, "DX推進団体 調整担当"):
        assert words in text


def test_what_was_disposed_of_is_said_to_be_so(region: Region):
    region.need()
    last = Entry.objects.last()
    EntryValues.objects.filter(entry=last).delete()
    for address in ("/audit/", f"/audit/{last.pk}/"):
        assert "（保存期間を過ぎて消去）" in page(region.auditor, address)


def test_the_whole_record_leaves_and_is_proved_outside(region: Region, tmp_path):
    for _ in range(3):
        region.need()
    answer = region.auditor.browser().get("/audit/export.jsonl")
    file = tmp_path / "record.jsonl"
    file.write_bytes(b"".join(answer.streaming_content))
    assert verify(links_of_file(file)).entries == Entry.objects.count()
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["values"]


def test_the_proof_is_asked_for_by_a_button_recorded_and_followed(region: Region):
    region.need()
    answer = region.auditor.browser().post("/audit/proof/")
    assert answer["Location"] == f"/jobs/{Job.objects.get().uuid}/"
    assert Entry.objects.last().action == "ledger.proof_requested"


class Silent(Progress):
    """Nobody watches."""

    def __init__(self):
        self.by = job("test")

    def advance(self, done, total=None, message="", **facts):
        """Nothing."""


def test_the_proof_says_how_many_entries_hold_or_which_is_broken(region: Region):
    for _ in range(2):
        region.need()
    good = prove(Silent())
    assert good.values["holds"] is True
    assert good.facts["entries"] == Entry.objects.count()
    row = EntryValues.objects.get(entry_id=2)
    row.values = row.values.replace("窓口", "裏口")
    row.save()
    bad = prove(Silent())
    assert (bad.values["holds"], bad.values["sequence"], bad.url) == (False, 2, "/audit/2/")


def test_a_page_of_the_record_costs_the_same_however_long_it_is(region: Region, django_assert_num_queries):
    region.need()
    browser = region.auditor.browser()
    browser.get("/audit/")
    for _ in range(2):
        with django_assert_num_queries(9):  # session, user, who acts; count, rows, names, head; saved, unread
            browser.get("/audit/")
        for _ in range(30):
            region.need()


def test_the_auditors_home_shows_the_latest_entries_and_the_operators_what_to_look_after(region: Region):
    region.need(title="いちばん新しい相談です")
    assert "いちばん新しい相談です" in page(region.auditor, "/")
    operator = page(region.operator, "/")
    assert "使えるアカウント" in operator
    assert "動かなかった処理" in operator
    assert "いちばん新しい相談です" not in operator

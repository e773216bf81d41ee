"""The list of needs: what it costs, how it is narrowed and sorted, and how it leaves as a file."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from kyodo.core.lists import export
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State, Topic
from tests.region import Region
from tests.soon import soon

pytestmark = pytest.mark.django_db


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_page_of_fifty_needs_costs_what_a_page_of_one_costs(region: Region, django_assert_num_queries):
    region.need()
    browser = region.villager.browser()
    browser.get("/needs/")
    with django_assert_num_queries(7):  # session, user, who acts; count, rows; filters saved, notices unread
        browser.get("/needs/")
    for _ in range(55):
        region.need()
    with django_assert_num_queries(7):
        page = browser.get("/needs/").content.decode()
    assert page.count("<tr>") == 51


def test_the_public_list_costs_three_queries(region: Region, django_assert_num_queries):
    region.need(audience=Audience.PUBLIC, state=State.DONE)
    with django_assert_num_queries(3):  # count, rows; whether there is an easy version
        Client().get("/needs/public/")


def test_a_needs_page_costs_the_same_with_many_who_joined(region: Region, django_assert_num_queries):
    need = region.need(backed_by=(region.townsman,))
    browser = region.villager.browser()
    browser.get(f"/needs/{need.pk}/")
    # 3 for who asks; need, what else there is of it, joined, posts; whether it was decided, map, record, notices unread
    with django_assert_num_queries(13):
        browser.get(f"/needs/{need.pk}/")


def test_the_home_page_costs_the_same_however_many_needs_there_are(region: Region, django_assert_num_queries):
    browser = region.coordinator.browser()
    browser.get("/")
    # 3 for who asks; untaken, counts, approvals, entries by proxy, what was handed over, bodies without people, what is
    # due, notices, addresses that fail, the entrance, joint procurements under way, questions of companies
    with django_assert_num_queries(15):
        browser.get("/")
    for _ in range(12):
        region.need()
    with django_assert_num_queries(15):
        browser.get("/")


def test_the_address_narrows_by_state_topic_words_and_own_body(region: Region):
    region.need(title="対応している相談です", state=State.WORKING)
    region.need(title="町の相談です。窓口", by=region.townsman, backed_by=(region.villager,))
    soon()
    browser = region.villager.browser()

    def titles(**query):
        page = browser.get("/needs/", query).content.decode()
        return [title for title in ("対応している相談です", "町の相談です。窓口") if title in page]

    assert titles() == ["対応している相談です", "町の相談です。窓口"]
    assert titles(state="working") == ["対応している相談です"]
    assert titles(topic=Topic.COUNTERS.value, q="町の　窓口") == ["町の相談です。窓口"]
    assert titles(mine="posted") == ["対応している相談です"]
    assert titles(mine="backed") == ["町の相談です。窓口"]
    assert titles(body="日の出") == ["町の相談です。窓口"]


@pytest.mark.parametrize("query", ["page=9999", "page=-1", "page=x", "sort=secret", "state=none", "page=" + "9" * 40])
def test_what_an_address_says_wrongly_is_left_out_not_crashed_on(region: Region, query):
    region.need()
    assert region.villager.browser().get(f"/needs/?{query}").status_code == 200


def test_sorting_turns_around_and_keeps_the_filter(region: Region):
    region.need(title="あいうえおの相談です")
    region.need(title="んんんんんの相談です")
    browser = region.villager.browser()
    up = browser.get("/needs/?sort=title&topic=counters").content.decode()
    down = browser.get("/needs/?sort=-title&topic=counters").content.decode()
    assert up.index("あいうえお") < up.index("んんんんん")
    assert down.index("んんんんん") < down.index("あいうえお")
    assert 'aria-sort="ascending"' in up
    assert "topic=counters&amp;sort=-title" in up or "sort=-title&amp;topic=counters" in up


def test_an_empty_list_says_what_to_do_first_to_whoever_may_do_it(region: Region):
    assert "/needs/new/" in region.villager.browser().get("/needs/").content.decode()
    auditor = region.auditor.browser().get("/needs/").content.decode()
    assert "まだ相談はありません" in auditor
    assert "/needs/new/" not in auditor


def test_csv_opens_in_excel_and_holds_exactly_what_is_filtered(region: Region):
    region.need(title="対応している相談です", state=State.WORKING)
    region.need(title="受け付けた相談です")
    answer = region.villager.browser().get("/needs/?state=working&format=csv")
    content = body(answer)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert "対応している相談です" in rows[1]
    assert "%E7%9B%B8%E8%AB%87" in answer["Content-Disposition"]


def test_a_workbook_has_real_dates_and_numbers(region: Region):
    need = region.need(title="受け付けた相談です")
    Need.objects.filter(pk=need.pk).update(people=1200)
    answer = region.villager.browser().get("/needs/?format=xlsx")
    sheet = load_workbook(io.BytesIO(body(answer))).active
    head = [cell.value for cell in sheet[1]]
    row = dict(zip(head, sheet[2], strict=True))
    assert row["影響する人数（年）"].value == 1200
    assert row["投稿日"].is_date
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("start", ["=HYPERLINK(1)", "+1の相談", "-1の相談", "@SUM(A1)"])
def test_nothing_in_a_file_is_run_by_a_spreadsheet(region: Region, start):
    region.need(title=f"{start}という相談")
    browser = region.villager.browser()
    rows = list(csv.reader(io.StringIO(body(browser.get("/needs/?format=csv")).decode("utf-8-sig"))))
    assert f"'{start}という相談" in rows[1]
    sheet = load_workbook(io.BytesIO(body(browser.get("/needs/?format=xlsx")))).active
    cell = next(cell for cell in sheet[2] if cell.value and start in str(cell.value))
    assert cell.data_type == "s"


def test_a_list_too_long_for_a_workbook_says_what_to_do(region: Region, monkeypatch):
    monkeypatch.setattr(export, "MOST_IN_WORKBOOK", 1)
    region.need()
    region.need()
    browser = region.villager.browser()
    assert "CSVを使ってください" in browser.get("/needs/?format=xlsx", follow=True).content.decode()
    assert browser.get("/needs/?format=csv").status_code == 200

"""A joint procurement in a real browser: from a need to a body that is bound, each with minutes of their own."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people

pytestmark = pytest.mark.browser

TITLE = "庁内の電子契約サービスの共同調達"


def day(number: int) -> str:
    return (date.today() + timedelta(days=number)).isoformat()  # noqa: DTZ011  # as the browser's own date picker


def goes_on(coordinator: Page, case: str, label: str, reason: str = "") -> None:
    coordinator.goto(f"{case}move/")
    coordinator.get_by_label(label, exact=True).check()
    coordinator.get_by_label("理由・説明").fill(reason)
    coordinator.get_by_role("button", name="段階を変える").click()
    expect(coordinator.get_by_text("段階を変え、団体に知らせました。")).to_be_visible()


def opens(coordinator: Page, site) -> str:
    """A case of two bodies, with a template's items and a day for the survey; its address."""
    coordinator.goto(site("/procurement/new/?kind=licences"))
    coordinator.get_by_label("件名").fill(TITLE)
    coordinator.get_by_label("何を、なぜいっしょに調達するか").fill(
        "契約書の郵送と収入印紙をなくしたい団体が集まりました。"
    )
    coordinator.get_by_label("いつから使いたいか").fill(day(420))
    for body in ("檜原村", "日の出町"):
        coordinator.get_by_label(body, exact=True).check()
    coordinator.get_by_role("button", name="つくる").click()
    expect(coordinator.get_by_role("heading", name=TITLE)).to_be_visible()
    case = coordinator.url
    coordinator.get_by_role("link", name="日程を決める").click()
    coordinator.get_by_label("意向調査の回答").fill(day(14))
    coordinator.get_by_role("button", name="日程を決める").click()
    return case


def answers(village: Page, site, case: str) -> None:
    """An officer sees it waiting on the desk and reads what it is about; it is done with one choice an item."""
    village.goto(site("/"))
    row = village.locator("ul.waiting li").filter(has_text=TITLE)
    expect(row).to_contain_text("意向調査に答える")
    village.goto(case)
    expect(village.get_by_text("意向調査の「①関係の有無」に答えてください。")).to_be_visible()
    village.get_by_role("link", name=re.compile("意向調査に答える（")).click()
    for group in village.locator("fieldset.in-line").all():
        group.get_by_label("関係なし").check()
    village.locator("fieldset.in-line").first.get_by_label("関係あり").check()
    village.get_by_role("button", name="回答を出す").click()
    expect(village.get_by_text("回答を受け取りました。")).to_be_visible()


def test_two_bodies_come_to_a_commitment(site, opened, axe):
    coordinator = people.enter(opened(), site, people.COORDINATOR)
    village = people.enter(opened(), site, people.VILLAGE)
    case = opens(coordinator, site)
    axe(coordinator)
    goes_on(coordinator, case, "意向調査")
    answers(village, site, case)
    coordinator.goto(f"{case}survey/")
    expect(coordinator.get_by_text("回答済み")).to_be_visible()
    axe(coordinator)

    goes_on(coordinator, case, "仕様すり合わせ")
    village.goto(case)
    village.get_by_role("link", name=re.compile("要求仕様を書く（")).click()
    village.get_by_label("契約期間", exact=True).fill("2年")
    village.get_by_role("button", name="要求仕様を出す").click()
    expect(village.get_by_text("要求仕様を受け取りました。")).to_be_visible()
    coordinator.goto(f"{case}alignment/")
    coordinator.get_by_role("link", name="契約期間", exact=True).click()
    coordinator.get_by_role("link", name="決め方を提案する").click()
    coordinator.get_by_label("そろえる").check()
    coordinator.get_by_label("共同仕様", exact=True).fill("1年")
    coordinator.get_by_label("理由必須").fill("ほかの団体の契約期間に合わせるため。")
    coordinator.get_by_role("button", name="決め方を提案する").click()
    village.goto(f"{case}alignment/answer/")
    village.get_by_label("これでよい").check()
    axe(village)
    village.get_by_role("button", name="返事を出す").click()
    expect(village.get_by_text("返事を受け取りました。")).to_be_visible()

    goes_on(coordinator, case, "参加確定", "仕様がそろい、市場への確認は要らないため。")
    village.goto(case)
    village.get_by_role("link", name=re.compile("参加の内容を書く（")).click()
    village.locator("input[name^=quantity-]").first.fill("60")
    village.get_by_label("見込みの金額（税込・全期間、円）").fill("900000")
    village.get_by_label("契約の予定日").fill(day(400))
    village.get_by_label("当初予算に計上").check()
    village.get_by_label("何年度の予算（西暦）").fill("2027")
    village.get_by_role("button", name="書いて、法令を確かめる").click()
    expect(village.get_by_role("heading", name="法令・例規から")).to_be_visible()
    axe(village)
    village.get_by_role("link", name="起案用資料").click()
    expect(village.get_by_text("900,000円（税込・税率10%）")).to_be_visible()

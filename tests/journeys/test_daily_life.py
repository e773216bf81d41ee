"""A village phones; the coordinator writes it down, the village confirms; it gets a number; on the day the officer
moves, the work is with the successor. At two host names, in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys import people
from tests.journeys.conftest import Site
from tests.journeys.test_sign_in import sign_in
from tests.journeys.test_two_entrances import INNER, OUTER, add, two  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser

TITLE = "大雪のとき、除雪の依頼の電話に出られる人がいない"
MIDNIGHT = """
import django
django.setup()
from kyodo.core.transfers import tasks
print(tasks.apply_due.function(None).values["applied"])
"""


def at_midnight(site: Site) -> int:
    """What the timetable does at 00:00, without waiting for it."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KYODO_")} | {
        "KYODO_DATA_DIR": str(site.data),
        "DJANGO_SETTINGS_MODULE": "kyodo.config.settings",
    }
    done = subprocess.run([sys.executable, "-c", MIDNIGHT], env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


def two_hosts(site: Site, opened: Callable[..., BrowserContext], password: str) -> str:
    """The operator makes both entrances; the address of the outer one."""
    operator = opened().new_page()
    sign_in(operator, site.address, "ops", password)
    operator.goto(site("/entrances/"))
    add(operator, "庁内の入口", INNER, "庁内側")
    add(operator, "インターネットの入口", OUTER, "インターネット側", "担当者", "運用管理者")
    return site.address.replace(INNER, OUTER)


def told_by_telephone(coordinator: Page, site: Site, axe: Callable[[Page], None]) -> str:
    """The coordinator writes down what the village said; the address of its need."""
    coordinator.goto(site("/needs/proxy/"))
    coordinator.locator("main select").first.select_option(label="檜原村")
    coordinator.get_by_role("main").get_by_role("button").last.click()
    coordinator.wait_for_url("**/new/")
    axe(coordinator)
    coordinator.get_by_label("電話", exact=True).check()
    coordinator.locator("#id_said_duty").fill("総務課 防災担当")
    coordinator.locator("#id_said_name").fill("檜原 一郎")
    coordinator.locator("#id_said_note").fill("電話で聞いた。職員2人で交代している。")
    coordinator.locator("#id_title").fill(TITLE)
    coordinator.locator("#id_trouble").fill("雪の朝は1時間に40件の電話があり、半分は取れません。")
    coordinator.locator("#id_topic").select_option(index=1)
    coordinator.get_by_role("main").get_by_role("button", name="代行で入力する").click()
    coordinator.get_by_role("heading", name=TITLE).wait_for()
    assert "代行" in coordinator.locator("main").inner_text()
    return coordinator.url.split(site.address)[1].split("?")[0]


def confirmed_and_numbered(officer: Page, site: Site, address: str, axe: Callable[[Page], None]) -> None:
    """The village confirms by one click, wants to hear more of it, and copies the number that it has on paper."""
    officer.goto(site("/proxy/"))
    officer.get_by_role("link", name=TITLE).first.click()
    axe(officer)
    officer.get_by_role("button", name="このとおりで間違いない").click()
    officer.goto(site(address))
    officer.get_by_role("button", name="この相談の通知を受け取る").click()
    number = address.strip("/").split("/")[-1]
    officer.goto(site(f"/decisions/needs.need/{number}/record/"))
    officer.locator("#id_decided_on").fill(date.today().isoformat())  # noqa: DTZ011
    officer.locator("#id_number").fill("8檜総第12号")
    officer.locator("#id_decider_name").fill("檜原 課長")
    officer.get_by_role("main").get_by_role("button", name="決裁を記録する").click()
    officer.goto(site(address))
    assert "8檜総第12号" in officer.locator("body").inner_text()


def planned(admin: Page, site: Site, axe: Callable[[Page], None]) -> None:
    """The administrator sees what the list will do, and plans it."""
    admin.goto(site("/transfers/"))
    admin.get_by_role("link", name="異動の一覧を作る").click()
    admin.locator("#id_day").fill(date.today().isoformat())  # noqa: DTZ011
    admin.locator("[name='move.hanako']").select_option("leaves")
    admin.locator("[name='successor.hanako']").select_option(label="総務課")
    axe(admin)
    admin.get_by_role("button", name="何が起きるかを確かめる").click()
    assert "見守っている相談 1" in admin.locator("main").inner_text()
    axe(admin)
    admin.get_by_role("button", name="この内容で予約する").click()
    admin.get_by_text("予約しました").wait_for()


def test_from_the_telephone_to_the_successor(
    two,  # noqa: F811
    opened: Callable[..., BrowserContext],
    axe: Callable[[Page], None],
):
    site, passwords = two
    outside = two_hosts(site, opened, passwords["ops"])
    address = told_by_telephone(people.enter(opened(), site, people.COORDINATOR), site, axe)

    # What belongs inside does not show on the internet: the same officer, the other host name.
    abroad = opened().new_page()
    sign_in(abroad, outside, "hanako", passwords["hanako"])
    abroad.goto(f"{outside}/audit/")
    assert TITLE not in abroad.locator("body").inner_text()

    officer, admin = opened().new_page(), opened().new_page()
    sign_in(officer, site.address, "hanako", passwords["hanako"])
    confirmed_and_numbered(officer, site, address, axe)
    sign_in(admin, site.address, "jinji", passwords["jinji"])
    planned(admin, site, axe)
    assert at_midnight(site) == 1

    successor = people.enter(opened(), site, people.VILLAGE)
    waiting = "前任から引き継いだ仕事を確かめる"
    successor.get_by_text(waiting).wait_for()
    successor.locator("li, article, div", has_text=waiting).get_by_role("link", name="開く").first.click()
    assert TITLE in successor.locator("main").inner_text()
    axe(successor)
    successor.get_by_role("button", name="引き継ぎを確かめた").click()
    successor.wait_for_url(site("/"))
    assert successor.get_by_text(waiting).count() == 0

"""Two host names in a real browser: each with its own sign-in and passkeys, and what never shows on the internet."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.journeys import people
from tests.journeys.conftest import Site, seeded, served
from tests.journeys.language import japanese_on
from tests.journeys.test_sign_in import MAKE, confirm, listen, sign_in

pytestmark = pytest.mark.browser
INNER, OUTER = "inner.localhost", "outer.localhost"
HOSTS = f"{INNER},{OUTER},localhost"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, dict[str, str]]]:
    """The demonstration under two host names, with an officer, an administrator and an operator who have passwords."""
    data = seeded(tmp_path_factory)
    names = ("ops", "hanako", "jinji")
    commands = [
        *(["create", name, "--name", name] for name in names),
        ["grant", "ops", "operator", "--organisation", "DX推進団体"],
        ["grant", "hanako", "officer", "--organisation", "133078"],
        ["grant", "jinji", "administrator", "--organisation", "133078"],
    ]
    with served(data, "--demo", host=INNER, KYODO_HOSTS=HOSTS) as running:
        environment = os.environ | {"KYODO_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "kyodo.config.settings"}
        made = [sys.executable, "-c", MAKE, json.dumps(commands)]
        done = subprocess.run(made, env=environment, capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)
        passwords = {name: told[index].splitlines()[0] for index, name in enumerate(names)}
        yield running, passwords


def with_reader(opened: Callable[..., BrowserContext]) -> Page:
    """A browser with a fingerprint reader."""
    page = opened().new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def add(page: Page, name: str, host: str, nature: str, *roles: str) -> None:
    """The operator adds an entrance."""
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/entrances/new/")
    page.locator("#id_name").fill(name)
    page.locator("#id_host").fill(host)
    page.get_by_label(nature).check()
    for role in roles:
        page.get_by_label(role, exact=True).check()
    page.get_by_role("main").get_by_role("button", name="登録する").click()
    page.wait_for_url("**/entrances/")


def test_two_host_names_each_to_its_own(two, opened: Callable[..., BrowserContext], axe: Callable[[Page], None]):
    site, passwords = two
    outside = site.address.replace(INNER, OUTER)
    operator = with_reader(opened)
    complaints = listen(operator)
    sign_in(operator, site.address, "ops", passwords["ops"])
    operator.goto(site("/entrances/"))
    add(operator, "庁内の入口", INNER, "庁内側")
    add(operator, "インターネットの入口", OUTER, "インターネット側", "担当者", "運用管理者")
    for path in ("/entrances/", "/entrances/new/", "/entrances/1/", "/entrances/here/", "/entrances/bodies/"):
        operator.goto(site(path))
        axe(operator)
    operator.get_by_label("区市町村すべて").select_option(label="庁内の入口")
    operator.get_by_role("button", name="決める").click()
    operator.get_by_text("62団体の入口を決めました").wait_for()
    operator.goto(site("/accounts/policy/"))
    axe(operator)

    # A passkey of the inner host is named after it, and the outer host knows nothing of the session.
    operator.goto(site("/accounts/2fa/webauthn/add/"))
    confirm(operator, passwords["ops"])
    operator.get_by_role("button", name="パスキーを加える").click()
    operator.wait_for_url("**/recovery-codes/")
    operator.goto(site("/accounts/2fa/webauthn/"))
    assert "パスキー 1（庁内の入口）" in operator.locator("main").inner_text()
    operator.goto(f"{outside}/accounts/")
    assert "/accounts/login/" in operator.url

    # Outside, the second step offers no passkey of the inner host, and the record is not shown.
    sign_in(operator, outside, "ops", passwords["ops"])
    operator.wait_for_url(f"{outside}/accounts/2fa/authenticate/")
    assert operator.locator("#mfa_webauthn_authenticate").count() == 0
    assert complaints == []


def test_an_officer_with_a_sheet_of_paper(two, opened: Callable[..., BrowserContext], axe: Callable[[Page], None]):
    site, passwords = two
    admin = opened().new_page()
    sign_in(admin, site.address, "jinji", passwords["jinji"])
    admin.goto(site("/accounts/users/?q=hanako"))
    admin.get_by_role("link", name="hanako").first.click()
    admin.get_by_role("link", name="コード表を発行する・止める").click()
    axe(admin)
    admin.get_by_role("button", name="発行する").click()
    codes = admin.locator("main td code").all_inner_texts()
    assert len(codes) == 40
    axe(admin)
    officer = opened().new_page()
    sign_in(officer, site.address, "hanako", passwords["hanako"])
    axe(officer)
    officer.get_by_label("1番のコード").fill(codes[0])
    officer.get_by_role("main").get_by_role("button", name="サインイン", exact=True).click()
    officer.get_by_text("使われたのは、いまが初めてです").wait_for()
    axe(officer)
    officer.get_by_role("link", name="先へ進む").click()
    officer.wait_for_url(site("/"))


@pytest.mark.parametrize("width", [1280, 320])
def test_the_pages_in_english_and_on_a_narrow_screen(two, opened: Callable[..., BrowserContext], width: int):
    site, passwords = two
    context = opened(width=width)
    context.add_cookies([{"name": "kyodo_language", "value": "en", "url": site.address}])
    page = people.enter(context, site, people.OPERATOR)
    assert passwords
    paths = ("/entrances/", "/entrances/new/", "/entrances/here/", "/entrances/bodies/", "/accounts/policy/")
    for path in (*paths, "/accounts/codes/", "/accounts/users/1/codes/"):
        answer = page.goto(site(path))
        assert answer is not None
        assert answer.status == 200, path
        assert japanese_on(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path

"""Signing in as people do: password, app, recovery code, passkey; and every page readable by everybody."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from playwright.sync_api import BrowserContext, Page

from tests.journeys.conftest import Site
from tests.journeys.language import japanese_on

pytestmark = pytest.mark.browser

# Names and abbreviations that stand in Japanese text as they are.
LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN = re.compile(
    r"Kyodo|CC BY|English|QR|API|JavaScript|Chrome|Linux|Windows|XLSX|CSV|Excel|Ctrl|Bearer|Authorization|Headless|u\d|"
    r"hanako|taro|ops|localhost|kyodo_[\w-]*|recovery|DX"
)
ENGLISH_WORDS = """() => {
  const told = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest("script,style,code") || holder.closest("[lang]").getAttribute("lang") !== "ja") continue;
    told.push(walker.currentNode.data);
  }
  return told;
}"""


MAKE = """
import json, sys
from typer.testing import CliRunner
from kyodo.config.cli import app
done = [CliRunner().invoke(app, ["user", *words]) for words in json.loads(sys.argv[1])]
assert not any(one.exit_code for one in done), done
print(json.dumps([one.stdout.strip() for one in done]))
"""


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, str]:
    """An operator and two officers, made with the command; each with the password that it printed once."""
    names = ("ops", "hanako", "taro")
    commands = [
        *(["create", name, "--name", name] for name in names),
        ["grant", "ops", "operator", "--organisation", "DX推進団体"],
        ["grant", "hanako", "officer", "--organisation", "133078"],
        ["grant", "taro", "officer", "--organisation", "檜原村"],
    ]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KYODO_")} | {
        "KYODO_DATA_DIR": str(site.data),
        "DJANGO_SETTINGS_MODULE": "kyodo.config.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", MAKE, json.dumps(commands)], env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    return {name: told[index].splitlines()[0] for index, name in enumerate(names)}


@pytest.fixture(scope="module")
def home(site: Site) -> str:
    """The site under a name: an address of digits can't hold passkeys."""
    return site.address.replace("127.0.0.1", "localhost")


def sign_in(page: Page, home: str, name: str, password: str) -> None:
    page.goto(f"{home}/accounts/login/")
    page.get_by_label("利用者名").fill(name)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("main").get_by_role("button", name="サインイン", exact=True).click()


def confirm(page: Page, password: str) -> None:
    """What is asked before the way in is changed."""
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="確かめる").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="サインアウト").click()


def code_of(secret: str, *, later: int = 0) -> str:
    """What an authenticator app would show (one step later, since a code is taken once)."""
    counter = int(time.time()) // 30 + later
    return f"{hotp_value(secret, counter):06d}"


def listen(page: Page) -> list[str]:
    """What the browser complains about: above all, what the content security policy stopped."""
    complaints: list[str] = []
    page.on("console", lambda told: complaints.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


@pytest.fixture
def window(opened: Callable[..., BrowserContext]) -> Page:
    """A browser with a fingerprint reader."""
    page = opened().new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return page


def test_a_passkey_is_added_and_opens_the_door_alone(window, home, people):
    complaints = listen(window)
    sign_in(window, home, "hanako", people["hanako"])
    window.goto(f"{home}/accounts/2fa/")
    window.get_by_role("link", name="パスキーを加える").click()
    confirm(window, people["hanako"])
    window.get_by_label("パスキーの名前").fill("庁舎の端末")
    window.get_by_role("button", name="パスキーを加える").click()
    window.wait_for_url("**/recovery-codes/")
    assert window.locator("main li code").count() == 10
    window.goto(f"{home}/accounts/2fa/webauthn/")
    assert window.get_by_role("row", name=re.compile("庁舎の端末.*パスワードなしで入れる")).is_visible()
    sign_out(window)
    window.goto(f"{home}/accounts/login/")
    window.get_by_role("button", name="パスキーでサインイン").click()
    window.wait_for_url(f"{home}/")
    assert "檜原村 hanako" in window.locator(".who-name").inner_text()
    window.goto(f"{home}/accounts/2fa/webauthn/")
    window.get_by_role("link", name="外す").click()
    confirm(window, people["hanako"])
    window.get_by_role("button", name="外す").click()
    assert "まだパスキーはありません" in window.locator("main").inner_text()
    assert complaints == []


def test_a_passkey_that_is_refused_is_explained(window, home):
    window.goto(f"{home}/accounts/login/")
    window.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    window.get_by_role("button", name="パスキーでサインイン").click()
    window.get_by_text("パスキーを使えませんでした").wait_for()


def test_an_authenticator_app_then_a_code_then_a_recovery_code(page, home, people):
    complaints = listen(page)
    sign_in(page, home, "taro", people["taro"])
    page.goto(f"{home}/accounts/2fa/totp/activate/")
    confirm(page, people["taro"])
    assert page.locator("main img").evaluate("one => one.naturalWidth") > 100
    secret = page.locator("main ol code").inner_text().replace(" ", "")
    page.get_by_label("アプリに出た6桁の数字").fill(code_of(secret))
    page.get_by_role("button", name="使い始める").click()
    page.wait_for_url("**/recovery-codes/")
    recovery = page.locator("main li code").first.inner_text()
    sign_out(page)
    sign_in(page, home, "taro", people["taro"])
    page.get_by_label("認証アプリの6桁の数字").fill("000000")
    page.get_by_role("main").get_by_role("button", name="サインイン", exact=True).click()
    assert "コードを確かめられませんでした" in page.locator("main").inner_text()
    page.get_by_label("認証アプリの6桁の数字").fill(code_of(secret, later=1))
    page.get_by_role("main").get_by_role("button", name="サインイン", exact=True).click()
    page.wait_for_url(f"{home}/")
    sign_out(page)
    sign_in(page, home, "taro", people["taro"])
    page.get_by_label("認証アプリの6桁の数字").fill(recovery)
    page.get_by_role("main").get_by_role("button", name="サインイン", exact=True).click()
    page.wait_for_url(f"{home}/")
    assert complaints == []


OUTSIDE = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/password/reset/key/done/",
    "/accounts/3rdparty/login/cancelled/",
)
INSIDE = (
    "/accounts/",
    "/accounts/logout/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/activate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
    "/accounts/3rdparty/",
    "/accounts/tokens/",
    "/accounts/tokens/new/",
    "/accounts/users/",
    "/accounts/users/new/",
    "/accounts/users/2/",
    "/accounts/users/2/roles/new/",
    "/accounts/users/2/roles/2/end/",
    "/accounts/users/2/deactivate/",
    "/accounts/users/2/password/",
)


def test_every_page_is_readable_by_everybody_in_both_languages(site, home, people, opened, axe):
    faults = []
    context = opened()
    page = context.new_page()
    complaints = listen(page)

    def look(path: str) -> None:
        for language in ("ja", "en"):
            page.context.add_cookies([{"name": "kyodo_language", "value": language, "url": home}])
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(home + path)
            where = f"{path} {language}"
            if not page.locator("h1").count():
                faults.append(f"{where}: no h1")
            for width in (1280, 320):
                page.set_viewport_size({"width": width, "height": 900})
                try:
                    if width == {"ja": 320, "en": 1280}[language]:
                        axe(page)
                except AssertionError as breach:
                    faults.append(f"{where} {width}: {breach}")
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    faults.append(f"{where} {width}: scrolls sideways")
                if folder := os.environ.get("KYODO_TEST_PICTURES"):
                    name = path.strip("/").replace("/", "_")
                    page.screenshot(path=f"{folder}/{name}_{language}_{width}.png", full_page=True)
            if language == "en":
                foreign = japanese_on(page)
            else:
                foreign = [text for text in page.evaluate(ENGLISH_WORDS) if LATIN.search(KNOWN.sub("", text))]
            if foreign:
                faults.append(f"{where}: {foreign[:5]}")

    for path in OUTSIDE:
        look(path)
    page.context.add_cookies([{"name": "kyodo_language", "value": "ja", "url": home}])
    sign_in(page, home, "ops", people["ops"])
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    confirm(page, people["ops"])
    page.wait_for_url("**/webauthn/add/")
    for path in INSIDE:
        look(path)
    assert not faults, "\n".join(faults)
    assert [told for told in complaints if "403" not in told and "404" not in told] == []

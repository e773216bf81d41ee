"""A real site for a real browser: own data folder, own database, own port; ended by its process id."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
BIN = Path(sys.executable).parent
CHROMIUM = os.environ.get("KYODO_TEST_CHROMIUM") or shutil.which("chromium") or "chromium"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
PATIENCE_S = 90


@dataclass(frozen=True)
class Site:
    """A running site."""

    address: str
    data: Path

    def __call__(self, path: str) -> str:
        """The whole address of a path."""
        return self.address + path


@contextmanager
def served(data: Path, *options: str, host: str = "localhost", **settings: str) -> Iterator[Site]:
    """`kyodo run` on a data folder, until the block ends; `settings` are those of the environment (KYODO_…)."""
    port = _free_port()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("KYODO_")} | {
        "KYODO_DATA_DIR": str(data),
        "DJANGO_SETTINGS_MODULE": "kyodo.config.settings",
        "KYODO_ADDRESS": f"http://{host}:{port}",
        **settings,
    }
    log = data / "server.log"
    with log.open("wb") as output:
        command = [str(BIN / "kyodo"), "run", *options, "--workers", "1", "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait_for(f"http://localhost:{port}", server, log)
            yield Site(f"http://{host}:{port}", data)
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration region as `make run` opens it: server, workers, 62 municipalities with their needs."""
    with served(seeded(tmp_path_factory), "--demo") as running:
        yield running


def seeded(factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration region in it, made once for all processes of this run and copied for each."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made = shared / "seeded"
    with (shared / "seeded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            being_made = shared / "being-seeded"
            environment = {key: value for key, value in os.environ.items() if not key.startswith("KYODO_")}
            environment |= {"KYODO_DATA_DIR": str(being_made), "DJANGO_SETTINGS_MODULE": "kyodo.config.settings"}
            subprocess.run([str(BIN / "kyodo"), "demo"], cwd=ROOT, env=environment, check=True, capture_output=True)
            being_made.rename(made)
    data = factory.mktemp("site") / "data"
    shutil.copytree(made, data)
    return data


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the site does not answer:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as Debian packs it."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browser windows, each a visitor of its own, and closes them after the test."""
    contexts: list[BrowserContext] = []

    def open_one(*, width: int = 1280, height: int = 900, **options: object) -> BrowserContext:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened: Callable[..., BrowserContext]) -> Page:
    """A visitor at an ordinary screen."""
    return opened().new_page()


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fails on any breach of the accessibility rules on a page.

    The rules' source is evaluated through the debugger, which the page's content security policy doesn't govern: so
    the page is examined as people get it.
    """
    source = AXE.read_text(encoding="utf-8")

    def examine(page: Page) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(f"() => {{ {source} }}")
        found = page.evaluate("async () => (await window.axe.run(document, {resultTypes: ['violations']})).violations")
        told = [
            f"{breach['id']} ({breach['impact']}): {breach['help']}\n    "
            + "\n    ".join(f"{node['html'][:200]}\n      {node['failureSummary']}" for node in breach["nodes"][:5])
            for breach in found
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return examine

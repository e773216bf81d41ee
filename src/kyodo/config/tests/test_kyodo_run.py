"""`kyodo run`: one command, a page soon after; it ends with all that it started, and mends what dies."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

STARTS_WITHIN = 30 if os.environ.get("CI") else 15  # seconds, on a machine that is busy with other tests


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def running(data: Path, port: int):
    environment = os.environ | {
        "KYODO_DATA_DIR": str(data),
        "KYODO_DATABASE_URL": f"sqlite:///{data / 'kyodo.sqlite3'}",
    }
    command = [sys.executable, "-m", "kyodo.config.cli", "run", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=15)


def greeting(process) -> str:
    """The line that says the pages are there."""
    for line in process.stderr:
        if "Open http" in line:
            return str(line)
    raise AssertionError("it ended without a greeting")


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def children(pid: int) -> dict[int, str]:
    """All processes below `pid`, with their command lines."""
    found: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == pid:
                line = (folder / "cmdline").read_text().replace("\0", " ")
                found |= {int(folder.name): line} | children(int(folder.name))
    return found


def alive(pids) -> set[int]:
    return {pid for pid in pids if Path(f"/proc/{pid}").exists()}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes where Linux shows them")
def test_it_starts_answers_mends_itself_and_leaves_nothing_behind(data, port):
    with running(data, port) as process:
        assert f"http://localhost:{port}" in greeting(process)
        assert get(port, "/healthz") == (200, '{"status": "ok"}')
        began = time.monotonic()
        assert get(port, "/")[0] == 200
        assert time.monotonic() - began < 1.5

        until = time.monotonic() + 10
        while len(family := children(process.pid)) < 4 and time.monotonic() < until:
            time.sleep(0.05)
        quick = next(pid for pid, line in family.items() if "worker --queue quick" in line)
        os.kill(quick, signal.SIGKILL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            family = children(process.pid)
            if any("worker --queue quick" in line and pid != quick for pid, line in family.items()):
                break
            time.sleep(0.05)
        else:
            raise AssertionError("the worker did not come back")

        began = time.monotonic()
        process.terminate()
        assert process.wait(timeout=12) == 0
        assert time.monotonic() - began < 10
        assert alive(family) == set()

    with running(data, port) as process:
        began = time.monotonic()
        greeting(process)
        assert time.monotonic() - began < STARTS_WITHIN
        family = children(process.pid)
        # Even kill -9 of the whole leaves nothing behind.
        process.kill()
        until = time.monotonic() + 10
        while alive(family) and time.monotonic() < until:
            time.sleep(0.1)
        assert alive(family) == set()


def test_a_taken_port_is_told_with_the_remedy(data, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        with running(data, port) as process:
            _out, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert f"PORT={port + 1}" in said
    assert "Traceback" not in said


def test_the_help_needs_no_django():
    code = "import sys, kyodo.config.cli; sys.exit(any(name in sys.modules for name in ('django', 'numpy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

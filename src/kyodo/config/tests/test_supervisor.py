"""What keeps processes alive gives up in words, and ends even what does not want to end."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from kyodo.config import supervisor
from kyodo.config.supervisor import Child, Supervisor


@pytest.fixture(autouse=True)
def _signals_as_they_were():
    before = {which: signal.getsignal(which) for which in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)}
    yield
    for which, handler in before.items():
        signal.signal(which, handler)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_what_dies_five_times_in_a_minute_is_given_up(monkeypatch, capsys):
    monkeypatch.setattr(supervisor, "BACK_OFF", 0.001)
    good = Child("good", python("import time; time.sleep(60)"))
    assert Supervisor([good, Child("bad", python("raise SystemExit(3)"))]).run() == 1
    said = capsys.readouterr().err
    assert said.count("起動し直します") == 4
    assert "giving up" in said
    assert good.process is not None
    assert good.process.poll() is not None


def test_what_does_not_want_to_end_is_ended_with_its_children(monkeypatch, tmp_path):
    monkeypatch.setattr(supervisor, "GRACE", 0.3)
    note = tmp_path / "pid"
    stubborn = (
        "import os, signal, time, pathlib\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"if os.fork(): pathlib.Path({str(note)!r}).touch()\n"
        f"else: pathlib.Path({str(note)!r} + '.child').write_text(str(os.getpid()))\n"
        "time.sleep(60)\n"
    )
    child_note = tmp_path / "pid.child"
    Supervisor([Child("stubborn", python(stubborn))]).run(
        ready=lambda: note.exists() and bool(child_note.exists() and child_note.read_text()),
        when_ready=lambda: os.kill(os.getpid(), signal.SIGTERM),
    )
    until = time.monotonic() + 3
    while time.monotonic() < until:
        try:
            os.kill(int(child_note.read_text()), 0)
        except ProcessLookupError:
            return
        if "Z" in Path(f"/proc/{child_note.read_text()}/stat").read_text().rpartition(")")[2]:
            return  # dead, and only waits for somebody to notice
        time.sleep(0.05)
    raise AssertionError("a grandchild lives on")


def test_the_later_ones_wait_until_the_first_is_ready(tmp_path):
    order = tmp_path / "order"
    code = "import time; open({!r}, 'a').write('{} '); time.sleep(60)"
    first, later = [Child(name, python(code.format(str(order), name))) for name in ("first", "later")]

    def ready() -> bool:
        assert later.process is None
        return bool(order.exists() and order.read_text() == "first ")

    def stop_soon() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0.5)

    signal.signal(signal.SIGALRM, lambda *_how: os.kill(os.getpid(), signal.SIGTERM))
    assert Supervisor([first], later=[later]).run(ready=ready, when_ready=stop_soon) == 0
    assert order.read_text() == "first later "

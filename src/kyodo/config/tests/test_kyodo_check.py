"""`kyodo check` names what is wrong and what to do, and says nothing is wrong only when that is so."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from django.core import mail
from django.db import connection
from typer.testing import CliRunner, Result

from kyodo.core import clock
from kyodo.core.audit import triggers
from kyodo.core.checks import cli, data, registry
from kyodo.core.checks.registry import Level
from kyodo.core.jobs import pulse
from kyodo.core.jobs.rules import Queue

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(cli.check)
    return CliRunner().invoke(app, list(arguments))


def faults() -> list[str]:
    found = [finding for _part, finding in registry.findings() if finding.level is Level.FAULT]
    return [finding.sentence.format(**finding.facts) for finding in found]


@pytest.fixture
def healthy(settings: Any, tmp_path: Path) -> Any:
    """An installation as it should be, with a worker for each queue."""
    settings.DATA_DIR = tmp_path
    settings.SECRET_KEY = "".join(chr(97 + number % 26) for number in range(64))
    settings.ALLOWED_HOSTS = ["kyodo.example.lg.jp"]
    settings.BEHIND_TLS = True
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "kyodo@example.lg.jp"
    for queue in Queue:
        pulse.beat(queue, clock.now())
    return settings


def test_all_is_well_where_all_is_well(healthy: Any):
    answer = run("--lang", "en")
    assert answer.exit_code == 0, answer.output
    assert {line.split()[0] for line in answer.output.splitlines()} == {"ok"}


def test_a_fault_comes_with_its_remedy_in_both_languages_and_exit_code_1(healthy: Any):
    healthy.ALLOWED_HOSTS = ["*"]
    japanese, english = run(), run("--lang", "en")
    assert japanese.exit_code == english.exit_code == 1
    assert "KYODO_HOSTS に" in japanese.output
    assert "→" in english.output


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("SECRET_KEY", "short", "秘密鍵が短すぎます"),
        ("DEBUG", True, "DEBUG"),
        ("BEHIND_TLS", False, "https"),
        ("DEFAULT_FROM_EMAIL", "kyodo@localhost", "差出人"),
        ("DATA_DIR", "/proc", "書けません"),
    ],
)
def test_each_wrong_setting_is_found(healthy: Any, setting: str, value: object, said: str):
    assert faults() == []
    setattr(healthy, setting, value)
    assert [one for one in faults() if said in one]


def test_a_secret_key_that_others_may_read_is_a_fault(healthy: Any, tmp_path: Path):
    path = tmp_path / "secret_key"
    path.write_text("x")
    path.chmod(0o644)
    assert len(faults()) == 1
    path.chmod(0o600)
    assert faults() == []


def test_a_queue_without_a_worker_is_a_fault(healthy: Any):
    pulse.beat(Queue.HEAVY, clock.now() - timedelta(minutes=5))
    assert faults() == ["待ち行列 heavy の処理係が動いていません。"]


def test_a_record_without_its_guard_is_a_fault(healthy: Any):
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_entry_in_order{' ON audit_entry' if postgresql else ''}")
    assert "トリガーがありません" in faults()[0]
    triggers.install(connection)
    assert faults() == []


def test_little_room_is_told_and_too_little_is_a_fault(healthy: Any, monkeypatch: pytest.MonkeyPatch):
    for free, level in ((10**12, Level.OK), (10**9, Level.WARN), (10**6, Level.FAULT)):
        usage = SimpleNamespace(free=free)
        monkeypatch.setattr(data.shutil, "disk_usage", lambda _folder, usage=usage: usage)
        assert [finding.level for finding in data.check_storage()] == [level]


def test_a_mail_is_sent_only_when_asked_for(healthy: Any):
    healthy.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    run()
    assert mail.outbox == []
    assert run("--send", "hanako@example.lg.jp").exit_code == 0
    assert mail.outbox[0].to == ["hanako@example.lg.jp"]


def test_a_mail_server_that_is_away_is_a_fault(healthy: Any):
    healthy.EMAIL_HOST, healthy.EMAIL_PORT = "127.0.0.1", 9
    assert run("--send", "hanako@example.lg.jp").exit_code == 1


def test_a_check_that_the_database_stops_is_itself_a_fault(healthy: Any, monkeypatch: pytest.MonkeyPatch):
    from django.db import OperationalError

    def away() -> list[registry.Finding]:
        raise OperationalError("connection refused\nmore")

    monkeypatch.setattr(registry, "_parts", [registry.Part(1, "x", away)])
    assert faults() == ["データベースが答えないので、確かめられません（connection refused）。"]

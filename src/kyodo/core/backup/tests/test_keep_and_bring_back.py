"""What is kept comes back whole; what is damaged, newer or in the way is refused, and nothing is half restored."""

import hashlib
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from django.db import connection
from typer.testing import CliRunner

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.audit.models import Entry
from kyodo.core.audit.record import head
from kyodo.core.backup import cli, parts, restore, save, snapshot
from kyodo.core.backup.archive import MANIFEST, Damaged, Reader
from kyodo.core.backup.tables import carried
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
from kyodo.core.organisations.models import Kind

pytestmark = pytest.mark.django_db
CONTENT = "添付した資料".encode() * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@contextmanager
def taken_within_the_test() -> Iterator[snapshot.Snapshot]:
    """A snapshot of the test's own transaction, which nobody else can see."""
    if connection.vendor == "sqlite":
        yield snapshot.SqliteSnapshot(connection.connection)
    else:
        with connection.cursor() as cursor:
            yield snapshot.PostgresSnapshot(cursor)


@pytest.fixture
def kept(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup of two bodies; the name of one says which file belongs to it."""
    settings.DATA_DIR = tmp_path / "data"
    monkeypatch.setattr(save, "taken", taken_within_the_test)
    monkeypatch.setattr(parts, "_file_columns", {("organisations_organisation", "kana")})
    file = save.file_path(DIGEST)
    file.parent.mkdir(parents=True)
    file.write_bytes(CONTENT)
    for name, kana in (("檜原村\t\\\n", DIGEST), ("日の出町", "")):
        draft = OrganisationDraft(kind=Kind.TOWN, name=name, kana=kana)
        add_organisation(draft=draft, by=command(), at=clock.now())
    path = tmp_path / "kept.zip"
    save.save(path, at=clock.now())
    return path


def changed(path: Path, change: Callable[[dict[str, Any]], None]) -> Path:
    """The same backup with another manifest."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == MANIFEST:
                told = json.loads(content)
                change(told)
                content = json.dumps(told).encode()
            new.writestr(name, content)
    return other


def test_a_backup_holds_tables_files_head_and_no_key(kept: Path):
    reader = Reader(kept)
    assert list(reader.verify())
    assert (reader.manifest.entries, reader.manifest.head) == head()
    assert reader.manifest.files == (DIGEST,)
    assert reader.open(f"files/{DIGEST}").read() == CONTENT
    tables = {one.table.name: one for one in reader.manifest.tables}
    assert tables["audit_entry"].rows == Entry.objects.count() == 2
    assert "django_session" not in tables
    assert not [name for name in reader.zip.namelist() if "secret" in name]


def test_only_its_owner_may_read_it_and_nothing_is_left_beside_it(kept: Path):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(path.name for path in kept.parent.iterdir()) == ["data", "kept.zip"]


def test_a_file_of_that_name_stays_unless_told(kept: Path):
    before = kept.read_bytes()
    with pytest.raises(save.AlreadyThere):
        save.save(kept, at=clock.now())
    assert kept.read_bytes() == before
    later = clock.now() + timedelta(hours=1)
    save.save(kept, at=later, force=True)
    assert Reader(kept).manifest.made_at == later.astimezone(UTC).isoformat(timespec="seconds")


def test_a_backup_that_fails_leaves_the_old_one(kept: Path, monkeypatch: pytest.MonkeyPatch):
    before = kept.read_bytes()
    monkeypatch.setattr(save.Writer, "finish", lambda *_told: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        save.save(kept, at=clock.now(), force=True)
    assert kept.read_bytes() == before
    assert sorted(path.name for path in kept.parent.iterdir()) == ["data", "kept.zip"]


@pytest.mark.parametrize("what", ["gone", "damaged"])
def test_a_file_that_the_disk_lost_is_named_and_the_rest_is_kept(kept: Path, what: str):
    if what == "gone":
        save.file_path(DIGEST).unlink()
    else:
        save.file_path(DIGEST).write_bytes(b"x")
    manifest = save.save(kept, at=clock.now(), force=True)
    assert (manifest.files, manifest.missing) == ((), (DIGEST,))


def test_the_same_data_give_the_same_members(kept: Path):
    other = kept.with_name("other.zip")
    save.save(other, at=clock.now())
    with zipfile.ZipFile(kept) as one, zipfile.ZipFile(other) as two:
        assert one.namelist() == two.namelist()
        assert all(one.read(name) == two.read(name) for name in one.namelist() if name != MANIFEST)


def test_a_database_in_which_somebody_worked_is_left_alone(kept: Path):
    with pytest.raises(restore.NotEmpty) as refusal:
        restore.restore(kept)
    assert {"audit_entry", "organisations_organisation"} <= set(refusal.value.tables)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_backup_that_was_cut_off_is_refused(kept: Path, share: float):
    content = kept.read_bytes()
    kept.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(Damaged):
        restore.restore(kept)


def test_a_flipped_bit_is_found_and_its_member_is_named(kept: Path):
    content = bytearray(kept.read_bytes())
    content[bytes(content).index(CONTENT) + 100] ^= 1
    kept.write_bytes(content)
    with pytest.raises(Damaged) as fault:
        list(Reader(kept).verify())
    assert fault.value.member == f"files/{DIGEST}"


def test_a_table_that_was_exchanged_is_found(kept: Path):
    other = kept.with_name("exchanged.zip")
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"" if name == "tables/audit_entry.tsv" else old.read(name))
    with pytest.raises(Damaged) as fault:
        list(Reader(other).verify())
    assert fault.value.member == "tables/audit_entry.tsv"


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(format="kyodo-backup/2"),
        lambda told: told.update(files=["../../etc/passwd"]),
        lambda told: told["tables"][0]["table"].update(name='x"; DROP TABLE audit_entry; --'),
        lambda told: told["tables"][0]["table"]["columns"][0].update(kind="code"),
        lambda told: told.pop("head"),
    ],
)
def test_a_manifest_that_we_never_wrote_is_refused(kept: Path, change: Callable[[dict[str, Any]], None]):
    with pytest.raises(Damaged):
        Reader(changed(kept, change))


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(version="999.0.0"),
        lambda told: told["migrations"].update(audit=["0001_initial", "0999_from_the_future"]),
        lambda told: told["migrations"].update(a_module_of_the_future=["0001_initial"]),
    ],
)
def test_a_newer_backup_is_refused_before_anything_else(kept: Path, change: Callable[[dict[str, Any]], None]):
    with pytest.raises(restore.Newer):
        restore.restore(changed(kept, change))


@pytest.mark.parametrize("arguments", [["no/folder/x.zip"], ["{kept}"]])
def test_refusals_of_the_command_are_plain_words(kept: Path, arguments: list[str]):
    app = typer.Typer()
    app.command()(cli.backup)
    app.command()(cli.restore)
    told = [one.format(kept=kept) for one in arguments]
    for command_name in ("backup", "restore"):
        answer = CliRunner().invoke(app, [command_name, *told])
        assert answer.exit_code in {1, 2}
        assert "Traceback" not in answer.output
        assert answer.output.strip()


def test_derived_tables_are_not_carried(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parts, "_derived", {})
    parts.register_derived("names", tables=frozenset({"duties_duty"}), rebuild=lambda: None)
    assert "duties_duty" not in {table.name for table in carried()}
    with pytest.raises(ValueError, match="names"):
        parts.register_derived("names", rebuild=lambda: None)

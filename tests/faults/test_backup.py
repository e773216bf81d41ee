"""A backup that is taken while people write is one moment; it goes from database to database; a killed one is none."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kyodo.core.backup.portable import NULL, decoded
from tests.faults.conftest import SEED, Site
from tests.faults.installation import ROOT, Installation, available, installed
from tests.faults.writers import Crowd, Ledger

pytestmark = pytest.mark.kills

WRITERS = 8


def kyodo(here: Installation, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command on an installation."""
    command = [sys.executable, "-m", "kyodo.config.cli", *words]
    return subprocess.run(command, cwd=ROOT, env=here.environment, capture_output=True, text=True, check=False)


def manifest(path: Path) -> Any:
    """What the file says of itself."""
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))


def rows(path: Path) -> dict[str, list[list[Any]]]:
    """All rows of a backup; JSON as what it means, since PostgreSQL writes it in an order of its own."""
    told = {}
    with zipfile.ZipFile(path) as file:
        for one in json.loads(file.read("manifest.json"))["tables"]:
            kinds = [column["kind"] for column in one["table"]["columns"]]
            lines = file.read(f"tables/{one['table']['name']}.tsv").decode().split("\n")[:-1]
            told[one["table"]["name"]] = [
                [
                    json.loads(decoded(field)) if kind == "json" and field != NULL else field
                    for kind, field in zip(kinds, line.split("\t"), strict=True)
                ]
                for line in lines
            ]
    return told


def taken_under_load(site: Site, path: Path) -> None:
    """A backup in the midst of writing."""
    ledger = Ledger()
    crowd = Crowd(site.here.port, site.people, ledger, prefix=f"控えの間 {path.stem}", seed=SEED)
    crowd.begin(WRITERS)
    time.sleep(0.5)
    done = kyodo(site.here, "backup", str(path))
    crowd.end()
    assert done.returncode == 0, done.stderr
    assert not [status for status in ledger.seen if status >= 500], ledger.seen
    verified = kyodo(site.here, "audit", "verify").stdout
    assert manifest(path)["entries"] < int(verified.split()[0]), "nobody wrote after the snapshot"


def test_a_backup_under_load_goes_to_the_other_database_and_back(site: Site, tmp_path: Path):
    way = next((one for one in available() if one != site.here.database), site.here.database)
    first, second, third = (tmp_path / name for name in ("first.zip", "second.zip", "third.zip"))
    taken_under_load(site, first)
    told = manifest(first)
    with installed(way, tmp_path / "way") as there:
        there.folder.mkdir()
        done = kyodo(there, "restore", str(first))
        assert done.returncode == 0, done.stderr
        assert f"{told['entries']} entries\nhead {told['head']}" in done.stdout
        assert told["head"] in kyodo(there, "audit", "verify").stdout
        assert there.ask("check", posted={}, backed=[], moved=[]) == []
        assert kyodo(there, "backup", str(second)).returncode == 0
        assert kyodo(there, "restore", str(first)).returncode == 1, "a filled database is left alone"
        _writing_goes_on(there, told)
    with installed(site.here.database, tmp_path / "back") as back:
        back.folder.mkdir()
        assert kyodo(back, "restore", str(second)).returncode == 0
        assert kyodo(back, "backup", str(third)).returncode == 0
    assert rows(third) == rows(first)
    assert [manifest(one)["head"] for one in (second, third)] == [told["head"]] * 2


PARTS = """
import hashlib, sys
from pathlib import Path
import django
django.setup()
from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.backup import parts, restore, save
from kyodo.core.duties.models import Duty
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation
from kyodo.core.organisations.models import Kind, Organisation

def rebuild():
    body = Organisation.objects.get(name="控え町1")
    Duty.objects.create(organisation=body, name="作り直した係")

parts.register_file_column("organisations_organisation", "kana")
parts.register_derived("duties", tables=frozenset({"duties_duty", "duties_dutyholding"}), rebuild=rebuild)
"""
KEEP = """
for number in range(5):
    content = bytes(range(256)) * 1000 * number
    digest = hashlib.sha256(content).hexdigest()
    file = save.file_path(digest)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    draft = OrganisationDraft(kind=Kind.TOWN, name=f"控え町{number}", kana=digest)
    add_organisation(draft=draft, by=command(), at=clock.now())
save.file_path("f" * 64).parent.mkdir(parents=True, exist_ok=True)
save.file_path("f" * 64).write_bytes(b"named by no row")
save.save(Path(sys.argv[1]), at=clock.now())
"""
BRING_BACK = """
restore.restore(Path(sys.argv[1]))
print(list(Duty.objects.values_list("name", flat=True)))
"""


@pytest.mark.parametrize("database", available())
def test_files_come_back_byte_by_byte_and_what_is_derived_is_made_anew(database: str, tmp_path: Path):
    path = tmp_path / "kept.zip"
    folders = tmp_path / "before", tmp_path / "after"
    for folder in folders:
        folder.mkdir()
    with installed(database, folders[0]) as here, installed(database, folders[1]) as there:
        here.ask("prepare", towns=1)
        _script(here, PARTS + KEEP, path)
        assert "作り直した係" in _script(there, PARTS + BRING_BACK, path)
    kept, back = (
        {file.name: file.read_bytes() for file in (folder / "files").rglob("*") if file.is_file()} for folder in folders
    )
    assert len(back) == 5
    assert kept == {**back, "f" * 64: b"named by no row"}


def _script(here: Installation, script: str, path: Path) -> str:
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, cwd=ROOT, env=here.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _writing_goes_on(there: Installation, told: Any) -> None:
    """New rows get new numbers: those of rows that are gone are in the record."""
    script = (
        "import django; django.setup()\n"
        "from kyodo.core import clock\n"
        "from kyodo.core.access.actor import command\n"
        "from kyodo.core.organisations.actions import OrganisationDraft, add_organisation\n"
        "from kyodo.core.organisations.models import Kind\n"
        "draft = OrganisationDraft(kind=Kind.TOWN, name='新町')\n"
        "print(add_organisation(draft=draft, by=command(), at=clock.now()).pk)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=there.environment, capture_output=True, text=True, check=True
    )
    (organisations,) = [one for one in told["tables"] if one["table"]["name"] == "organisations_organisation"]
    assert int(done.stdout) == organisations["last"] + 1


def test_a_killed_backup_leaves_no_file_and_the_next_one_is_whole(site: Site, tmp_path: Path):
    chance, path = random.Random(SEED), tmp_path / "kept.zip"
    command = [sys.executable, "-m", "kyodo.config.cli", "backup", str(path)]
    killed_while_writing = 0
    for _time in range(40):
        running = subprocess.Popen(command, cwd=ROOT, env=site.here.environment, stdout=subprocess.DEVNULL)
        partial = tmp_path / ".kept.zip.part"
        before = partial.stat().st_mtime_ns if partial.exists() else 0
        while running.poll() is None and (not partial.exists() or partial.stat().st_mtime_ns == before):
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.03))
        running.kill()
        running.wait()
        killed_while_writing += not path.exists()
        if killed_while_writing == 5:
            break
        path.unlink(missing_ok=True)
    assert killed_while_writing == 5
    assert not path.exists()
    assert kyodo(site.here, "backup", str(path)).returncode == 0
    assert [one.name for one in tmp_path.iterdir()] == ["kept.zip"]
    assert manifest(path)["entries"] > 0

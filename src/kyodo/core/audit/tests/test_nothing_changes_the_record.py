"""What stands in the way of whoever wants to change the record, and how it comes out if somebody did all the same."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from kyodo.core.audit import chain, proof, triggers
from kyodo.core.audit.cli import app
from kyodo.core.audit.models import Entry, EntryValues
from tests.region import Region

pytestmark = pytest.mark.django_db

TAMPERING = (
    "UPDATE audit_entry SET text = '{}' WHERE sequence = 1",
    "DELETE FROM audit_entry WHERE sequence = 1",
    "INSERT INTO audit_entry (sequence, text, digest, at, action, subject_kind) "
    "VALUES (1, '{}', '', '2026-01-01', 'x', 'y')",
    "INSERT INTO audit_entry (sequence, text, digest, at, action, subject_kind) "
    "VALUES (99, '{}', '', '2026-01-01', 'x', 'y')",
)


@pytest.mark.parametrize("statement", TAMPERING)
def test_the_database_itself_refuses_to_change_remove_overwrite_or_skip_an_entry(region: Region, statement):
    region.need()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_sqlites_replace_and_postgresqls_truncate_are_refused_too(region: Region):
    region.need()
    statement = (
        "TRUNCATE audit_entry CASCADE"
        if connection.vendor == "postgresql"
        else TAMPERING[2].replace("INSERT INTO", "INSERT OR REPLACE INTO")
    )
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_all_triggers_stand_guard_after_a_migration(db):
    assert triggers.missing() == set()


def without_triggers(statement: str, *params: object) -> None:
    """Edit the table as the owner of the database can, behind the application's back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        else:
            for name in triggers.SQLITE:
                cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement, params)


EDITS = [
    ("UPDATE audit_entry SET text = replace(text, 'posted', 'edited') WHERE sequence = 2", "text"),
    ("UPDATE audit_entry SET action = 'needs.edited' WHERE sequence = 2", "columns"),
    ("UPDATE audit_entry SET actor_id = 99 WHERE sequence = 2", "columns"),
    ("UPDATE audit_entry SET at = '2020-01-01 00:00:00+00:00' WHERE sequence = 2", "columns"),
    ("UPDATE audit_entryvalues SET values = replace(values, '窓口', '裏口') WHERE entry_id = 2", "value"),
]


@pytest.mark.parametrize(("statement", "code"), EDITS)
def test_an_entry_that_was_edited_behind_the_back_is_named(region: Region, statement, code):
    for _ in range(3):
        region.need()
    if "audit_entryvalues" in statement:
        statement = statement.replace("SET values = replace(values", 'SET "values" = replace("values"')
    without_triggers(statement)
    verdict = proof.verify_live()
    assert verdict.fault == chain.Fault(sequence=2, code=code)
    assert verdict.entries == 1


def test_an_entry_that_was_taken_out_is_named(region: Region):
    for _ in range(3):
        region.need()
    EntryValues.objects.filter(entry_id=2).delete()
    without_triggers("DELETE FROM audit_entry WHERE sequence = 2")
    assert proof.verify_live().fault == chain.Fault(sequence=2, code="missing")


def test_whoever_recomputes_the_digest_of_an_edited_entry_breaks_the_next_one(region: Region):
    for _ in range(3):
        region.need()
    text = Entry.objects.get(pk=2).text.replace("posted", "edited")
    without_triggers(
        "UPDATE audit_entry SET text = %s, digest = %s, action = 'needs.edited' WHERE sequence = 2",
        text,
        chain.digest(text),
    )
    assert proof.verify_live().fault == chain.Fault(sequence=3, code="chain")


def test_the_command_proves_the_live_record_and_an_export_alike(region: Region, tmp_path):
    for _ in range(3):
        region.need()
    export = tmp_path / "record.jsonl"
    export.write_text("".join(proof.export_lines()), encoding="utf-8")
    live, exported = (CliRunner().invoke(app, ["verify", *file]) for file in ([], [str(export)]))
    assert live.exit_code == exported.exit_code == 0
    assert live.stdout == exported.stdout
    assert f"{Entry.objects.count()} entries" in live.stdout
    assert Entry.objects.last().digest in live.stdout


def test_the_command_names_the_broken_entry_of_an_export(region: Region, tmp_path):
    for _ in range(3):
        region.need()
    lines = list(proof.export_lines())
    broken = json.loads(lines[1])
    broken["values"]["title"]["new"] = "別の件名"
    export = tmp_path / "record.jsonl"
    export.write_text("".join([lines[0], json.dumps(broken) + "\n", *lines[2:]]), encoding="utf-8")
    answer = CliRunner().invoke(app, ["verify", str(export)])
    assert answer.exit_code == 1
    assert "entry 2" in answer.stderr


@pytest.mark.parametrize("content", [b"not json\n", b"\xff\xfe\n", b'{"digest": 1}\n', b"[]\n"])
def test_a_file_that_is_no_export_is_refused_with_its_line(tmp_path, content):
    file = tmp_path / "x.jsonl"
    file.write_bytes(content)
    answer = CliRunner().invoke(app, ["verify", str(file)])
    assert answer.exit_code == 2
    assert "x.jsonl:1" in answer.stderr


def chained(contents: list[str]) -> list[chain.Link]:
    previous, links = chain.START, []
    for number, what in enumerate(contents, start=1):
        value = chain.sealed(None, what)
        text = chain.canonical(
            {"sequence": number, "previous": previous, "fields": {"what": chain.digest_of_value(value)}}
        )
        previous = chain.digest(text)
        links.append(chain.Link(number, previous, text, None, {"what": value}))
    return links


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8), st.data())
def test_any_change_of_any_kept_byte_is_found(contents, data):
    links = chained(contents)
    assert chain.verify(links).entries == len(contents)
    at = data.draw(st.integers(0, len(links) - 1))
    link = links[at]
    place = data.draw(st.integers(0, len(link.text) - 1))
    other = data.draw(st.characters().filter(lambda char: char != link.text[place]))
    changed = link.text[:place] + other + link.text[place + 1 :]
    links[at] = chain.Link(link.sequence, link.digest, changed, None, link.values)
    verdict = chain.verify(links)
    assert verdict.fault is not None
    assert verdict.fault.sequence == at + 1


@given(st.lists(st.text(max_size=5), min_size=2, max_size=6), st.data())
def test_entries_that_changed_places_or_were_left_out_are_found(contents, data):
    links = chained(contents)
    at = data.draw(st.integers(0, len(links) - 2))
    assert not chain.verify([*links[:at], *links[at + 1 :]]).holds
    links[at], links[at + 1] = links[at + 1], links[at]
    assert chain.verify(links).fault == chain.Fault(sequence=at + 1, code="missing")

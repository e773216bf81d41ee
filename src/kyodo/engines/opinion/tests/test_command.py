"""`kyodo opinion` on files: exit codes, where results and faults go, both languages."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from kyodo.engines.opinion.cli import app
from kyodo.engines.opinion.tests.drawn import groups_in, planted, statements_of, written

ROWS, _GROUPS = planted(1)


@pytest.fixture
def run(tmp_path):
    """Write a conversation and analyse it."""

    def go(*more, rows=ROWS):
        votes, table = written(tmp_path, rows, statements_of(24))
        return CliRunner().invoke(app, ["analyse", str(votes), "--statements", str(table), *more])

    return go


def test_the_result_goes_to_standard_output_as_json(run):
    answer = run()
    assert answer.exit_code == 0
    document = json.loads(answer.stdout)
    assert (document["format"], document["state"]) == ("kyodo-opinion/1", "ok")
    assert 0 <= document["stability"] <= 1
    assert len(document["groups"]) == document["k"]
    assert {"explanations", "minority", "flagged", "without_flagged"} <= document.keys()
    assert "34 × 24" in answer.stderr


def test_the_result_goes_to_a_file_where_one_is_named(run, tmp_path):
    out = tmp_path / "r.json"
    answer = run("--out", str(out), "--method", "polis")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert json.loads(out.read_text(encoding="utf-8"))["method"] == "polis"


def test_names_of_any_kind_make_valid_json(run):
    rows = [(f'""{person}}}, {{ \\\\', statement, vote) for person, statement, vote in ROWS]
    rows = [(f'"{person}"', statement, vote) for person, statement, vote in rows]
    document = json.loads(run(rows=rows).stdout)
    assert all(each["id"].startswith('"') and "}, {" in each["id"] for each in document["participants"])


def test_too_few_votes_are_no_failure(run):
    answer = run(rows=[])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["state"] == "too_few_votes"


def test_the_language_is_chosen(run):
    japanese, english = (json.loads(run("--lang", lang).stdout)["explanations"] for lang in ("ja", "en"))
    assert "グループ" in japanese[0]["text"]
    assert english[0]["text"].startswith("The ")


def test_an_earlier_result_keeps_the_numbers(run, tmp_path):
    first = tmp_path / "r0.json"
    assert run("--out", str(first)).exit_code == 0
    document = json.loads(first.read_text(encoding="utf-8"))
    for each in document["participants"]:
        each["group"] = None if each["group"] is None else 9 - each["group"]
    other = tmp_path / "r1.json"
    other.write_text(json.dumps(document), encoding="utf-8")
    again = json.loads(run("--previous", str(other)).stdout)
    assert groups_in(again) == groups_in(document)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"format": "other"}',
        '{"format": "kyodo-opinion/1"}',
        '{"format": "kyodo-opinion/1", "participants": [{"id": "1"}]}',
    ],
)
def test_an_earlier_result_that_is_none_exits_with_2(run, tmp_path, content):
    path = tmp_path / "r0.json"
    path.write_text(content, encoding="utf-8")
    answer = run("--previous", str(path))
    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"{path}:$")
    assert "Traceback" not in answer.stderr


def test_bad_input_exits_with_2_and_one_line_a_fault(run):
    answer = run("--lang", "en", rows=[("1", "1", 2), ("1", "99", 1)])
    assert (answer.exit_code, answer.stdout) == (2, "")
    lines = answer.stderr.splitlines()
    assert lines[0].endswith("votes.csv:2: vote is 2: 1 (agree), 0 (pass), -1 (disagree)")
    assert lines[1].endswith("votes.csv:3: statement 99 is not in the table of statements: a statement of that table")


def test_past_fifty_faults_only_the_number_is_told(run):
    answer = run(rows=[("1", "1", 9)] * 60)
    assert len(answer.stderr.splitlines()) == 51
    assert answer.stderr.splitlines()[-1].endswith("+10")


@pytest.mark.parametrize("more", [["--lang", "fr"], ["--method", "magic"], ["--out", "/nowhere/r.json"]])
def test_a_wrong_option_exits_with_2(run, more):
    assert run(*more).exit_code == 2


def test_statements_are_asked_for(tmp_path):
    assert CliRunner().invoke(app, ["analyse", str(tmp_path / "v.csv")]).exit_code == 2


def test_like_statements_are_listed_for_the_moderator(tmp_path):
    path = tmp_path / "s.csv"
    path.write_text(
        "statement,text,moderated\n"
        "1,図書館を夜遅くまで開けてほしい,1\n2,図書館は夜遅くまで開けてほしいです,1\n"
        "3,バスの本数を増やしてほしい,1\n4,図書館を夜遅くまで開けてほしい,-1\n",
        encoding="utf-8",
    )
    answer = CliRunner().invoke(app, ["like", str(path)])
    assert answer.exit_code == 0
    header, *pairs = csv.reader(io.StringIO(answer.stdout))
    assert header == ["statement1", "statement2", "score", "words"]
    assert [pair[:2] for pair in pairs] == [["1", "2"]]
    assert "図書" in pairs[0][3]

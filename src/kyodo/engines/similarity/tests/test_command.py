"""`kyodo similarity` on files: what it writes, and how it refuses."""

from __future__ import annotations

import csv
import io

import pytest
from typer.testing import CliRunner

from kyodo.engines.similarity.cli import app

NEEDS = "id,title,body\na,窓口が混む,証明の日\nb,待ち時間の苦情,窓口で長い\nc,給食の献立,\n"
LINES = (
    "line_id,body,text,quantity,unit\n"
    "1,檜原村,コピー用紙 A4,3,箱\n2,奥多摩町,PPC用紙 Ａ４,4,箱\n3,檜原村,コピー用紙 A4,3,冊\n"
)


@pytest.fixture
def run(tmp_path):
    """Write a file and run a command on it."""

    def go(command, content, *more):
        path = tmp_path / "in.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(app, [command, str(path), *more])

    return go


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_each_need_gets_the_three_most_like_it(run):
    answer = run("like", NEEDS)
    assert answer.exit_code == 0
    header, first, *others = rows(answer.stdout)
    assert header == ["id", "ranked1", "ranked2", "ranked3"]
    assert first == ["a", "b", "", ""]
    assert [row[0] for row in others] == ["b", "c"]


def test_each_line_gets_its_cluster_and_a_score(run, tmp_path):
    out = tmp_path / "c.csv"
    answer = run("merge", LINES, "--out", str(out))
    assert (answer.exit_code, answer.stdout) == (0, "")
    header, *made = rows(out.read_text(encoding="utf-8"))
    assert header == ["line_id", "cluster", "score"]
    assert [row[:2] for row in made] == [["1", "1"], ["2", "1"], ["3", "2"]]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_files_from_excel_are_read(run, encoding):
    assert run("like", NEEDS.encode(encoding)).exit_code == 0


@pytest.mark.parametrize(
    ("command", "content", "told"),
    [
        ("like", "id,title\na,b\n", ":1: no column body:"),
        ("like", "id,title,body\n,x,y\n", ":2: id is empty:"),
        ("like", "id,title,body\na,x,y\na,x,y\n", ":3: id a is on line 2 too:"),
        ("like", "id,title,body\na,x\n", ":2: 2 cells:"),
        ("like", "id,title,body\n", ":2: no rows:"),
        ("like", "", ":1: no column id:"),
        ("like", b"\xff\xfe\x00\x81", ":1: neither UTF-8 nor CP932:"),
        ("merge", "line_id,body,text,quantity,unit\n1,a,x,many,台\n", ":2: quantity many:"),
        ("merge", "line_id,body,text,quantity,unit\n1,a,x,1,\n", ":2: unit is empty:"),
    ],
)
def test_a_fault_is_told_with_its_line(run, command, content, told):
    answer = run(command, content)
    assert answer.exit_code == 2
    assert told in answer.stderr
    assert answer.stdout == ""


def test_all_faults_are_told_at_once_the_first_fifty_by_line(run):
    answer = run("like", "id,title,body\n" + ",x,y\n" * 60)
    assert answer.stderr.count("id is empty") == 50
    assert "+10" in answer.stderr


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    answer = CliRunner().invoke(app, ["merge", str(tmp_path / "none.csv")])
    assert answer.exit_code == 2
    assert "can't be read" in answer.stderr

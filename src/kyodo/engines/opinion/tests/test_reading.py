"""Files as they come: encodings, spreadsheets, compressed; and every fault told with its line."""

from __future__ import annotations

import gzip

import pytest

from kyodo.engines.opinion import reading
from kyodo.engines.opinion.faults import BadInputError
from kyodo.engines.opinion.reading import read_statements, read_votes
from kyodo.engines.opinion.tests.drawn import planted, read, statements_of, written

HEAD = b"participant,statement,vote\n"


@pytest.fixture
def faults_of(tmp_path):
    """The faults of a votes file with these bytes, where statements 0 to 9 are known."""

    def told(content, read=read_votes):
        path = tmp_path / "v.csv"
        path.write_bytes(content)
        with pytest.raises(BadInputError) as refused:
            read(path, statements_of(10)) if read is read_votes else read(path)
        return [fault.said("ja") for fault in refused.value.faults]

    return told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + b"1,1,1\n1,2,2\n", "3: vote が 2 です: 1（賛成）、0（保留）、-1（反対）"),
        (HEAD + b"1,1,yes\n", "2: vote が yes です: 1（賛成）、0（保留）、-1（反対）"),
        (HEAD + b"1,1,\n", "2: vote が  です: 1（賛成）、0（保留）、-1（反対）"),
        (HEAD + b"1,1,-0\n", "2: vote が -0 です: 1（賛成）、0（保留）、-1（反対）"),
        (b"participant,vote\n1,1\n", "1: 列 statement がありません: 列 participant,statement,vote"),
        (b"", "1: 空のファイルです: 見出しのある CSV"),
        (b"\n \n", "1: 空のファイルです: 見出しのある CSV"),
        (HEAD + b"1,1,1\n1,2", "3: 2 列です: 見出しと同じ 3 列"),
        (HEAD + b"1,1,1\n1,2,1,1\n", "3: 4 列です: 見出しと同じ 3 列"),
        (HEAD + b"1,1,1\n1,77,1\n", "3: 意見 77 は意見の表にありません: 意見の表にある statement"),
        (HEAD + b",1,1\n", "2: participant が空か、長すぎます: 200 字以内の番号か名前"),
        (HEAD + b'"' + b"x" * 201 + b'",1,1\n', "2: participant が空か、長すぎます: 200 字以内の番号か名前"),
        (b"\xff\xfe\x00\x81", "1: UTF-8 でも CP932 でもありません: UTF-8 の CSV"),
    ],
)
def test_a_fault_is_told_with_its_line(faults_of, content, told):
    assert faults_of(content) == [told]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("statement,text,moderated\n1,a,1\n1,b,1\n", "3: 意見 1 は 2 行目にもあります: 一度だけ"),
        ("statement,text,moderated\n1,a,5\n", "2: moderated が 5 です: 1（承認）、0（未確認）、-1（却下）"),
        ("statement,text,moderated\n,a,1\n", "2: statement が空か、長すぎます: 200 字以内の番号か名前"),
        ("statement,text\n1,a\n", "1: 列 moderated がありません: 列 statement,text,moderated"),
        ("", "1: 空のファイルです: 見出しのある CSV"),
    ],
)
def test_so_is_one_of_the_statements(faults_of, content, told):
    assert faults_of(content.encode(), read_statements) == [told]


def test_all_faults_are_told_at_once_the_first_fifty_and_a_count(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(HEAD + b"1,1,7\n1,99,1\n" * 40)
    with pytest.raises(BadInputError) as refused:
        read_votes(path, statements_of(10))
    assert (len(refused.value.faults), refused.value.more) == (50, 30)
    assert refused.value.faults[1].where == "3"


def test_a_header_alone_is_a_conversation_without_votes(tmp_path):
    path = tmp_path / "v.csv"
    for content in (HEAD, HEAD.strip(), b"\xef\xbb\xbf" + HEAD):
        path.write_bytes(content)
        assert len(read_votes(path, statements_of(10)).value) == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_names_and_texts_are_read_in_either_encoding(tmp_path, encoding):
    rows = [("住民一", "甲", 1), ("住民二", "甲", -1)]
    statements = [reading.Statement("甲", "図書館を、夜も\n開ける"), reading.Statement("乙", "“あ”")]
    if encoding == "cp932":
        statements[1] = reading.Statement("乙", "①")
    votes = read(tmp_path, rows, statements, encoding=encoding)
    assert list(votes.participants) == ["住民一", "住民二"]
    assert {each.id: each.text for each in votes.statements} == {each.id: each.text for each in statements}


def _same(one, other):
    assert list(one.participants) == list(other.participants)
    for name in ("row", "column", "value"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_the_fast_reader_reads_what_the_careful_one_reads(tmp_path, monkeypatch):
    rows, _groups = planted(1, sizes=(40, 30))
    rows += [("123456789012345678", "3", 1), ("0", "0", -1), (str(2**24 + 5), "5", 0)]
    votes, table = written(tmp_path, rows, statements_of(30))
    statements = read_statements(table)
    monkeypatch.setattr("kyodo.engines.opinion.numbers.BLOCK", 5000)
    fast = read_votes(votes, statements)
    for change in (
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        gzip.compress,
        bytes.strip,
    ):
        other = tmp_path / "other.csv"
        other.write_bytes(change(votes.read_bytes()))
        _same(read_votes(other, statements), fast)
    monkeypatch.setattr(reading, "plain_rows", lambda data: None)
    _same(read_votes(votes, statements), fast)


@pytest.mark.parametrize(
    "line",
    [
        b"01,1,1\n",
        b"1 ,1,1\n",
        b'"1",1,1\n',
        b"a,1,1\n",
        b"1,1,\xef\xbc\x91\n",
        b"9999999999999999999,1,1\n",
        b"\n1,1,1\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_careful_reader(tmp_path, line):
    import numpy as np

    content = HEAD + b"5,2,-1\n" + line
    assert reading.plain_rows(np.frombuffer(content, dtype=np.uint8)) is None
    path = tmp_path / "v.csv"
    path.write_bytes(content)
    assert read_votes(path, statements_of(10)).value.tolist().count(1) == 1


def test_what_a_spreadsheet_makes_of_a_minus_is_one(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(HEAD + "1,1,−1\n1,2,▲1\n1,3,△1\n1,4,－1\n1,5,１\n1,6,０\n".encode())
    assert read_votes(path, statements_of(10)).value.tolist() == [-1, -1, -1, -1, 1, 0]


def test_more_columns_and_another_order_do_no_harm(tmp_path):
    path = tmp_path / "v.csv"
    path.write_bytes(b"time,vote,participant,statement\n9:00,-1,7,3\n")
    votes = read_votes(path, statements_of(10))
    assert (list(votes.participants), votes.column.tolist(), votes.value.tolist()) == (["7"], [3], [-1])


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(BadInputError):
        read_votes(tmp_path / "none.csv", statements_of(1))

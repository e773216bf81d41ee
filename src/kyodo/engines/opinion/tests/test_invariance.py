"""What must not matter does not: the order of rows, names, a file said twice, threads, another run."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.tests.drawn import planted, statements_of, votes_of, written

SEEDS = st.integers(0, 2**30)


def small(seed):
    return planted(seed, sizes=(9, 8, 6), statements=14)[0]


@pytest.mark.parametrize("method", ["robust", "polis"])
@settings(max_examples=12, deadline=None, derandomize=True)
@given(seed=SEEDS)
def test_the_order_of_rows_changes_nothing(method, seed):
    rows = small(seed)
    statements = statements_of(14, {2})
    first = analyse(votes_of(rows, statements), method=method).document()
    random.Random(seed).shuffle(rows)
    assert analyse(votes_of(rows, statements), method=method).document() == first


@pytest.mark.parametrize("method", ["robust", "polis"])
@settings(max_examples=12, deadline=None, derandomize=True)
@given(seed=SEEDS)
def test_other_names_change_nothing_but_names(method, seed):
    rows = small(seed)
    names = sorted({person for person, _statement, _vote in rows})
    other = [f"住民{number}" for number in range(len(names))]
    random.Random(seed).shuffle(other)
    renamed = dict(zip(names, other, strict=True))
    statements = statements_of(14)
    first = analyse(votes_of(rows, statements), method=method).document()
    again = analyse(votes_of([(renamed[p], s, v) for p, s, v in rows], statements), method=method).document()
    place = {each["id"]: each for each in again["participants"]}
    for each in first.pop("participants"):
        assert place[renamed[each["id"]]] == each | {"id": renamed[each["id"]]}
    again.pop("participants")
    assert again.get("flagged") == first.get("flagged") == ([] if method == "robust" else None)
    assert again == first


@pytest.mark.parametrize("method", ["robust", "polis"])
def test_a_file_said_twice_changes_nothing(method):
    rows = [*small(4), ("1", "3", 1), ("1", "3", -1)]
    statements = statements_of(14)
    once = analyse(votes_of(rows, statements), method=method).document()
    assert analyse(votes_of(rows + rows, statements), method=method).document() == once


def test_the_last_vote_wins():
    rows = small(4)
    person, statement, vote = rows[0]
    changed = [*rows, (person, statement, -1 if vote == 1 else 1)]
    replaced = [changed[-1], *rows[1:]]
    statements = statements_of(14)
    assert analyse(votes_of(changed, statements)).document() == analyse(votes_of(replaced, statements)).document()


def test_huge_and_odd_ids_are_kept_as_they_are(tmp_path):
    from kyodo.engines.opinion.tests.drawn import groups_in, read, same_groups

    rows = small(6)
    plain = analyse(read(tmp_path, rows, statements_of(14))).document()
    for lead in ("9" * 30, "12345678901", "007", "あ"):
        votes = read(tmp_path, [(lead + p.zfill(3), s, v) for p, s, v in rows], statements_of(14))
        document = analyse(votes).document()
        groups = {name[len(lead) :].lstrip("0"): group for name, group in groups_in(document).items()}
        assert same_groups(groups, groups_in(plain)), lead


def test_ids_that_are_numbers_are_sorted_as_such(tmp_path):
    from kyodo.engines.opinion.tests.drawn import read

    votes = read(tmp_path, [("10", "0", 1), ("9", "0", 1), ("b", "0", 1), ("-3", "0", 1)], statements_of(1))
    assert list(votes.participants) == ["-3", "9", "10", "b"]


def test_one_thread_or_two_and_another_run_give_the_same_file(tmp_path):
    rows, _groups = planted(3, sizes=(160, 130, 90), statements=300, seen=0.3)
    votes, statements = written(tmp_path, rows, statements_of(300))
    code = "from kyodo.config.cli import main; main()"
    results = set()
    for threads in ("1", "2", "2"):
        out = tmp_path / "r.json"
        command = [sys.executable, "-c", code, "opinion", "analyse", str(votes), "--statements", str(statements)]
        environment = os.environ | {"OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        subprocess.run([*command, "--out", str(out)], check=True, capture_output=True, env=environment)
        results.add(out.read_bytes())
    assert len(results) == 1

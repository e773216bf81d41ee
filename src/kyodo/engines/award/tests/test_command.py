"""`kyodo award` on files: exit codes, where results and faults go, both languages."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from kyodo.engines.award.cli import app
from kyodo.engines.award.tests.tenders import lamp_tender, offer


@pytest.fixture
def run(tmp_path):
    """Write a document to a file and run a command of `kyodo award` on it."""

    def go(command, document, *more):
        path = tmp_path / "problem.json"
        path.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return CliRunner().invoke(app, [command, str(path), *more])

    return go


def test_the_result_goes_to_standard_output_as_json(run):
    answer = run("solve", lamp_tender())
    assert answer.exit_code == 0
    result = json.loads(answer.stdout)
    assert (result["format"], result["status"], result["total"]) == ("kyodo-award-result/1", "optimal", 3000)


def test_the_result_goes_to_a_file_where_one_is_named(run, tmp_path):
    out = tmp_path / "r.json"
    answer = run("solve", lamp_tender(), "--out", str(out), "--what-if", "without:a", "--what-if", "rules")
    assert (answer.exit_code, answer.stdout) == (0, "")
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["what_if"] == [{"change": "without:a", "total": 3300, "status": "optimal"}]
    assert result["rule_prices"] == [{"rule": "single_source_per_lot", "total_without": 3000, "status": "optimal"}]


def test_an_infeasible_tender_exits_with_1_and_writes_why(run):
    answer = run("solve", lamp_tender(offers=[]), "--lang", "en")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout)["infeasible_because"][0]["text"] == "Nobody offers lamp/e."


def test_bad_input_exits_with_2_and_one_line_a_fault(run):
    document = lamp_tender()
    document["offers"][0]["tiers"][0]["unit_price"] = -1
    document["demands"][1]["quantity"] = 0
    answer = run("solve", document, "--lang", "en")
    assert (answer.exit_code, answer.stdout) == (2, "")
    lines = answer.stderr.splitlines()
    assert len(lines) == 2
    assert lines[1].endswith("$.offers[0].tiers[0].unit_price: is too small (-1): a whole number of at least 0")


def test_only_the_first_fifty_faults_are_listed_then_a_count(run):
    document = lamp_tender(offers=[offer(f"o{n}", "z", -1) for n in range(40)])
    answer = run("solve", document)
    assert answer.exit_code == 2
    assert len(answer.stderr.splitlines()) == 51
    assert answer.stderr.splitlines()[-1].endswith("+30")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[]", b'{"format": "kyodo-award/1"}'])
def test_a_broken_file_exits_with_2_and_no_traceback(run, data):
    answer = run("solve", data)
    assert answer.exit_code == 2
    assert "Traceback" not in answer.stderr
    assert answer.stderr.strip()


@pytest.mark.parametrize("more", [["--what-if", "sooner"], ["--lang", "fr"], ["--time-limit", "-1"]])
def test_a_wrong_option_exits_with_2(run, more):
    assert run("solve", lamp_tender(), *more).exit_code == 2


def test_an_auction_is_recognised_by_its_format(run):
    document = {
        "format": "kyodo-award-auction/1",
        "goods": 1,
        "dummy": 0,
        "bids": [{"id": "b", "price": 5, "goods": [0]}],
    }
    answer = run("solve", document)
    assert (answer.exit_code, json.loads(answer.stdout)["winners"]) == (0, ["b"])


@pytest.mark.parametrize("rule", ["uniform", "shapley", "core"])
def test_savings_are_shared_by_each_rule(run, rule):
    answer = run("allocate", lamp_tender(), "--rule", rule)
    assert answer.exit_code == 0
    report = json.loads(answer.stdout)
    assert (report["rule"], sum(share["amount"] for share in report["shares"])) == (rule, 3000)


def test_an_unknown_rule_exits_with_2(run):
    assert run("allocate", lamp_tender(), "--rule", "fair").exit_code == 2


def test_sharing_what_can_not_be_awarded_exits_with_1(run):
    assert run("allocate", lamp_tender(offers=[])).exit_code == 1


def test_help_is_there_at_once_without_any_solver():
    code = "import sys; from kyodo.config.cli import app; print('highspy' in sys.modules, 'numpy' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False"]
    for command in (["--help"], ["solve", "--help"], ["allocate", "--help"]):
        assert CliRunner().invoke(app, command).exit_code == 0


def test_nothing_but_the_result_is_printed_to_standard_output(tmp_path):
    path = tmp_path / "problem.json"
    path.write_text(json.dumps(lamp_tender()), encoding="utf-8")
    command = [sys.executable, "-c", "from kyodo.config.cli import main; main()", "award", "solve", str(path)]
    answer = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(answer.stdout)["status"] == "optimal"
    assert len(answer.stderr.splitlines()) == 1

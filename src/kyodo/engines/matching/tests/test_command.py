"""`kyodo matching` on files: exit codes, where results and faults go, what Ctrl-C leaves."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from kyodo.engines.matching.cli import app
from kyodo.engines.matching.plan import plan
from kyodo.engines.matching.tests.quarters import draw_small, one_of_each, problem_of
from kyodo.engines.matching.verify import verify

KYODO = [sys.executable, "-c", "from kyodo.config.cli import main; main()", "matching"]


@pytest.fixture
def run(tmp_path):
    """Write a document to a file and run a command of `kyodo matching` on it."""

    def go(command, document, *more):
        path = tmp_path / "problem.json"
        path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return CliRunner().invoke(app, [command, str(path), *more])

    return go


def test_the_result_goes_to_standard_output_as_json(run):
    answer = run("plan", one_of_each())
    result = json.loads(answer.stdout)
    assert (answer.exit_code, result["format"], result["status"]) == (0, "kyodo-matching-result/1", "optimal")
    assert "bound" in answer.stderr


def test_the_result_goes_to_a_file_where_one_is_named(run, tmp_path):
    out = tmp_path / "r.json"
    assert run("plan", one_of_each(), "--out", str(out), "--fair", "--lang", "en").stdout == ""
    assert json.loads(out.read_text(encoding="utf-8"))["objective"] == 23


def test_what_changes_would_bring_is_printed_as_a_table(run, tmp_path):
    out, document = tmp_path / "r.json", one_of_each()
    document["specialists"] = []
    run("plan", document, "--out", str(out), "--lang", "en")
    told = CliRunner().invoke(app, ["worth", str(out)])
    assert told.exit_code == 0
    assert told.stdout.split(maxsplit=1)[1].startswith("One more specialist in the role aide: 1 more served")
    assert CliRunner().invoke(app, ["worth", str(tmp_path / "none.json")]).exit_code == 2


def test_a_result_of_an_older_version_tells_what_changes_would_bring_as_far_as_it_says(tmp_path):
    old, row = tmp_path / "old.json", {"change": "one_more_specialist", "serves": ["r0"], "objective": 23}
    written = {"format": "kyodo-matching-result/1", "objective": 724, "what_if": [row]}
    old.write_text(json.dumps(written), encoding="utf-8")
    told = CliRunner().invoke(app, ["worth", str(old)])
    assert (told.exit_code, told.stdout.split()) == (0, ["701", "one_more_specialist"])


@pytest.mark.parametrize(
    "other",
    [[], {}, {"format": "kyodo-matching/1"}, {"format": "kyodo-matching-result/1", "what_if": [{"change": "level"}]},
     {"format": "kyodo-matching-result/1", "objective": 1, "what_if": 3}],
)  # fmt: skip
def test_what_is_no_result_is_refused_with_a_reason(tmp_path, other):
    path = tmp_path / "other.json"
    path.write_text(json.dumps(other), encoding="utf-8")
    told = CliRunner().invoke(app, ["worth", str(path)])
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"{path}:$")


def test_few_changes_and_fairness_can_not_both_be_asked_for(run):
    answer = run("plan", one_of_each(), "--fair", "--steady", "1")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert "--steady" in answer.stderr
    with pytest.raises(ValueError, match="fair"):
        plan(problem_of(one_of_each()), fair=True, steady=0.01)


def test_bad_input_exits_with_2_one_line_a_fault(run):
    document = one_of_each()
    document["requests"][0].update(half_days=3, priority=9)
    answer = run("plan", document, "--lang", "en")
    assert (answer.exit_code, answer.stdout, len(answer.stderr.splitlines())) == (2, "", 2)
    assert "$.requests[0].half_days: " in answer.stderr
    assert run("plan", "{").exit_code == 2
    assert run("plan", one_of_each(), "--lang", "fr").exit_code == 2


def test_an_assignment_is_answered_as_json(run):
    answer = run("gap", "2 3\n1 2 3\n3 2 1\n1 1 1\n1 1 1\n2 2\n")
    result = json.loads(answer.stdout)
    assert (answer.exit_code, result["status"], result["cost"], result["bound"]) == (0, "optimal", 4, 4)
    assert [result["assignment"][0], result["assignment"][2]] == [0, 1]


def test_an_assignment_that_can_not_be_exits_with_1(run):
    answer = run("gap", "1 1\n1\n5\n4\n")
    assert (answer.exit_code, json.loads(answer.stdout)["status"]) == (1, "infeasible")
    assert run("gap", "1 1\n1\n5\n").exit_code == 2


@pytest.mark.parametrize("seconds", [1e-6, 0.05])
def test_there_is_a_checked_plan_and_a_bound_however_short_the_time(seconds):
    problem = problem_of(draw_small(random.Random(3), people=20, requests=40, weeks=8, days=5))
    result = plan(problem, time_limit=seconds)
    assert not verify(problem, result.plan, objective=result.objective)
    assert result.bound <= plan(problem).objective <= result.objective


def test_ctrl_c_writes_the_best_so_far(tmp_path):
    path, out = tmp_path / "problem.json", tmp_path / "r.json"
    document = draw_small(random.Random(5), people=150, requests=500, weeks=13, days=5)
    path.write_text(json.dumps(document), encoding="utf-8")
    running = subprocess.Popen([*KYODO, "plan", str(path), "--out", str(out)], stderr=subprocess.PIPE)
    assert running.stderr is not None
    running.stderr.readline()
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) == 0
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["bound"] <= result["objective"]


def test_the_same_seed_gives_the_same_plan():
    problem = problem_of(draw_small(random.Random(8), people=8, requests=20, weeks=6, days=3))
    assert plan(problem, seed=4).plan == plan(problem, seed=4).plan


def test_help_and_recommendations_load_no_solver():
    code = (
        "import sys, kyodo.config.cli, kyodo.engines.matching.cli; first = 'numpy' in sys.modules; "
        "import kyodo.engines.matching.recommend; print(first, 'highspy' in sys.modules, 'scipy' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["False", "False", "False"]

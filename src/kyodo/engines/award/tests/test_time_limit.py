"""Whoever has no more time, or presses Ctrl-C, gets the best award so far with its gap, marked as feasible."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from kyodo.engines.award.solve import solve
from kyodo.engines.award.tests.drawn import problem_of
from kyodo.engines.award.tests.tenders import draw_medium
from kyodo.engines.award.verify import verify
from kyodo.engines.patience import Patience


@pytest.mark.parametrize(("single", "share"), [(True, None), (True, 0.35), (False, None)])
def test_there_is_a_checked_award_however_short_the_time(single, share):
    problem = problem_of(draw_medium(random.Random(5), single=single, share=share))
    result = solve(problem, time_limit=1e-6)
    assert result.status == "feasible"
    assert result.award is not None
    assert not verify(problem, result.award, total=result.found.total)
    document = result.document()
    assert document["gap"] is None or document["gap"] >= 0


def test_an_interrupt_is_noticed_and_ends_every_part_of_the_search():
    with Patience() as patience:
        part, later = patience.at_most(60), patience.fresh(60)
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.01)
        assert patience.over
        assert part.over
        assert later.over
        with pytest.raises(KeyboardInterrupt):
            _interrupt_again()


def _interrupt_again():
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.01)


def hard_tender():
    """Large enough that no machine proves it within a second or two."""
    rng = random.Random(11)
    document = draw_medium(rng, single=False, share=0.3, everywhere=0.5)
    copies = []
    for number in range(15):
        copies.append(json.loads(json.dumps(draw_medium(rng, single=False, share=0.3, everywhere=0.5))))
        for part in ("items", "offers", "packages"):
            for row in copies[-1][part]:
                row["id"] = f"{row['id']}-{number}"
        for row in [*copies[-1]["demands"], *copies[-1]["offers"]]:
            row["item"] = f"{row['item']}-{number}"
        for package in copies[-1]["packages"]:
            for lot in package["covers"]:
                lot["item"] = f"{lot['item']}-{number}"
        for ours, theirs in zip(document["suppliers"], copies[-1]["suppliers"], strict=True):
            ours["capacity"].update({f"{item}-{number}": most for item, most in theirs["capacity"].items()})
    for copy in copies:
        for part in ("items", "demands", "offers", "packages"):
            document[part] += copy[part]
    return document


def test_ctrl_c_writes_the_best_so_far(tmp_path):
    problem, out = tmp_path / "problem.json", tmp_path / "result.json"
    problem.write_text(json.dumps(hard_tender()), encoding="utf-8")
    command = [sys.executable, "-c", "from kyodo.config.cli import main; main()", "award", "solve"]
    running = subprocess.Popen([*command, str(problem), "--out", str(out)], stderr=subprocess.PIPE)
    assert running.stderr is not None
    running.stderr.readline()  # what is searched is announced when the search begins
    time.sleep(1.0)
    running.send_signal(signal.SIGINT)
    assert running.wait(30) in (0, 1)
    result = json.loads(out.read_text(encoding="utf-8"))
    assert result["status"] in ("feasible", "no_solution_found")
    if result["status"] == "feasible":
        assert result["total"] >= result["bound"] > 0

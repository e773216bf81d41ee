"""What is in the repository, and what is not: everything was written here, and it speaks of the project alone."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_FILE, LONGEST_TEST, LONGEST_FUNCTION = 420, 600, 60
EMPTY_NAMES = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?|base)(\.py|/)")
# Written backwards, so that this file does not say them.
UNFINISHED = ("ODOT", "EMXIF", "rorrEdetnemelpmItoN", "noos gnimoc", "中備準")
ADDRESSES = ("gro.detsohnohtyp", "gro.sjmpn", "mpn.yrtsiger", "/krow/", "/toor/")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


FILES = tracked()
SOURCES = [path for path in FILES if path.suffix == ".py" and "migrations" not in path.parts]


def texts() -> dict[Path, str]:
    told = {}
    for path in FILES:
        try:
            told[path] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            assert path.suffix == ".png", f"{path} is neither text nor a picture"
    return told


def lines_of(function: ast.FunctionDef) -> int:
    """How long a function is without its docstring: a contract may be as long as it needs."""
    told = len((ast.get_docstring(function, clean=False) or "").splitlines())
    return (function.end_lineno or 0) - function.lineno + 1 - told


def test_no_file_and_no_function_has_grown_past_reading():
    found = []
    for path in SOURCES:
        text = path.read_text(encoding="utf-8")
        is_test = "tests" in path.parts
        if text.count("\n") > (LONGEST_TEST if is_test else LONGEST_FILE):
            found.append(f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and lines_of(node) > LONGEST_FUNCTION:
                found.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
    assert found == []


def test_every_file_says_why_it_exists():
    silent = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_name_says_nothing():
    assert [str(path) for path in FILES if EMPTY_NAMES.search(path.relative_to(ROOT).as_posix())] == []


@pytest.mark.parametrize("word", [word[::-1] for word in (*UNFINISHED, *ADDRESSES)])
def test_nothing_is_left_unfinished_and_no_machine_or_registry_is_named(word: str):
    assert [str(path.relative_to(ROOT)) for path, text in texts().items() if word in text] == []


def test_locks_carry_hashes_and_no_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert text.count("--hash=sha256:") > text.count("==")
    assert "resolved" not in (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")


def test_no_contract_has_an_exemption():
    assert "ignore_imports" not in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_demonstration_names_every_municipality_once_with_a_valid_code():
    import csv

    from kyodo.core.organisations.rules import problem_of_code

    rows = list(csv.DictReader((ROOT / "demo/municipalities.csv").open(encoding="utf-8")))
    assert len({row["code"] for row in rows}) == len(rows) == 62
    assert [row["name"] for row in rows if problem_of_code(row["code"])] == []

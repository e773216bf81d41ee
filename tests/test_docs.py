"""The docs are proved: commands, settings, packages and links are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import reference

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md"), *ROOT.glob("demo/*.md"), *ROOT.glob("src/**/README.md")])


def test_the_commands_page_is_what_the_program_says():
    assert reference.COMMANDS_PAGE.read_text(encoding="utf-8") == reference.page(), "stale: run `make docs`"


def test_every_setting_is_told_and_no_other():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/kyodo/config").glob("*.py"))
    read = set(re.findall(r'env\.\w+\(\s*"(KYODO_\w+)"', source))
    told = set(re.findall(r"^\| `(KYODO_\w+)`", (DOCS / "operate/settings.md").read_text(encoding="utf-8"), re.M))
    assert told == read


def test_the_architecture_page_names_every_core_package_and_no_other():
    page = (DOCS / "architecture.md").read_text(encoding="utf-8").split("## Core")[1].split("## How")[0]
    told = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in page.splitlines() if "|" in line)))
    core = ROOT / "src/kyodo/core"
    there = {path.stem for path in core.iterdir() if (path / "__init__.py").exists() or path.suffix == ".py"}
    assert told == there - {"__init__"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    missing = [t for t in targets if "://" not in t and not (page.parent / t).exists()]
    assert missing == []


def test_decisions_are_numbered_without_gap_and_their_titles_agree():
    files = sorted((DOCS / "adr").glob("*.md"))
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))
    for file in files:
        assert file.read_text(encoding="utf-8").startswith(f"# {int(file.name[:4])}. ")

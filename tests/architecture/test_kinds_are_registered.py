"""A kind that a part hands to the core is known wherever the core looks it up: else a page or an act breaks there."""

from __future__ import annotations

import ast
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import kyodo
from kyodo.core.notifications.hearing import About, those_who_may
from kyodo.core.proxy import corrections
from tests.region import Region

ROOT = Path(kyodo.__file__).parent


@cache
def kinds_of(made: str) -> frozenset[str]:
    """The kinds that the code gives as the first word to what is `made`: `Entered(KIND, …)`, `About(rules.KIND, …)`."""
    found = set()
    for path in ROOT.glob("**/*.py"):
        source = path.read_text(encoding="utf-8")
        if "/tests/" in path.as_posix() or f"{made}(" not in source:
            continue
        module = import_module(".".join(("kyodo", *path.relative_to(ROOT).with_suffix("").parts)))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == made and node.args:
                found.add(value_of(node.args[0], module))
    return frozenset(kind for kind in found if isinstance(kind, str))


def value_of(word: ast.expr, module: Any) -> Any:
    """What a name stands for in a module; None for what is only known as it runs."""
    match word:
        case ast.Name(id=name):
            return getattr(module, name, None)
        case ast.Attribute(value=ast.Name(id=name), attr=attribute):
            return getattr(getattr(module, name, None), attribute, None)
    return None


def test_the_kinds_are_found():
    assert {"needs.need", "needs.backing", "procurement.response"} <= kinds_of("Entered")
    assert {"needs.publication", "procurement.commitment"} <= kinds_of("Matter")
    assert {"procurement.case", "proxy.entry"} <= kinds_of("About")


@pytest.mark.parametrize("kind", sorted(kinds_of("Entered")))
def test_what_is_entered_for_a_body_says_where_the_body_corrects_it(kind: str):
    assert corrections.find(kind).word


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(kinds_of("About") | kinds_of("Matter")))
def test_of_all_that_is_told_or_decided_it_is_known_who_may_hear_of_it(region: Region, kind: str):
    asked = {(region.villager.user.pk, About(kind, 0))}
    assert those_who_may(asked) == set()  # KeyError: say who sees it

"""One installation a database for all tests of this folder."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.faults.installation import Installation, available, installed

TOWNS = 8
SEED = int(os.environ.get("KYODO_KILL_SEED") or random.SystemRandom().randrange(10**9))


@dataclass
class Site:
    """A running installation and the people who write on it."""

    here: Installation
    people: list[dict[str, Any]]


@pytest.fixture(scope="session", params=available())
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """`kyodo run` with two web workers and both queues' workers, on a database of its own."""
    with installed(request.param, tmp_path_factory.mktemp(request.param)) as here:
        people = here.ask("prepare", towns=TOWNS)
        here.start()
        yield Site(here, people)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With two processes each has one database, and starts its server once."""
    for item in items:
        told = getattr(item, "callspec", None)
        if told is not None and Path(__file__).parent in item.path.parents:
            database = next((told.params[name] for name in ("site", "database") if name in told.params), "")
            item.add_marker(pytest.mark.xdist_group(database))

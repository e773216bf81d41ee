"""A rule about every action: keyword-only `by` and `at`, a sentence with its holders, exactly one entry of its own."""

from __future__ import annotations

import inspect
from string import Formatter
from typing import Any

import pytest

from kyodo.core.audit.models import Entry
from kyodo.core.audit.record import ACTIONS
from tests.architecture import (
    situations_of_bodies,
    situations_of_cases,
    situations_of_needs,
    situations_of_people,
    situations_of_the_market,
)
from tests.architecture.situations import SITUATIONS
from tests.region import Region

pytestmark = pytest.mark.django_db

FILES = (
    situations_of_bodies,
    situations_of_cases,
    situations_of_the_market,
    situations_of_needs,
    situations_of_people,
)  # loaded, they fill the table


@pytest.fixture(autouse=True)
def store_folder(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_signs_exactly_once(name: str, region: Region):
    SITUATIONS[name](region)  # KeyError: describe one before merging
    assert Entry.objects.filter(action=name).count() == 1


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_is_told_who_and_when_by_keyword(name: str):
    parameters = inspect.signature(ACTIONS[name].function).parameters.values()
    assert {"by", "at"} <= {one.name for one in parameters if one.kind is inspect.Parameter.KEYWORD_ONLY}
    assert all(one.kind is inspect.Parameter.KEYWORD_ONLY for one in parameters)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_sentence_says_who_and_has_no_other_gap(name: str):
    gaps = {gap for _text, gap, _form, _conversion in Formatter().parse(ACTIONS[name].sentence) if gap}
    assert "who" in gaps
    assert gaps <= {"who", "subject"}


def test_no_situation_is_left_of_an_action_that_is_gone():
    assert set(SITUATIONS) == set(ACTIONS)

"""The statement says what is known, in both languages, and claims nothing that nobody looked at."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core.accessibility.statement import How, Result, statement

pytestmark = pytest.mark.django_db


def test_it_has_all_criteria_of_levels_a_and_aa_once_in_order():
    numbers = [one.number for one in statement().criteria]
    assert numbers == sorted(set(numbers), key=lambda number: [int(part) for part in number.split(".")])
    levels = [one.level for one in statement().criteria]
    assert (levels.count("A"), levels.count("AA"), len(levels)) == (25, 13, 38)


def test_who_claims_says_how_it_was_looked_at_and_what_remains():
    for one in statement().criteria:
        if one.result is Result.UNCHECKED:
            assert one.how is None, one.number
        else:
            assert one.how is not None, one.number
            assert all(one.remark.values()), f"{one.number}: what was looked at?"
        if one.how is How.AUTO:
            # Software finds some of the faults: what it alone has seen is never called met.
            assert one.result in {Result.NO_FAULT_FOUND, Result.NOT_MET}, one.number


def test_every_known_fault_of_a_criterion_stands_among_the_faults():
    told = " ".join(fault["ja"] for fault in statement().faults)
    for one in statement().criteria:
        assert one.result is not Result.NOT_MET or one.number in told


@pytest.mark.parametrize(("language", "said"), [("ja", "レベル AA に準拠"), ("en", "level AA")])
def test_everybody_may_read_it(language: str, said: str):
    client = Client()
    client.cookies["kyodo_language"] = language
    page = client.get("/accessibility/").content.decode()
    assert said in page
    assert page.count("<tr>") == 39


def test_the_contact_is_that_of_the_region(settings):
    settings.CONTACT = "DX推進団体 調整担当 電話 03-0000-0000"
    assert settings.CONTACT in Client().get("/accessibility/").content.decode()

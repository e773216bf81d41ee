"""Whoever hands in a broken file learns everything that is wrong with it, and where."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from kyodo.engines.matching.gap.reading import read_assignment
from kyodo.engines.matching.reading import read_problem
from kyodo.engines.matching.tests.quarters import one_of_each
from kyodo.engines.reading.document import BadInputError, parse_document


def faults_of(document):
    with pytest.raises(BadInputError) as caught:
        read_problem(parse_document(json.dumps(document).encode()))
    assert all(fault.said("en") for fault in caught.value.faults)
    return {fault.where for fault in caught.value.faults}


def changed(path, value):
    document = deepcopy(one_of_each())
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return document


PIN = {"specialist": "s0", "start": 0, "slots": [[0, 0]]}


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("format",), "kyodo-matching/2", "$.format"),
        (("weeks",), 0, "$.weeks"),
        (("weeks",), 99, "$.weeks"),
        (("days",), 8, "$.days"),
        (("travel",), None, "$.travel"),
        (("travel",), [], "$.travel"),
        (("travel",), {"kind": "road"}, "$.travel.kind"),
        (("travel",), {"kind": "planar", "per_km": -1}, "$.travel.per_km"),
        (("travel",), {"kind": "table", "minutes": [["s0", "m0"]]}, "$.travel.minutes[0]"),
        (("travel",), {"kind": "table", "minutes": [["s0", "m9", 3]]}, "$.travel.minutes[0][1]"),
        (("travel",), {"kind": "table", "minutes": [["s0", "m0", 1.5]]}, "$.travel.minutes[0][2]"),
        (("travel",), {"kind": "table", "minutes": [["s0", "m0", 3], ["m0", "s0", 4]]}, "$.travel.minutes[1]"),
        (("travel",), {"kind": "table", "minutes": [["m0", "m0", 3]]}, "$.travel.minutes[0]"),
        (("rules",), {"hop_at_most": -1}, "$.rules.hop_at_most"),
        (("rules",), {"frozen_weeks": 14}, "$.rules.frozen_weeks"),
        (("rules",), {"hops": 1}, "$.rules.hops"),
        (("weights",), {"travel_minutes_a_point": 0}, "$.weights.travel_minutes_a_point"),
        (("weights",), {"unmet": 1.5}, "$.weights.unmet"),
        (("municipalities", 0, "population"), "many", "$.municipalities[0].population"),
        (("municipalities", 0, "x"), None, "$.municipalities[0].x"),
        (("municipalities", 0, "island"), 1, "$.municipalities[0].island"),
        (("specialists", 0, "skills"), {"cloud": 6}, "$.specialists[0].skills.cloud"),
        (("specialists", 0, "slots"), [[5, 0]], "$.specialists[0].slots[0]"),
        (("specialists", 0, "slots"), [[0, 0], [0, 0]], "$.specialists[0].slots[1]"),
        (("specialists", 0, "leave_weeks"), [13], "$.specialists[0].leave_weeks[0]"),
        (("specialists", 0, "prefers_small"), 2, "$.specialists[0].prefers_small"),
        (("specialists", 0, "barred"), ["m9"], "$.specialists[0].barred"),
        (("specialists", 0, "max_per_week"), True, "$.specialists[0].max_per_week"),
        (("specialists", 0, "max_travel"), -5, "$.specialists[0].max_travel"),
        (("specialists", 0, "ties"), [3], "$.specialists[0].ties[0]"),
        (("requests", 0, "municipality"), "m9", "$.requests[0].municipality"),
        (("requests", 0, "half_days"), 3, "$.requests[0].half_days"),
        (("requests", 0, "weeks"), 14, "$.requests[0].weeks"),
        (("requests", 0, "start_min"), 10, "$.requests[0].start_max"),
        (("requests", 0, "mode"), "phone", "$.requests[0].mode"),
        (("requests", 0, "mode"), None, "$.requests[0].mode"),
        (("requests", 0, "priority"), 4, "$.requests[0].priority"),
        (("requests", 0, "pinned"), {**PIN, "specialist": "s9"}, "$.requests[0].pinned.specialist"),
        (("requests", 0, "pinned"), {**PIN, "slots": []}, "$.requests[0].pinned.slots"),
        (("requests", 0, "slotz"), [], "$.requests[0].slotz"),
        (("published",), [{"request": "r0", **PIN}, {"request": "r0", **PIN}], "$.published[1].request"),
        (("published",), [PIN], "$.published[0].request"),
        (("specialists",), None, "$.specialists"),
    ],
)
def test_a_single_fault_is_named_with_its_path(path, value, where):
    assert where in faults_of(changed(path, value))


def test_an_id_that_stands_twice_is_named():
    document = one_of_each()
    document["specialists"].append(document["specialists"][0])
    assert faults_of(document) == {"$.specialists[1].id"}


def test_all_faults_are_told_at_once():
    document = changed(("requests", 0, "half_days"), 3)
    document["specialists"][0]["max_travel"] = "far"
    document["weeks"] = -1
    document["oops"] = 1
    assert len(faults_of(document)) >= 4


@pytest.mark.parametrize(
    ("text", "where"),
    [("", "line 1"), ("2 x\n1", "line 1"), ("1 1\n3\n1\n", "line 4"), ("1 1\n-3\n1\n1", "line 2"), ("0 0", "line 1")],
)
def test_a_broken_assignment_file_is_told_by_its_line(tmp_path, text, where):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        read_assignment(path)
    assert caught.value.faults[0].where == where

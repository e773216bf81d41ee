"""A conversation that grows stays recognisable, and is not started over."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.conversation import Conversation
from kyodo.engines.opinion.previous import Previous, kept_numbers
from kyodo.engines.opinion.tests.drawn import groups_in, planted, same_groups, statements_of, votes_of


def test_groups_keep_their_numbers_though_their_sizes_change_places():
    rows, groups = planted(3, sizes=(12, 20, 16), statements=40, noise=0.03)
    early = [row for row in rows if groups[row[0]] != 1 or int(row[0]) < 22]
    before = analyse(votes_of(early, statements_of(40))).document()
    after = analyse(votes_of(rows, statements_of(40)), previous=Previous.of(before)).document()
    fresh = analyse(votes_of(rows, statements_of(40))).document()
    old, new = groups_in(before), groups_in(after)
    assert all(new[name] == group for name, group in old.items())
    assert any(groups_in(fresh)[name] != group for name, group in old.items())
    assert [each["id"] for each in after["groups"]] == sorted(set(new.values()))
    sizes = {each["id"]: each["size"] for each in after["groups"]}
    assert all(sizes[group] == list(new.values()).count(group) for group in sizes)


def test_the_map_keeps_its_sides():
    rows, _groups = planted(3, sizes=(20, 16, 14), statements=40)
    before = analyse(votes_of(rows, statements_of(40))).document()
    mirrored = json.loads(json.dumps(before))
    for each in mirrored["participants"]:
        each["x"] *= -1
    after = analyse(votes_of(rows, statements_of(40)), previous=Previous.of(mirrored)).document()
    for one, other in zip(mirrored["participants"], after["participants"], strict=True):
        assert (one["x"], one["y"]) == pytest.approx((other["x"], other["y"]))


def test_a_group_that_is_new_gets_a_number_that_nobody_had():
    import numpy as np

    previous = Previous({"a": 4, "b": 4, "c": 7, "d": 7}, {})
    labels = np.array([0, 0, 1, 1, 2])
    assert kept_numbers(["a", "b", "c", "d", "e"], labels, 3, previous) == [4, 7, 8]
    assert kept_numbers(["c", "d", "a", "x", "y"], labels, 3, previous) == [7, 4, 8]
    assert kept_numbers(["v", "w", "x", "y", "z"], labels, 3, Previous({}, {})) == [0, 1, 2]


@pytest.mark.parametrize("method", ["robust", "polis"])
@pytest.mark.parametrize("statements", [24, 290])
def test_new_votes_give_what_a_calculation_from_nothing_gives(method, statements):
    sizes = (14, 11, 9) if statements < 100 else (130, 110, 60)
    rows, _groups = planted(8, sizes=sizes, statements=statements, seen=0.5)
    conversation = Conversation.of(statements_of(statements, {3}), method=method)
    cuts = [0, len(rows) // 2, len(rows) - 40, len(rows)]
    for begin, end in pairwise(cuts):
        conversation.put(rows[begin:end])
        grown = conversation.analyse()
    fresh = analyse(votes_of(rows, statements_of(statements, {3})), method=method)
    one, other = grown.document(), fresh.document()
    assert same_groups(groups_in(one), groups_in(other))
    assert one["consensus"] == other["consensus"]
    assert one["explained_variance"] == pytest.approx(other["explained_variance"], abs=1e-9)
    largest = max(abs(each["x"]) for each in other["participants"])
    for mine, theirs in zip(one["participants"], other["participants"], strict=True):
        assert abs(mine["x"]) == pytest.approx(abs(theirs["x"]), abs=1e-6 * largest)


def test_votes_merged_in_are_those_read_at_once():
    rows, _groups = planted(2)
    rows += [(person, statement, -vote) for person, statement, vote in rows[:50]]
    whole = votes_of(rows, statements_of(30))
    merged = votes_of(rows[:300], statements_of(30)).with_votes(rows[300:])
    assert list(merged.participants) == list(whole.participants)
    for name in ("row", "column", "value"):
        assert getattr(merged, name).tolist() == getattr(whole, name).tolist()


def test_a_vote_on_nothing_known_or_of_another_value_is_refused():
    conversation = Conversation.of(statements_of(3))
    with pytest.raises(KeyError):
        conversation.put([("a", "9", 1)])
    with pytest.raises(ValueError, match="1, 0 or -1"):
        conversation.put([("a", "1", 2)])
    assert conversation.analyse().state == "too_few_votes"

"""What misleads is said: shaky groups, an uncertain number, copied ballots, a group that is itself split."""

from __future__ import annotations

import numpy as np
import pytest

from kyodo.engines.opinion.analyse import analyse
from kyodo.engines.opinion.explain import letter, percent
from kyodo.engines.opinion.tests.drawn import groups_in, planted, statements_of, votes_of


def texts(document):
    return [each["text"] for each in document["explanations"]]


def test_firm_groups_are_called_firm():
    rows, _groups = planted(1, sizes=(30, 25), statements=40, noise=0.03)
    document = analyse(votes_of(rows, statements_of(40))).document()
    assert document["stability"] >= 0.9
    assert texts(document)[0].startswith("2 つのグループはしっかりしています。")


def test_groups_in_pure_noise_are_called_chance():
    rng = np.random.default_rng(4)
    rows = [(str(p), str(s), int(rng.choice([-1, 1]))) for p in range(80) for s in range(30) if rng.random() < 0.6]
    document = analyse(votes_of(rows, statements_of(30))).document()
    assert document["stability"] < 0.7
    assert "しっかり" not in texts(document)[0]


def test_an_uncertain_number_of_groups_is_told():
    for seed in range(20):
        rows, _groups = planted(seed, sizes=(20, 18, 15), statements=20, noise=0.35)
        document = analyse(votes_of(rows, statements_of(20))).document()
        ranked = sorted(document["silhouettes"].values())
        told = any("グループの数は確かではありません" in text for text in texts(document))
        assert told == (ranked[-1] - ranked[-2] < 0.02)


def test_each_representative_statement_is_told_against_all_others():
    rows, _groups = planted(1, sizes=(30, 25), statements=40, noise=0.03)
    votes = votes_of(rows, statements_of(40))
    document = analyse(votes).document()
    group = document["groups"][1]
    first = group["representative"][0]
    share = percent(first["successes"], first["trials"])
    word = "賛成" if first["direction"] == "agree" else "反対"
    found = [
        each["text"]
        for each in document["explanations"]
        if (each["group"], each["statement"]) == (1, first["statement"])
    ]
    assert any(text.startswith(f"B グループの {share}% が{word}、他は ") for text in found)
    assert analyse(votes).document("en")["explanations"] != document["explanations"]
    assert not any("グループ" in each["text"] for each in analyse(votes).document("en")["explanations"])


def test_a_statement_stands_for_a_group_only_in_the_direction_in_which_it_is_significant():
    for seed in range(6):
        rows, _groups = planted(seed, noise=0.25, seen=0.4)
        for group in analyse(votes_of(rows, statements_of(24))).document()["groups"]:
            for each in group["representative"]:
                assert each["probability_z"] > 1.28
                assert each["representativeness_z"] > 1.28
                assert each["trials"] >= min(7, (group["size"] + 1) // 2)


def copied(many, statements, seed=9):
    rng = np.random.default_rng(seed)
    ballot = [(str(s), int(rng.choice([-1, 1]))) for s in range(statements)]
    return [(f"copy{c}", s, v) for c in range(many) for s, v in ballot]


@pytest.mark.parametrize(("many", "flagged"), [(3, 0), (4, 1), (9, 1)])
def test_more_than_three_identical_ballots_are_flagged_and_left_out_once(many, flagged):
    rows, _groups = planted(6, sizes=(25, 20), statements=30, noise=0.15)
    document = analyse(votes_of(rows + copied(many, 30), statements_of(30))).document()
    assert len(document["flagged"]) == flagged
    if flagged:
        assert document["flagged"][0]["participants"] == [f"copy{number}" for number in range(many)]
        assert document["n_participants"] == 45 + many
        without = document["without_flagged"]
        clean = analyse(votes_of(rows, statements_of(30))).document()
        assert without["groups"] == clean["groups"]
        assert groups_in(without) == groups_in(clean)
        main = groups_in(document)
        assert all(main[name] == group for name, group in groups_in(without).items())
        assert any(f"{many} 人の 30 件の答えがすべて同じです" in text for text in texts(document))
    else:
        assert document["without_flagged"] is None


def test_people_who_honestly_agree_are_not_flagged():
    rows, _groups = planted(6, sizes=(40, 35), statements=12, noise=0.02, seen=1.0, passes=0.0)
    ballots: dict[str, list[tuple[str, int]]] = {}
    for person, statement, vote in sorted(rows):
        ballots.setdefault(person, []).append((statement, vote))
    same = max(list(ballots.values()).count(ballot) for ballot in ballots.values())
    assert same > 3
    assert analyse(votes_of(rows, statements_of(12))).document()["flagged"] == []


def test_a_group_that_is_itself_split_says_so():
    rows, groups = planted(1, sizes=(20, 20), statements=40, noise=0.1, seen=1.0, passes=0.0)
    split = [(p, "39", 1 if int(p) % 2 else -1) for p in groups]
    document = analyse(votes_of([row for row in rows if row[1] != "39"] + split, statements_of(40))).document()
    assert [each["divided"][0] for each in document["groups"]] == ["39", "39"]
    assert "A グループの中でも割れています（賛成 50%、反対 50%）。" in texts(document)


def test_what_one_group_alone_holds_is_listed():
    rows, groups = planted(1, sizes=(30, 12), statements=20, noise=0.0, seen=1.0, passes=0.0)
    own = [(p, "18", 1 if group == 1 else -1) for p, group in groups.items()]
    document = analyse(votes_of([row for row in rows if row[1] != "18"] + own, statements_of(20))).document()
    assert {"statement": "18", "group": 1, "direction": "agree"} in document["minority"]
    assert all(each["group"] == 1 for each in document["minority"])
    assert "全体では少数ですが、B グループだけは 100% が賛成しています。" in texts(document)


def test_what_all_share_is_told_with_the_group_that_shares_it_least():
    rows, _groups = planted(1, sizes=(30, 25), statements=40, noise=0.03)
    document = analyse(votes_of(rows, statements_of(40))).document()
    first = document["consensus"][0]["statement"]
    shared = [e["text"] for e in document["explanations"] if (e["statement"], e["group"]) == (first, None)]
    assert len(shared) == 1
    assert "グループでも" in shared[0]


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 5, 0), (5, 5, 100), (1, 3, 33), (999, 1000, 99), (1, 1000, 1), (1, 8, 13)]
)
def test_all_and_none_are_said_only_where_it_is_so(part, whole, said):
    assert percent(part, whole) == said


def test_groups_have_letters():
    assert [letter(0), letter(25), letter(26)] == ["A", "Z", "27"]

"""Conversations made up for tests: groups are planted, so it is known what must be found."""

from __future__ import annotations

import numpy as np

from kyodo.engines.opinion.reading import read_statements, read_votes
from kyodo.engines.opinion.votes import Statement, Votes, id_order, last_votes

Row = tuple[str, str, int]


def planted(seed, sizes=(14, 11, 9), statements=24, seen=0.7, noise=0.08, passes=0.08):
    """Rows of a conversation whose groups each have a mind of their own, and the group of each participant."""
    rng = np.random.default_rng(seed)
    minds = rng.choice([-1, 1], size=(len(sizes), statements))
    minds[:, 0] = 1  # what all agree on
    rows: list[Row] = []
    groups = {}
    person = 0
    for group, size in enumerate(sizes):
        for _member in range(size):
            person += 1
            groups[str(person)] = group
            for statement in np.flatnonzero(rng.random(statements) < seen).tolist():
                vote = int(minds[group, statement]) * (-1 if rng.random() < noise else 1)
                rows.append((str(person), str(statement), 0 if rng.random() < passes else vote))
    rng.shuffle(rows)
    return [(str(person), str(statement), int(vote)) for person, statement, vote in rows], groups


def statements_of(many, rejected=()):
    """Statements 0 to `many` - 1."""
    return [Statement(str(number), f"意見 {number}", -1 if number in rejected else 1) for number in range(many)]


def votes_of(rows, statements):
    """Votes as a file with these rows would give."""
    statements = sorted(statements, key=lambda each: id_order(each.id))
    people = sorted({name for name, _statement, _vote in rows}, key=id_order)
    person = {name: number for number, name in enumerate(people)}
    column = {statement.id: number for number, statement in enumerate(statements)}
    return last_votes(
        people,
        statements,
        np.array([person[name] for name, _statement, _vote in rows], dtype=np.int64),
        np.array([column[name] for _person, name, _vote in rows], dtype=np.int64),
        np.array([vote for _person, _statement, vote in rows], dtype=np.int8),
    )


def written(folder, rows, statements, *, encoding="utf-8"):
    """Write both files; their paths."""
    votes, table = folder / "votes.csv", folder / "statements.csv"
    lines = "".join(f"{person},{statement},{vote}\n" for person, statement, vote in rows)
    votes.write_bytes(f"participant,statement,vote\n{lines}".encode(encoding))
    lines = "".join(f'{each.id},"{each.text}",{each.moderated}\n' for each in statements)
    table.write_bytes(f"statement,text,moderated\n{lines}".encode(encoding))
    return votes, table


def read(folder, rows, statements, **how) -> Votes:
    """Write both files and read them."""
    votes, table = written(folder, rows, statements, **how)
    return read_votes(votes, read_statements(table))


def same_groups(one, other):
    """Whether two labellings {participant: group} are the same under other names."""
    assert one.keys() == other.keys()
    pairs = {(one[name], other[name]) for name in one}
    return len(pairs) == len({a for a, _b in pairs}) == len({b for _a, b in pairs})


def groups_in(document):
    """Group of each participant who has one."""
    return {each["id"]: each["group"] for each in document["participants"] if each["group"] is not None}

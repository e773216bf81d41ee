"""Large conversations made up for measuring: three groups, statements met at random, an eighth of passes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

BLOCK = 2_000  # participants written at once


def write(folder: Path, participants: int, statements: int, votes_each: int, seed: int = 1) -> tuple[Path, Path]:
    """Write votes and statements; their paths."""
    rng = np.random.default_rng(seed)
    groups = rng.integers(0, 3, participants)
    likely = rng.beta(0.6, 0.6, (3, statements))
    votes, table = folder / f"votes-{participants}.csv", folder / f"statements-{participants}.csv"
    with votes.open("w", encoding="ascii") as file:
        file.write("participant,statement,vote\n")
        for begin in range(0, participants, BLOCK):
            end = min(participants, begin + BLOCK)
            met = rng.random((end - begin, statements), dtype=np.float32).argsort(axis=1)[:, :votes_each]
            agrees = rng.random(met.shape) < likely[groups[begin:end, None], met]
            vote = np.where(rng.random(met.shape) < 0.125, 0, np.where(agrees, 1, -1))
            rows = np.stack([np.repeat(np.arange(begin, end), votes_each), met.ravel(), vote.ravel()], axis=1)
            file.write("\n".join(f"{person},{statement},{said}" for person, statement, said in rows.tolist()) + "\n")
    lines = "".join(f"{number},statement {number},1\n" for number in range(statements))
    table.write_text("statement,text,moderated\n" + lines, encoding="ascii")
    return votes, table

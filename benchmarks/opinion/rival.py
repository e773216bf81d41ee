"""Runs red-dwarf on one conversation: called with the Python of an environment that has it, never with our own.

`rival.py VOTES.csv STATEMENTS.csv REPEATS` prints JSON: CPU seconds (the least of all runs), most memory, groups.
"""

from __future__ import annotations

import csv
import json
import resource
import sys
import time

from reddwarf.implementations.polis import run_pipeline


def main() -> None:
    """Final votes in, one line of JSON out."""
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123
        last = {(row["participant"], row["statement"]): int(row["vote"]) for row in csv.DictReader(file)}
    with open(sys.argv[2], encoding="utf-8") as file:  # noqa: PTH123
        rejected = {row["statement"] for row in csv.DictReader(file) if row["moderated"] == "-1"}
    votes = [
        {"participant_id": int(person), "statement_id": int(statement), "vote": vote, "modified": number}
        for number, ((person, statement), vote) in enumerate(last.items())
    ]
    left_out = sorted({vote["statement_id"] for vote in votes} & {int(name) for name in rejected})
    seconds = []
    for _run in range(int(sys.argv[3])):
        began = time.process_time()
        result = run_pipeline(
            votes=votes,
            mod_out_statement_ids=left_out,
            max_group_count=min(5, 2 + len({vote["participant_id"] for vote in votes}) // 12),
            clusterer_kwargs={},
            random_state=1,
        )
        seconds.append(time.process_time() - began)
    people = result.participants_df
    labels = {} if "cluster_id" not in people else people["cluster_id"].dropna().astype(int).to_dict()
    found = {
        "seconds": min(seconds),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "groups": {str(name): int(label) for name, label in labels.items()},
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()

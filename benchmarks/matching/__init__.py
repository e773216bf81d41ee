"""How good and how fast the matching engine is: region, nation, re-planning, candidates, generalised assignment.

`python -m benchmarks matching` takes some minutes; `--quick` one region alone; `--long` ten minutes of the nation.
"""

from benchmarks.matching.run import main

__all__ = ["main"]

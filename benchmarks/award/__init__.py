"""How fast and how good the award engine is, beside CP-SAT and plain HiGHS on the same model.

`python -m benchmarks award` takes some minutes; `--quick` one seed a kind.
"""

from benchmarks.award.run import main

__all__ = ["main"]

"""How fast and how good the award engine is, beside CP-SAT and plain HiGHS on the same model."""

"""How well and how fast demand lines are merged: F1 over pairs of labelled lines, each way of looking by itself.

`python -m benchmarks similarity`; `--held-back` scores the third that was drawn by lot too, which is for the end.
"""

from benchmarks.similarity.run import main

__all__ = ["main"]

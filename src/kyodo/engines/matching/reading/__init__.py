"""From a file to a validated problem: all faults at once, each with its JSON path."""

from kyodo.engines.matching.reading.quarter import read_problem

__all__ = ["read_problem"]

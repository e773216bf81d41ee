"""Finds the award: formulation, presolve, starts, shares, search. See docs/engines/award.md for the mathematics."""

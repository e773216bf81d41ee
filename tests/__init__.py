"""Proof that the project as a whole holds together: shape, docs, journeys in a real browser, API contract."""

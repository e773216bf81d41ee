"""The sheets of the directory: its lines, both ways, and the people who are to be invited."""

from __future__ import annotations

from kyodo.core.directory.sheets import contacts, people
from kyodo.core.sheets import sources


def register() -> None:
    """Hand both over."""
    sources.register(contacts.SOURCE)
    sources.register(people.SOURCE)

"""What workers do for the search: they read the words of what was just written."""

from __future__ import annotations

from kyodo.core.jobs import chores
from kyodo.core.search import documents

chores.register("search.words", documents.catch_up)

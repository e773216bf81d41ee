"""The API of needs: the same permissions, queries and actions as the pages."""

from __future__ import annotations

from kyodo.modules.needs.rest import work
from kyodo.modules.needs.rest.needs import router

__all__ = ["router", "work"]

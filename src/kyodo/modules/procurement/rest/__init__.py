"""The API of joint procurement; each file adds its operations to one router."""

from __future__ import annotations

from kyodo.modules.procurement.rest import cases, market
from kyodo.modules.procurement.rest.router import router

__all__ = ["cases", "market", "router"]

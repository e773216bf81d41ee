"""The API of joint procurement; each file adds its operations to one router."""

from __future__ import annotations

from kyodo.modules.procurement.rest import alignment, cases, commitment, contracts, market, survey
from kyodo.modules.procurement.rest.router import router

__all__ = ["alignment", "cases", "commitment", "contracts", "market", "router", "survey"]

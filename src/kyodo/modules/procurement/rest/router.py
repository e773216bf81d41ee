"""The router that all operations of joint procurement stand on."""

from __future__ import annotations

from ninja import Router

router = Router(tags=["procurement"])

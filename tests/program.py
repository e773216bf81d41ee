"""A program that acts for somebody with a token, for tests of the API."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from kyodo.core import clock
from kyodo.core.accounts.actions import issue_token
from kyodo.core.accounts.models import ApiToken
from kyodo.core.organisations.models import Organisation
from tests.region import Person


class Program:
    """Somebody's program: `token` is its row, `secret` what it sends, at `host` where there are several entrances."""

    token: ApiToken

    def __init__(self, person: Person, *, may_write: bool = True, host: str = "") -> None:
        body = Organisation.objects.get(pk=person.actor.organisation_id or 0)
        self.token, self.secret = issue_token(
            user=person.user, organisation=body, name="t", may_write=may_write, by=person.actor, at=clock.now()
        )
        self.client = Client(headers={"host": host} if host else {})

    @property
    def headers(self) -> dict[str, str]:
        """What each call carries."""
        return {"Authorization": f"Bearer {self.secret}"}

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """The answer of an operation."""
        return self.client.generic(
            method,
            f"/api/v1{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={**self.headers, **headers},
        )

    def get(self, path: str) -> Any:
        """What an operation answers that only reads, as JSON."""
        return self.call("GET", path).json()

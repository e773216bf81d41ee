"""Situations of second factors: a sheet issued, a policy set, somebody at the second step."""

from __future__ import annotations

from django.test import Client

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import User
from kyodo.core.accounts.tests.people import EDGE, PASSWORD
from kyodo.core.factors import actions, queries
from kyodo.core.factors.rules import USUAL, Factor, Policy

PAGE = "/accounts/second-factor/"


def issued(user: User) -> dict[int, str]:
    """A new sheet: number → code."""
    seen = queries.sheet_of(user.pk)
    codes = actions.issue_sheet(user=user, seen=seen.id if seen else None, by=command(), at=clock.now())
    return dict(enumerate(codes, start=1))


def asked(role: Role = Role.OFFICER, *accepted: Factor, required: bool = True) -> None:
    """The policy asks a role for a second factor."""
    policies = queries.policies() | {role: Policy(required, frozenset(accepted) or USUAL)}
    actions.set_policy(policies=policies, by=command(), at=clock.now())


def at_second_step(name: str = "hanako") -> Client:
    """Somebody who gave their password."""
    client = Client(headers={"user-agent": EDGE})
    client.post("/accounts/login/", {"login": name, "password": PASSWORD})
    return client


def give(client: Client, code: str, way: str = "sheet") -> str:
    """Give a code; the page that answers."""
    return str(client.post(PAGE, {"way": way, "code": code}, follow=True).content.decode())


def is_in(client: Client) -> bool:
    """True for a browser that is signed in."""
    return client.get("/accounts/").status_code == 200

"""People for the tests of accounts: with a password of their own, and signed in as they would."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actions
from kyodo.core.accounts.models import User
from kyodo.core.audit.models import Entry
from kyodo.core.organisations.models import Kind, Organisation

PASSWORD = "tall-trees-by-the-river"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


def body(name: str = "檜原村", code: str | None = "133078") -> Organisation:
    """An organisation; the same one each time."""
    made = Organisation.objects.get_or_create(name=name, defaults={"kind": Kind.VILLAGE, "code": code, "label": name})
    return made[0]


def someone(username: str = "hanako", *, email: str = "", role: Role | None = Role.OFFICER) -> User:
    """Somebody with a password and a role in the village."""
    at = clock.now()
    user = actions.create_user(
        username=username, display_name=f"檜原 {username}", email=email, password=PASSWORD, by=command(), at=at
    )
    if role is not None:
        give(user, role)
    return user


def give(user: User, role: Role, *, to: Organisation | None = None, days: tuple[int, int | None] = (-30, None)) -> None:
    """A role from a day until a day, counted from today."""
    first, last = days
    membership = actions.grant_role(
        user=user,
        organisation=to or body(),
        role=role,
        valid_from=clock.today() + timedelta(days=first),
        by=command(),
        at=clock.now(),
    )
    if last is not None:
        actions.end_role(
            membership=membership, valid_until=clock.today() + timedelta(days=last), by=command(), at=clock.now()
        )


def browser(username: str = "hanako", password: str = PASSWORD, *, user_agent: str = EDGE) -> Client:
    """A browser in which somebody signed in with their password."""
    client = Client(headers={"user-agent": user_agent})
    client.post("/accounts/login/", {"login": username, "password": password})
    return client


def confirm(client: Client) -> None:
    """The password once more, as it is asked before the way in is changed."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def recorded() -> list[str]:
    """The actions on record, in order."""
    return list(Entry.objects.order_by("sequence").values_list("action", flat=True))

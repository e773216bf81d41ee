"""People for the tests of jobs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.actor import Actor, command
from kyodo.core.access.roles import Role
from kyodo.core.accounts import actions as accounts
from kyodo.core.accounts.actors import person
from kyodo.core.accounts.models import User
from kyodo.core.entrances.queries import ALONE
from kyodo.core.jobs import queries
from kyodo.core.organisations.models import Kind, Organisation


def someone(username: str, role: Role = Role.OFFICER) -> User:
    """A user with a role in an organisation of their own."""
    at = clock.now()
    user = accounts.create_user(username=username, display_name=username, email="", password=None, by=command(), at=at)
    organisation = Organisation.objects.create(kind=Kind.CITY, name=f"{username}市", label=username)
    accounts.grant_role(
        user=user, organisation=organisation, role=role, valid_from=date(2026, 4, 1), by=command(), at=at
    )
    return user


def actor(user: User) -> Actor:
    """The actor of that user."""
    return person(user_id=user.pk, name=user.display_name, entrance=ALONE, at=clock.now())


def page(uuid: UUID, *, of: Actor) -> queries.JobPage:
    """The job as its owner sees it."""
    found = queries.page(uuid, actor=of)
    assert found is not None
    return found


def sign_in(client: Client, user: User) -> None:
    """Let the browser of a test be that user's, without the sign-in page and what it asks of a request."""
    session = client.session
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    client.cookies["kyodo_session"] = str(session.session_key)

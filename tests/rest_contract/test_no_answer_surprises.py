"""Whatever is sent to the API, with the token of any role, no answer is a 5xx and every answer is documented."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kyodo.config.wsgi import application
from kyodo.core.access.roles import Role
from kyodo.modules.needs.rules import Audience, State
from tests.architecture.doors import operations
from tests.program import Program
from tests.region import Region

pytestmark = pytest.mark.django_db
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests run in the transaction of the test and must not close its connection (as in Django's own client)."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(region: Region) -> dict[Role, str]:
    """A token of each role, in a region with a need of each kind."""
    for audience in Audience:
        region.need(audience=audience)
    region.need(audience=Audience.PUBLIC, state=State.CONFIRMED, backed_by=(region.townsman,))
    told = {}
    for role in Role:
        if role is Role.RESIDENT:
            continue
        told[role] = Program(region.of_role(role)).secret
    return told


@pytest.mark.parametrize("role", list(Role))
def test_every_operation_answers_every_role_as_documented(role: Role, tokens: dict[Role, str]):
    headers = {"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    asked = 0
    for found in schema.get_all_operations():

        @given(case=found.ok().as_strategy())
        @settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers, checks=CHECKS)

        ask()
        asked += 1
    assert asked == len(operations())

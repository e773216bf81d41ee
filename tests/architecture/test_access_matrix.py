"""Every door, knocked at by every role, answers as docs/access-matrix.md says; and the page lists every door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kyodo.core.access.roles import Role
from tests.architecture.doors import operations, pages
from tests.architecture.house import ROLES, House
from tests.region import Region
from tests.two_entrances import OUTER, two_entrances

pytestmark = pytest.mark.django_db

MATRIX_FILE = Path(__file__).parents[2] / "docs" / "access-matrix.md"
OUTSIDE = "## インターネット側の入口"


def matrix(*, outside: bool = False) -> dict[tuple[str, str], dict[Role, str]]:
    """The page's table: (door, object) → role → answer; `outside`: its second one, of what differs there."""
    rows: dict[tuple[str, str], dict[Role, str]] = {}
    inner, _heading, outer = MATRIX_FILE.read_text(encoding="utf-8").partition(OUTSIDE)
    for line in (outer if outside else inner).splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 2 + len(ROLES) or cells[0] in {"door", "---"}:
            continue
        assert (cells[0], cells[1]) not in rows, f"{cells[:2]} stands twice"
        rows[cells[0], cells[1]] = dict(zip(ROLES, cells[2:], strict=True))
    return rows


def test_the_matrix_lists_every_door_and_no_other():
    named = {page.name for page in pages() if page.name} | set(operations())
    assert {door for door, _object in matrix()} == named


def test_each_door_answers_each_role_as_the_matrix_says(region: Region, settings: Any, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    assert wrong_answers(House(region), matrix()) == []


def test_each_door_answers_at_the_internets_entrance_as_its_shorter_matrix_says(
    region: Region, settings: Any, tmp_path: Path
):
    settings.DATA_DIR = tmp_path
    two_entrances(settings)
    differing = matrix(outside=True)
    assert differing.keys() <= matrix().keys()
    assert [door for door, answers in differing.items() if answers == matrix()[door]] == [], "the same: leave it out"
    house = House(region, host=OUTER, entrance="outer")
    # What is shut inside is shut here too, since an actor's reach can only end (test_outside): that needs no knock.
    expected = {
        door: differing.get(door) or {role: answer for role, answer in answers.items() if answer == "open"}
        for door, answers in matrix().items()
    }
    assert wrong_answers(house, expected) == []


def wrong_answers(house: House, expected: dict[tuple[str, str], dict[Role, str]]) -> list[str]:
    """What a house answers otherwise than its matrix says."""
    wrong = []
    for (door, kind), answers in expected.items():
        for role, answer in house.knocks(door, kind, answers).items():
            if answer != answers[role]:
                wrong.append(f"{door} {kind} as {role}: {answer}, not {answers[role]}")
    return wrong


def test_an_address_that_others_left_unnamed_opens_for_nobody(region: Region):
    unnamed = [page.pattern for page in pages() if not page.name]
    assert unnamed, "django-allauth leaves its old addresses unnamed"
    browser = region.operator.browser()
    for pattern in unnamed:
        assert browser.get(f"/accounts/{pattern}").status_code == 403


def test_a_view_without_a_door_is_shut_and_an_operation_without_one_too(rf: Any, region: Region):
    from django.core.exceptions import PermissionDenied
    from ninja import NinjaAPI
    from ninja.errors import HttpError

    from kyodo.config.rest import api
    from kyodo.core.gate import DoorMiddleware, shut

    def forgotten(request: Any) -> None: ...

    request = rf.get("/")
    request.resolver_match = None
    middleware: Callable[..., Any] = DoorMiddleware(lambda _request: None).process_view  # type: ignore[arg-type, return-value]
    with pytest.raises(PermissionDenied):
        middleware(request, forgotten, (), {})
    assert isinstance(api, NinjaAPI)
    assert api.auth == [shut]
    with pytest.raises(HttpError):
        shut(request)

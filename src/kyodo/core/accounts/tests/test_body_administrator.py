"""A body's administrator looks after the people of that body, and can reach nobody else through it."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.accounts.tests.people import body, browser, give, someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    someone("jinji", role=Role.ADMINISTRATOR)
    return browser("jinji")


def told(**changes: object) -> dict[str, object]:
    return {
        "username": "taro",
        "display_name": "檜原 太郎",
        "email": "",
        "organisation": body().pk,
        "role": "officer",
        "duty": "総務課",
        "valid_from": clock.today(),
        **changes,
    }


def test_a_colleague_is_registered_in_the_own_body(admin):
    assert admin.post("/accounts/users/new/", told()).status_code == 200
    membership = Membership.objects.get(user__username="taro")
    assert (membership.organisation.name, membership.role) == ("檜原村", Role.OFFICER)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "operator"])
def test_roles_of_the_whole_region_are_not_theirs_to_give(admin, role):
    assert admin.post("/accounts/users/new/", told(role=role)).status_code == 422
    assert not User.objects.filter(username="taro").exists()


def test_another_body_is_not_theirs_to_fill(admin):
    town = body("日の出町", "133051")
    assert admin.post("/accounts/users/new/", told(organisation=town.pk)).status_code == 422


def test_people_of_another_body_do_not_exist_for_them(admin):
    other = someone("other", role=None)
    give(other, Role.OFFICER, to=body("日の出町", "133051"))
    assert admin.get(f"/accounts/users/{other.pk}/").status_code == 404
    assert "檜原 other" not in admin.get("/accounts/users/").content.decode()


@pytest.mark.parametrize("also", [Role.OPERATOR, Role.COORDINATOR, Role.AUDITOR])
def test_who_also_works_for_the_region_is_seen_but_gets_no_password_from_them(admin, also):
    colleague = someone("both")
    give(colleague, also, to=body("DX推進団体", None))
    page = admin.get(f"/accounts/users/{colleague.pk}/")
    assert "運用管理者が世話します" in page.content.decode()
    for act in ("password", "deactivate", "roles/new", "factors"):
        assert admin.post(f"/accounts/users/{colleague.pk}/{act}/", told()).status_code == 404, act
    mine = Membership.objects.get(user=colleague, role=Role.OFFICER)
    ended = admin.post(f"/accounts/users/{colleague.pk}/roles/{mine.pk}/end/", {"valid_until": clock.today()})
    assert ended.status_code == 302, "the part in their own body is theirs to end"


def test_a_new_role_elsewhere_takes_the_account_out_of_their_hands_from_the_day_it_is_given(admin):
    colleague = someone("moving")
    give(colleague, Role.OFFICER, to=body("日の出町", "133051"), days=(30, None))
    assert admin.get(f"/accounts/users/{colleague.pk}/password/").status_code == 404

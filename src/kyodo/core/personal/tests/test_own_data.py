"""A person takes away what is held about them; an operator erases it when nothing goes on."""

from __future__ import annotations

import json

import pytest

from kyodo.core import clock
from kyodo.core.accounts.models import Membership, User
from kyodo.core.audit.proof import verify_live
from tests.region import Region

pytestmark = pytest.mark.django_db


def test_the_file_holds_what_is_there_and_no_secret(region: Region):
    region.need()
    held = json.loads(region.villager.browser().post("/personal/").content)
    assert held["format"] == "kyodo-personal/1"
    assert held["account"][0]["username"] == region.villager.user.username
    assert held["roles"][0]["organisation__name"] == "檜原村"
    assert "needs.posted" in {act["action"] for act in held["acts"]}
    assert region.villager.user.password not in json.dumps(held)
    assert "digest" not in json.dumps(held)


def test_who_has_a_role_is_not_erased(region: Region):
    user = region.villager.user
    page = region.operator.browser().post(f"/personal/{user.pk}/erase/", follow=True).content.decode()
    assert "まだ役割があるため消せません" in page
    assert User.objects.get(pk=user.pk).display_name == user.display_name


def test_who_has_left_goes_and_the_acts_keep_a_number(region: Region):
    user = region.villager.user
    need = region.need()
    Membership.objects.filter(user=user).update(valid_until=clock.today().replace(year=2021))
    User.objects.filter(pk=user.pk).update(email="hanako@example.jp", display_name="檜原 花子")
    region.operator.browser().post(f"/personal/{user.pk}/erase/")
    erased = User.objects.get(pk=user.pk)
    assert (erased.email, erased.is_active, erased.display_name) == ("", False, "削除済みの利用者")
    assert verify_live().fault is None
    assert region.coordinator.browser().get(f"/needs/{need.pk}/").status_code == 200, "the body's records stay"

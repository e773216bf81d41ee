"""A program whose connection broke sends its write again, and gets the first answer; nothing is done twice."""

from datetime import timedelta

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.audit import record
from kyodo.core.audit.models import Entry
from kyodo.core.idempotency.models import KeptAnswer
from kyodo.core.idempotency.once import prune
from kyodo.modules.needs.models import Need, NeedBacking, NeedStep
from tests.program import Program
from tests.region import Region

pytestmark = pytest.mark.django_db
DRAFT = {"title": "窓口の待ち時間が長い", "trouble": "月曜の朝は40分待ちになります。", "audience": "all"}
KEY = {"Idempotency-Key": "k-1"}


def test_the_same_write_with_the_same_key_is_done_once_and_answered_twice(region: Region):
    village = Program(region.villager)
    first, again = (village.call("POST", "/needs", DRAFT, **KEY) for _time in range(2))
    assert (
        (first.status_code, first.json()) == (again.status_code, again.json()) == (201, {"id": Need.objects.get().pk})
    )
    assert Entry.objects.filter(action="needs.posted").count() == 1


def test_another_write_with_the_same_key_is_refused_and_changes_nothing(region: Region):
    village = Program(region.villager)
    village.call("POST", "/needs", DRAFT, **KEY)
    answer = village.call("POST", "/needs", {**DRAFT, "title": "ほかの相談があります"}, **KEY)
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["detail"]
    assert Need.objects.count() == 1


def test_a_join_is_answered_again_although_one_can_not_join_twice(region: Region):
    need, town = region.need(), Program(region.townsman)
    path = f"/needs/{need.pk}/backing"
    assert [town.call("POST", path, {"volume": "年3件"}, **KEY).status_code for _time in range(2)] == [201, 201]
    assert town.call("POST", path, {"volume": "年3件"}).status_code == 409
    assert NeedBacking.objects.count() == 1


def test_a_move_is_answered_again_although_the_need_has_moved_on(region: Region):
    need, dx = region.need(), Program(region.coordinator)
    path = f"/needs/{need.pk}/moves"
    assert dx.call("POST", path, {"to": "declined", "reason": "理由を書きました。"}, **KEY).status_code == 201
    assert dx.call("POST", path, {"to": "declined", "reason": "理由を書きました。"}, **KEY).status_code == 201
    assert NeedStep.objects.count() == 1


def test_a_key_of_somebody_else_and_another_address_are_no_repetition(region: Region):
    village, town = Program(region.villager), Program(region.townsman)
    for program in (village, town):
        assert program.call("POST", "/needs", DRAFT, **KEY).status_code == 201
    assert KeptAnswer.objects.count() == 2


def test_a_refused_write_keeps_its_key_free(region: Region):
    village = Program(region.villager)
    assert village.call("POST", "/needs", {**DRAFT, "title": "短い"}, **KEY).status_code == 422
    assert village.call("POST", "/needs", DRAFT, **KEY).status_code == 201


def test_the_answer_is_kept_with_the_write_or_neither_is(region: Region, monkeypatch: pytest.MonkeyPatch):
    village = Program(region.villager)
    village.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(record, "_append", lambda _drafts: 1 / 0)
        assert village.call("POST", "/needs", DRAFT, **KEY).status_code == 500
    assert (Need.objects.count(), KeptAnswer.objects.count()) == (0, 0)
    assert village.call("POST", "/needs", DRAFT, **KEY).status_code == 201


def test_a_key_is_free_again_after_a_day(region: Region):
    village = Program(region.villager)
    village.call("POST", "/needs", DRAFT, **KEY)
    KeptAnswer.objects.update(at=clock.now() - timedelta(hours=24))
    answer = village.call("POST", "/needs", {**DRAFT, "title": "ほかの相談があります"}, **KEY)
    assert answer.status_code == 201
    assert KeptAnswer.objects.count() == 1


def test_answers_older_than_a_day_are_thrown_away(region: Region):
    village, now = Program(region.villager), clock.now()
    village.call("POST", "/needs", DRAFT, **KEY)
    assert prune(now + timedelta(hours=23)) == 0
    assert prune(now + timedelta(hours=25)) == 1


def test_a_key_that_is_too_long_is_refused(region: Region):
    answer = Program(region.villager).call("POST", "/needs", DRAFT, **{"Idempotency-Key": "x" * 256})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("if_match", "revision", "status"),
    [
        ("{tag}", None, 204),
        ('"other", {tag}', None, 204),
        ("*", None, 204),
        ("{tag}", 1, 204),
        ("{tag}", 2, 412),
        ('"need-1-99"', None, 412),
        ("W/{tag}", None, 412),
        ("", 1, 204),
        ("", 7, 409),
        ("", None, 428),
    ],
)
def test_who_rewrites_says_what_was_read(region: Region, if_match: str, revision: int | None, status: int):
    need, village = region.need(), Program(region.villager)
    tag = village.call("GET", f"/needs/{need.pk}")["ETag"]
    headers = {"If-Match": if_match.format(tag=tag)} if if_match else {}
    answer = village.call("PUT", f"/needs/{need.pk}", {**DRAFT, "revision": revision}, **headers)
    assert answer.status_code == status
    assert (Need.objects.get().revision == 2) == (status == 204)


def test_the_second_of_two_editors_is_told_by_their_entity_tag(region: Region):
    need, village = region.need(), Program(region.villager)
    tag = village.call("GET", f"/needs/{need.pk}")["ETag"]
    first, second = (village.call("PUT", f"/needs/{need.pk}", DRAFT, **{"If-Match": tag}) for _editor in range(2))
    assert (first.status_code, second.status_code) == (204, 412)
    assert village.call("GET", f"/needs/{need.pk}")["ETag"] != tag


def test_the_document_names_keys_tags_and_their_refusals():
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    post = paths["/api/v1/needs"]["post"]
    put, get = (paths["/api/v1/needs/{need_id}"][method] for method in ("put", "get"))
    assert {one["name"] for one in post["parameters"]} == {"Idempotency-Key"}
    assert {"401", "403", "404", "409", "412", "422", "428"} <= set(put["responses"])
    assert "If-Match" in {one["name"] for one in put["parameters"]}
    assert "ETag" in get["responses"]["200"]["headers"]

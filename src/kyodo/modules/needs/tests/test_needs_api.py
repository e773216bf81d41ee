"""The API of needs: the same permissions as the pages, refusals as problem details, safe to repeat."""

import json

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.accounts.actions import revoke_token
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from tests.program import Program
from tests.region import Region

pytestmark = pytest.mark.django_db
DRAFT = {"title": "窓口の待ち時間が長い", "trouble": "月曜の朝は40分待ちになります。", "audience": "all"}


def test_a_need_is_posted_read_joined_and_moved(region: Region):
    village, town, dx = (Program(person) for person in (region.villager, region.townsman, region.coordinator))
    key = village.call("POST", "/needs", DRAFT).json()["id"]
    assert town.call("POST", f"/needs/{key}/backing", {"volume": "年300件"}).status_code == 201
    assert dx.call("POST", f"/needs/{key}/moves", {"to": "checking"}).status_code == 201
    story = village.call("GET", f"/needs/{key}").json()
    assert story["need"]["state"] == "checking"
    assert story["bodies"][0]["organisation"] == "日の出町"
    assert town.call("DELETE", f"/needs/{key}/backing").status_code == 204


def test_the_same_key_again_gives_the_same_need_again(region: Region):
    api = Program(region.villager)
    first = api.call("POST", "/needs", DRAFT, **{"Idempotency-Key": "abc"})
    second = api.call("POST", "/needs", DRAFT, **{"Idempotency-Key": "abc"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Need.objects.count() == 1


def test_the_same_key_of_somebody_else_is_another_need(region: Region):
    for person in (region.villager, region.townsman):
        assert Program(person).call("POST", "/needs", DRAFT, **{"Idempotency-Key": "abc"}).status_code == 201


def test_refusals_are_problem_details_with_every_fault(region: Region):
    answer = Program(region.villager).call("POST", "/needs", {**DRAFT, "title": "短い", "trouble": ""})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 422
    assert [fault["field"] for fault in problem["faults"]] == ["title", "trouble"]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"title": 5}', json.dumps({**DRAFT, "people": -1}), json.dumps({**DRAFT, "topic": "x"})]
)
def test_a_malformed_body_is_refused_in_the_same_form(region: Region, body):
    api = Program(region.villager)
    answer = Client().generic(
        "POST",
        "/api/v1/needs",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {api.secret}"},
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["窓口の\u0000待ち時間が長い", "窓口の\ud800待ち時間が長い"])
def test_what_no_database_can_keep_is_refused(region: Region, text):
    assert Program(region.villager).call("POST", "/needs", {**DRAFT, "title": text}).status_code == 422


def test_no_token_a_wrong_one_an_old_one_and_a_revoked_one_are_all_unknown(region: Region):
    api = Program(region.villager)
    revoke_token(token=api.token, by=region.villager.actor, at=clock.now())
    assert api.call("GET", "/needs").status_code == 401
    assert Client().get("/api/v1/needs").status_code == 401
    for header in ("Bearer wrong", "Basic abc", "Bearer"):
        answer = Client().get("/api/v1/needs", headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_of_somebody_who_left_is_unknown(region: Region):
    api = Program(region.villager)
    region.villager.user.is_active = False
    region.villager.user.save()
    assert api.call("GET", "/needs").status_code == 401


def test_a_reading_token_does_not_write(region: Region):
    api = Program(region.villager, may_write=False)
    assert api.call("GET", "/needs").status_code == 200
    assert api.call("POST", "/needs", DRAFT).status_code == 403
    assert not Need.objects.exists()


def test_pages_follow_one_another_by_cursor_without_gap_or_repetition(region: Region):
    keys = [region.need().pk for _ in range(7)]
    api, seen, cursor = Program(region.villager), [], ""
    while True:
        page = api.call("GET", f"/needs?limit=3{cursor}").json()
        seen += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert seen == sorted(keys, reverse=True)


def test_the_list_filters_as_the_page_does(region: Region):
    region.need(state=State.WORKING)
    region.need()
    items = Program(region.villager).call("GET", "/needs?state=working").json()["items"]
    assert [item["state"] for item in items] == ["working"]


def test_a_body_that_asked_not_to_be_named_is_not_named(region: Region):
    need = region.need(audience=Audience.ANONYMOUS)
    answer = Program(region.townsman).call("GET", f"/needs/{need.pk}")
    assert answer.json()["need"]["organisation"] is None
    assert "檜原村" not in answer.content.decode()


def test_another_bodys_hidden_need_does_not_exist(region: Region):
    need = region.need(audience=Audience.COORDINATORS)
    api = Program(region.townsman)
    for method, path, body in (
        ("GET", "", None),
        ("PUT", "", {**DRAFT, "revision": 1}),
        ("POST", "/backing", {"volume": "年3件"}),
        ("DELETE", "/backing", None),
    ):
        assert api.call(method, f"/needs/{need.pk}{path}", body).status_code == 404


def test_a_revision_that_is_no_longer_the_last_is_a_conflict(region: Region):
    need = region.need()
    api = Program(region.villager)
    assert api.call("PUT", f"/needs/{need.pk}", {**DRAFT, "revision": 1}).status_code == 204
    assert api.call("PUT", f"/needs/{need.pk}", {**DRAFT, "revision": 1}).status_code == 409


def test_anybodys_page_may_read_what_is_public(region: Region):
    need = region.need(audience=Audience.PUBLIC, state=State.DONE)
    answer = Client().get("/api/v1/needs/public")
    assert [item["id"] for item in answer.json()["items"]] == [need.pk]
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_the_openapi_document_tells_all_refusals_and_its_page_loads_nothing_from_outside(region: Region):
    schema = Client().get("/api/v1/openapi.json").json()
    assert {"401", "403", "404", "409", "422"} <= set(schema["paths"]["/api/v1/needs"]["post"]["responses"])
    page = Client().get("/api/v1/docs").content.decode()
    assert "POST /api/v1/needs" in page
    assert "http://" not in page.replace("http://testserver", "").replace("http://www.w3.org", "")

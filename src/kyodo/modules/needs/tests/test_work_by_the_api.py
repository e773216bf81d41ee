"""What is done with a need by programs: answers, promises, results, posts, merges, with the same refusals as pages."""

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, State
from tests.program import Program
from tests.region import Region

pytestmark = pytest.mark.django_db


def day(number):
    return (clock.today() + timedelta(days=number)).isoformat()


def test_a_need_is_answered_promised_measured_and_rated(region: Region):
    need = region.need(state=State.WORKING)
    dx, village = Program(region.coordinator), Program(region.villager)
    at = f"/needs/{need.pk}"
    answer = {"kind": "advice", "purpose": "相談に乗ります。", "due_on": day(9)}
    route = dx.call("POST", f"{at}/routes", answer).json()["id"]
    assert dx.call("PUT", f"{at}/routes/{route}", {"to": "running", "due_on": day(9)}).status_code == 204
    figure = {"label": "電話", "unit": "件/年", "baseline": 900, "promised": 300, "method": "受電記録で数えます。"}
    measure = dx.call("POST", f"{at}/measures", {**figure, "measure_on": day(30)}).json()["id"]
    result = {"measured": "250.5", "measured_on": day(0), "evidence": "受電記録簿の4月から9月まで"}
    assert village.call("PUT", f"{at}/measures/{measure}/result", result).status_code == 204
    assert dx.call("POST", f"{at}/moves", {"to": "done", "reason": "電話が減りました。"}).status_code == 201
    assert village.call("PUT", f"{at}/rating", {"score": 5}).status_code == 204
    told = village.call("GET", at).json()
    assert told["routes"][0]["state"] == "running"
    assert told["measures"][0]["measured"] == "250.50"


def test_posts_are_written_and_read_without_notes_for_bodies(region: Region):
    need = region.need()
    dx, village = Program(region.coordinator), Program(region.villager)
    for text, is_internal in (("お返事します。", False), ("内々の話です。", True)):
        sent = {"text": text, "is_internal": is_internal}
        assert dx.call("POST", f"/needs/{need.pk}/posts", sent).status_code == 201
    assert [post["text"] for post in village.call("GET", f"/needs/{need.pk}/posts").json()] == ["お返事します。"]
    assert village.call("POST", f"/needs/{need.pk}/posts", {"text": "内々", "is_internal": True}).status_code == 404
    assert village.call("POST", f"/needs/{need.pk}/posts", {"text": "あ"}).status_code == 422


def test_needs_are_merged_and_parted_and_the_refusal_names_all_faults(region: Region):
    target, source = region.need(by=region.townsman), region.need()
    hidden = region.need(by=region.townsman, audience=Audience.COORDINATORS)
    dx = Program(region.coordinator)
    refused = dx.call("PUT", f"/needs/{source.pk}/merge", {"into_id": hidden.pk})
    assert refused.status_code == 422
    assert dx.call("PUT", f"/needs/{source.pk}/merge", {"into_id": target.pk}).status_code == 204
    assert dx.call("GET", f"/needs/{source.pk}").json()["need"]["merged_into_id"] == target.pk
    assert dx.call("POST", f"/needs/{source.pk}/moves", {"to": "checking"}).status_code == 409
    assert dx.call("DELETE", f"/needs/{source.pk}/merge").status_code == 204
    assert dx.call("DELETE", f"/needs/{source.pk}/merge").status_code == 409
    given = {"assignee_id": region.coordinator.user.pk, "due_on": day(5)}
    assert dx.call("PUT", f"/needs/{source.pk}/arrangement", given).status_code == 204
    assert Need.objects.get(pk=source.pk).assignee == region.coordinator.user


def test_the_same_key_opens_one_answer(region: Region):
    need = region.need(state=State.WORKING)
    dx = Program(region.coordinator)
    answer = {"kind": "lab", "purpose": "課題として公募します。"}
    made = [dx.call("POST", f"/needs/{need.pk}/routes", answer, **{"Idempotency-Key": "k"}).json() for _ in range(2)]
    assert made[0] == made[1]
    assert need.routes.count() == 1

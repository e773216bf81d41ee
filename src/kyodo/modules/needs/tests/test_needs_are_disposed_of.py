"""A need kept long enough goes by list and approval of another: its words go, the chain stays valid and says so."""

from __future__ import annotations

import pytest

from kyodo.core import clock
from kyodo.core.audit.proof import verify_live
from kyodo.core.retention import actions
from kyodo.core.retention.kinds import KINDS
from kyodo.core.retention.models import Disposal, DisposalItem
from kyodo.modules.needs.models import Need, NeedBacking
from tests import keeping
from tests.region import Region

pytestmark = pytest.mark.django_db

APPROVED = {"answer": "approve", "sure": "yes"}


def listed(region: Region) -> Disposal:
    key = actions.propose(kind=KINDS[keeping.NEED], by=region.operator.actor, at=clock.now())
    return Disposal.objects.get(pk=key)


def test_its_words_go_everywhere_and_the_chain_stays_valid(region: Region):
    need, fresh = keeping.old_need(region), region.need(title="いまの窓口の待ち時間の相談")
    disposal = listed(region)
    before = verify_live()
    page = f"/retention/{disposal.pk}/"
    answer = region.coordinator.browser().post(page, {**APPROVED}, follow=True).content.decode()
    assert "1件を廃棄しました" in answer
    need.refresh_from_db()
    assert "昔の窓口" not in need.title
    assert need.trouble == ""
    assert NeedBacking.objects.get(need=need).note == ""
    auditor = region.auditor.browser()
    assert "昔の窓口" not in auditor.get("/audit/").content.decode()
    assert "昔の窓口" not in auditor.get("/search/?q=昔の窓口").content.decode().split("<main")[1].split("<ul")[-1]
    assert "昔の窓口" not in answer, "nor does the list say it any more"
    after = verify_live()
    assert after.fault is None
    assert after.entries == before.entries + 1, "the disposal itself is on record"
    fresh.refresh_from_db()
    assert fresh.title == "いまの窓口の待ち時間の相談"


def test_whoever_made_the_list_can_not_approve_it(region: Region):
    keeping.old_need(region)
    disposal = listed(region)
    with pytest.raises(actions.SameHand):
        actions.approve(disposal=disposal, keep=[], by=region.operator.actor, at=clock.now())
    assert region.operator.browser().post(f"/retention/{disposal.pk}/", {**APPROVED}).status_code == 404
    assert Need.objects.filter(title__startswith="昔の").exists()


def test_without_the_mark_nothing_goes(region: Region):
    need = keeping.old_need(region)
    page = f"/retention/{listed(region).pk}/"
    answer = region.coordinator.browser().post(page, {"answer": "approve"}, follow=True)
    assert "廃棄していません" in answer.content.decode()
    assert Need.objects.get(pk=need.pk).trouble


def test_what_is_taken_off_the_list_stays(region: Region):
    first, second = keeping.old_need(region), keeping.old_need(region, "係争中の昔の相談です")
    disposal = listed(region)
    item = DisposalItem.objects.get(disposal=disposal, subject_id=second.pk)
    region.coordinator.browser().post(f"/retention/{disposal.pk}/", {**APPROVED, "keep": [str(item.pk)]})
    assert Need.objects.get(pk=second.pk).title == "係争中の昔の相談です"
    assert Need.objects.get(pk=first.pk).trouble == ""


def test_a_longer_period_set_meanwhile_stops_the_approval(region: Region):
    keeping.old_need(region)
    disposal = listed(region)
    actions.set_period(kind=KINDS[keeping.NEED], years=30, by=region.operator.actor, at=clock.now())
    with pytest.raises(actions.NotOver):
        actions.approve(disposal=disposal, keep=[], by=region.coordinator.actor, at=clock.now())
    assert Disposal.objects.get(pk=disposal.pk).state == "proposed"


def test_without_anything_over_there_is_no_list(region: Region):
    region.need()
    page = region.operator.browser().post(f"/retention/kinds/{keeping.NEED}/propose/", follow=True)
    assert "まだありません" in page.content.decode()

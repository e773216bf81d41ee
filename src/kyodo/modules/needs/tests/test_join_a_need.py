"""「うちも」: a body joins the need of another with its own volume and date, once, and can leave again."""

import pytest

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.audit.models import Entry
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need, NeedBacking
from kyodo.modules.needs.rules import Audience, BackingDraft, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def join(region: Region, need: Need, **changes):
    sent = {"volume": "会議室12室、年1,400件", "note": "鍵も一緒に。", **changes}
    return region.townsman.browser().post(f"/needs/{need.pk}/back/", sent)


def test_the_town_stands_on_the_page_with_its_volume_and_word(region: Region):
    need = region.need()
    assert join(region, need).status_code == 302
    page = region.villager.browser().get(f"/needs/{need.pk}/").content.decode()
    for words in ("日の出町", "会議室12室、年1,400件", "鍵も一緒に。", "1団体が「うちも」"):
        assert words in page
    assert Entry.objects.last().action == "needs.backed"
    assert Entry.objects.last().organisation_id == region.town.pk


def test_a_body_joins_once(region: Region):
    need = region.need()
    join(region, need)
    join(region, need)
    assert NeedBacking.objects.count() == 1
    assert Need.objects.get(pk=need.pk).backing_count == 1


def test_of_two_officers_of_one_body_the_second_is_told(region: Region):
    need = region.need(backed_by=(region.townsman,))
    with pytest.raises(actions.AlreadyBacked):
        actions.back_need(
            need=need,
            draft=BackingDraft(volume="年1件"),
            section="総務課",
            by=region.townsman.actor,
            at=clock.now(),
        )
    assert Need.objects.get(pk=need.pk).backing_count == 1


def test_without_a_volume_nothing_is_joined_and_the_reason_told(region: Region):
    need = region.need()
    answer = join(region, need, volume=" 　 ")
    assert answer.status_code == 422
    assert 'href="#id_volume"' in answer.content.decode()
    assert not NeedBacking.objects.exists()


@pytest.mark.parametrize("state", [State.DONE, State.CONFIRMED, State.DECLINED])
def test_what_is_closed_can_not_be_joined(region: Region, state):
    assert join(region, region.need(state=state)).status_code == 404


def test_a_need_that_was_closed_meanwhile_is_not_joined(region: Region):
    need = region.need()
    actions.move_need(
        need=need, to=State.DECLINED, reason="今年度は難しいため。", by=region.coordinator.actor, at=clock.now()
    )
    with pytest.raises(actions.NeedChanged):
        actions.back_need(
            need=need, draft=BackingDraft(volume="年1件"), section="課", by=region.townsman.actor, at=clock.now()
        )
    assert not NeedBacking.objects.exists()


def test_ones_own_need_and_a_hidden_one_can_not_be_joined(region: Region):
    own, hidden = region.need(by=region.townsman), region.need(audience=Audience.COORDINATORS)
    assert join(region, own).status_code == 404
    assert join(region, hidden).status_code == 404


def test_a_body_can_leave_and_join_again(region: Region):
    need = region.need(backed_by=(region.townsman,))
    browser = region.townsman.browser()
    assert "取り消しますか" in browser.get(f"/needs/{need.pk}/withdraw/").content.decode()
    browser.post(f"/needs/{need.pk}/withdraw/")
    assert Need.objects.get(pk=need.pk).backing_count == 0
    assert Entry.objects.last().action == "needs.backing_withdrawn"
    assert join(region, need).status_code == 302
    assert Need.objects.get(pk=need.pk).backing_count == 1


def test_nobody_leaves_for_another_body(region: Region):
    need = region.need(by=region.townsman, backed_by=(region.villager,))
    other = region.person(region.ward, Role.OFFICER)
    assert other.browser().post(f"/needs/{need.pk}/withdraw/").status_code == 404
    assert NeedBacking.objects.count() == 1


def test_who_joined_what_was_merged_leaves_on_the_page_that_tells_it(region: Region):
    merged, target = region.need(backed_by=(region.townsman,)), region.need(by=region.person(region.ward, Role.OFFICER))
    actions.merge_needs(target=target, sources=[merged], reason="", by=region.coordinator.actor, at=clock.now())
    browser, address = region.townsman.browser(), f"/needs/{target.pk}/withdraw/"
    assert address in browser.get(f"/needs/{target.pk}/").content.decode()
    assert f'action="{address}"' in browser.get(address).content.decode()
    browser.post(address)
    assert not NeedBacking.objects.exists()
    assert Need.objects.get(pk=target.pk).backing_count == 1


def test_a_body_that_leaves_but_posted_what_was_merged_is_counted_still(region: Region):
    merged, target = region.need(by=region.townsman), region.need(backed_by=(region.townsman,))
    actions.merge_needs(target=target, sources=[merged], reason="", by=region.coordinator.actor, at=clock.now())
    actions.withdraw_backing(backing=NeedBacking.objects.get(), by=region.townsman.actor, at=clock.now())
    assert Need.objects.get(pk=target.pk).backing_count == 1


def test_nobody_leaves_once_what_was_joined_is_solved_elsewhere(region: Region):
    merged, target = region.need(backed_by=(region.townsman,)), region.need(by=region.person(region.ward, Role.OFFICER))
    actions.merge_needs(target=target, sources=[merged], reason="", by=region.coordinator.actor, at=clock.now())
    Need.objects.filter(pk=target.pk).update(state=State.DONE)
    for number in (merged.pk, target.pk):
        assert region.townsman.browser().post(f"/needs/{number}/withdraw/").status_code == 404

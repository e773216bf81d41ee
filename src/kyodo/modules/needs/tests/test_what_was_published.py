"""A need solved in public: everybody reads what was published, in each version, as it was on a day; or no more."""

from datetime import timedelta

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.publication.models import Publication
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.models import Need, NeedMeasure
from kyodo.modules.needs.rules import Audience, MeasureDraft, ResultDraft, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def solved(region, **more):
    return region.need(by=region.townsman, audience=Audience.PUBLIC, state=State.DONE, **more)


def move(region, need, to, reason="理由を書きました。", at=None):
    need = Need.objects.get(pk=need.pk)
    actions.move_need(need=need, to=to, reason=reason, by=region.coordinator.actor, at=at or clock.now())


def test_everybody_reads_the_trouble_the_outcome_and_who_acted_together(region: Region):
    need = solved(region, backed_by=(region.villager,))
    page = Client().get(f"/needs/public/{need.pk}/").content.decode()
    for told in (need.title, "月曜の朝は40分待ち", "理由を書きました。", "日の出町", "檜原村", "年300件"):
        assert told in page
    assert "企画課" not in page  # sections and words of those who joined are meant for bodies


def test_what_is_written_among_bodies_and_prices_stay_there(region: Region):
    need = solved(region)
    Need.objects.filter(pk=need.pk).update(vendor="A社の予約システム", price_yen=3_400_000, price_readers="bodies")
    move(region, need, State.CONFIRMED)
    answer = Client().get(f"/needs/public/{need.pk}/").content.decode()
    api = Client().get(f"/api/v1/needs/public/{need.pk}").content.decode()
    for told in (answer, api):
        assert "A社" not in told
        assert "3,400,000" not in told
        assert "3400000" not in told


def test_each_change_is_a_version_and_the_old_ones_keep_their_links(region: Region):
    need = solved(region)
    move(region, need, State.CONFIRMED, reason="待ち時間が半分になりました。")
    first, second = (Client().get(f"/needs/public/{need.pk}/v{number}/").content.decode() for number in (1, 2))
    assert "待ち時間が半分" not in first
    assert "いまの版を見る" in first
    assert "待ち時間が半分" in second
    assert Client().get(f"/needs/public/{need.pk}/v3/").status_code == 404


def test_as_it_was_on_a_day(region: Region):
    need = solved(region, at=clock.now() - timedelta(days=30))
    move(region, need, State.CONFIRMED, reason="待ち時間が半分になりました。")
    address = f"/needs/public/{need.pk}/"
    then = (clock.today() - timedelta(days=3)).isoformat()
    assert "待ち時間が半分" not in Client().get(f"{address}?on={then}").content.decode()
    assert Client().get(f"{address}?on=2001-01-01").status_code == 404
    assert "待ち時間が半分" in Client().get(f"{address}?on=2026-02-30").content.decode()  # no day: as it is now


def test_opened_again_it_is_public_no_more_not_even_in_old_versions(region: Region):
    need = solved(region)
    move(region, need, State.WORKING)
    for address in (f"/needs/public/{need.pk}/", f"/needs/public/{need.pk}/v1/", f"/api/v1/needs/public/{need.pk}"):
        assert Client().get(address).status_code == 404
    move(region, need, State.DONE)
    assert Client().get(f"/needs/public/{need.pk}/v2/").status_code == 200
    assert Client().get(f"/needs/public/{need.pk}/v1/").status_code == 404


def test_a_result_measured_afterwards_is_published_too(region: Region):
    need = solved(region)
    draft = MeasureDraft("待ち時間", "分", 40, 20, "番号札の記録で数えます。", clock.today() + timedelta(days=5))
    actions.promise(need=need, draft=draft, by=region.coordinator.actor, at=clock.now())
    measure = NeedMeasure.objects.select_related("need").get()
    result = ResultDraft(18, clock.today(), "9月の番号札の記録")
    actions.record_result(measure=measure, draft=result, by=region.townsman.actor, at=clock.now())
    page = Client().get(f"/needs/public/{need.pk}/").content.decode()
    for told in ("待ち時間", "−55%", "約束どおり", "9月の番号札の記録"):
        assert told in page


def test_a_need_that_is_not_public_is_not_published(region: Region):
    region.need(state=State.DONE, audience=Audience.ALL)
    assert not Publication.objects.exists()


def test_a_body_that_was_merged_and_asked_not_to_be_named_is_not_named_in_public(region: Region):
    need = region.need(by=region.townsman, audience=Audience.PUBLIC, state=State.WORKING)
    hidden = region.need(audience=Audience.ANONYMOUS)
    by = region.coordinator.actor
    actions.merge_needs(target=need, sources=[hidden], reason="", by=by, at=clock.now())
    move(region, need, State.DONE)
    page = Client().get(f"/needs/public/{need.pk}/").content.decode()
    assert "ほかに1団体" in page
    assert "檜原村" not in page.split("<svg")[0] + page.rsplit("</svg>", 1)[-1]
    assert queries.published(need.pk).story.unnamed_bodies == 1


def test_the_public_page_costs_the_same_with_many_bodies(region: Region, django_assert_num_queries):
    need = solved(region, backed_by=(region.villager,))
    with django_assert_num_queries(4):  # the version, all versions, the map; whether there is an easy version
        Client().get(f"/needs/public/{need.pk}/")


def merged_then_solved(region, *sources):
    target = region.need(by=region.townsman, audience=Audience.PUBLIC)
    actions.merge_needs(target=target, sources=sources, reason="", by=region.coordinator.actor, at=clock.now())
    for to in (State.CHECKING, State.WORKING, State.DONE):
        move(region, target, to)
    return target


def test_who_spoke_to_bodies_only_is_not_named_to_everybody_by_a_merge(region: Region):
    joined = region.person(region.ward, Role.OFFICER)
    among_bodies = region.need(title="住民には話していない相談", audience=Audience.ALL, backed_by=(joined,))
    need = merged_then_solved(region, among_bodies)
    page = Client().get(f"/needs/public/{need.pk}/").content.decode()
    api = Client().get(f"/api/v1/needs/public/{need.pk}").json()
    assert "檜原村" not in page.split("<main")[1].split("同じ悩みの団体")[0]
    assert among_bodies.title not in page
    assert (api["bodies"], api["unnamed_bodies"]) == ([], 2)
    assert "檜原村" in region.townsman.browser().get(f"/needs/{need.pk}/").content.decode()


def test_what_was_parted_again_is_public_there_no_more(region: Region):
    source = region.need(audience=Audience.PUBLIC)
    need = merged_then_solved(region, source)
    address = f"/api/v1/needs/public/{need.pk}"
    assert [body["name"] for body in Client().get(address).json()["bodies"]] == ["檜原村"]
    actions.undo_merge(need=Need.objects.get(pk=source.pk), by=region.coordinator.actor, at=clock.now())
    assert Client().get(address).json()["bodies"] == []

"""Needs are put together and parted again: nothing is lost, nobody is named who asked not to be."""

from datetime import timedelta

import pytest

from kyodo.core import clock
from kyodo.core.deadlines.models import Deadline
from kyodo.core.threads import actions as threads
from kyodo.core.threads.models import Post
from kyodo.modules.needs import actions, queries
from kyodo.modules.needs.models import Need, NeedBacking
from kyodo.modules.needs.rules import Audience, BackingDraft, State
from tests.region import Region

pytestmark = pytest.mark.django_db


def merge(region, target, *sources, reason="まとめて進めます。"):
    actions.merge_needs(
        target=Need.objects.get(pk=target.pk),
        sources=[Need.objects.get(pk=one.pk) for one in sources],
        reason=reason,
        by=region.coordinator.actor,
        at=clock.now(),
    )


def part(region, need):
    actions.undo_merge(need=Need.objects.get(pk=need.pk), by=region.coordinator.actor, at=clock.now())


def count_of(need):
    return Need.objects.values_list("backing_count", flat=True).get(pk=need.pk)


def test_the_target_tells_of_all_bodies_and_counts_each_once(region: Region):
    town, ward = region.townsman, region.person(region.ward, "officer")
    target = region.need(backed_by=(ward,))
    source = region.need(by=town, backed_by=(ward,))
    merge(region, target, source)
    told = queries.story(target.pk, actor=region.villager.actor)
    assert [body.organisation for body in told.bodies] == ["日の出町", "世田谷区"]
    assert count_of(target) == 2
    page = region.villager.browser().get(f"/needs/{target.pk}/").content.decode()
    assert f"#{source.pk}" in page
    assert "まとめて進めます。" in page


def test_a_merged_need_leads_to_the_other_and_can_be_neither_joined_nor_moved_nor_changed(region: Region):
    target, source = region.need(), region.need(by=region.townsman)
    merge(region, target, source)
    page = region.townsman.browser().get(f"/needs/{source.pk}/").content.decode()
    assert f'href="/needs/{target.pk}/"' in page
    assert region.townsman.browser().get(f"/needs/{source.pk}/edit/").status_code == 404
    assert region.villager.browser().get(f"/needs/{source.pk}/back/").status_code == 404
    assert region.townsman.browser().post(f"/threads/needs.need/{source.pk}/", {"text": "あの"}).status_code == 404
    with pytest.raises(actions.NeedIsMerged):
        actions.move_need(
            need=Need.objects.get(pk=source.pk),
            to=State.CHECKING,
            reason="",
            by=region.coordinator.actor,
            at=clock.now(),
        )


def test_undoing_brings_everything_back_and_keeps_what_was_written_since(region: Region):
    ward = region.person(region.ward, "officer")
    target, source = region.need(), region.need(by=region.townsman, backed_by=(ward,))
    before = queries.story(source.pk, actor=region.coordinator.actor)
    merge(region, target, source)
    subject = queries.thread_subject(region.villager.actor, target.pk)
    threads.write_post(
        subject=subject, text="統合の後の書き込み", is_internal=False, by=region.villager.actor, at=clock.now()
    )
    part(region, source)
    after = queries.story(source.pk, actor=region.coordinator.actor)
    assert (after.bodies, after.need.backing_count, after.merged_into) == (before.bodies, 1, None)
    assert (count_of(target), queries.story(target.pk, actor=region.coordinator.actor).bodies) == (0, ())
    assert Post.objects.get().subject_id == target.pk
    page = region.coordinator.browser().get(f"/needs/{target.pk}/").content.decode()
    assert "統合の後の書き込み" in page
    assert "統合の取消" in page


def test_a_chain_stays_flat_and_parts_where_it_was_joined(region: Region):
    first, second, third = region.need(), region.need(by=region.townsman), region.need(by=region.townsman)
    merge(region, second, third)
    merge(region, first, second)
    assert set(Need.objects.filter(merged_into=first).values_list("pk", flat=True)) == {second.pk, third.pk}
    part(region, second)
    assert Need.objects.get(pk=third.pk).merged_into_id == second.pk
    assert Need.objects.get(pk=second.pk).merged_into_id is None


def test_a_merged_need_can_be_merged_no_further_and_nothing_into_it(region: Region):
    target, source, other = region.need(), region.need(by=region.townsman), region.need()
    merge(region, target, source)
    with pytest.raises(actions.NeedRefused, match="すでに統合された"):
        merge(region, other, source)
    with pytest.raises(actions.NeedRefused, match="すでにほかの相談に統合"):
        merge(region, source, other)
    with pytest.raises(actions.NeedRefused, match="同じ相談"):
        merge(region, other, other)


def test_an_ended_need_and_one_that_its_author_could_not_see_are_refused(region: Region):
    source = region.need()
    with pytest.raises(actions.NeedRefused, match="終わった"):
        merge(region, region.need(state=State.DONE), source)
    with pytest.raises(actions.NeedRefused, match="見えない"):
        merge(region, region.need(by=region.townsman, audience=Audience.COORDINATORS), source)
    merge(region, region.need(audience=Audience.COORDINATORS), source)  # the same body's own


def test_a_body_that_asked_not_to_be_named_is_counted_and_not_named(region: Region):
    target = region.need(by=region.townsman)
    for audience in (Audience.ANONYMOUS, Audience.COORDINATORS):
        merge(region, target, region.need(audience=audience, title=f"名前を出さない相談 {audience}"))
    told = queries.story(target.pk, actor=region.townsman.actor)
    assert (told.bodies, told.unnamed_bodies, told.need.backing_count) == ((), 1, 1)
    page = region.townsman.browser().get(f"/needs/{target.pk}/").content.decode()
    assert "名前を出さない相談 coordinators" not in page
    assert "ほかに1団体" in page
    assert [body.organisation for body in queries.story(target.pk, actor=region.coordinator.actor).bodies] == ["檜原村"]


def test_who_posted_what_was_merged_cannot_join_twice(region: Region):
    target, source = region.need(), region.need(by=region.townsman)
    merge(region, target, source)
    assert not queries.story(target.pk, actor=region.townsman.actor).may_back
    actions.back_need(need=target, draft=BackingDraft("年3件"), section="課", by=region.townsman.actor, at=clock.now())
    assert count_of(target) == 1


def test_those_who_follow_the_merged_need_are_told_and_hear_of_the_other_from_then_on(region: Region):
    from kyodo.core.notifications.models import Notice

    target, source = region.need(), region.need(by=region.townsman)
    merge(region, target, source)
    told = Notice.objects.filter(user=region.townsman.user).last()
    assert (told.address, told.facts["into"].startswith(f"#{target.pk}")) == (f"/needs/{source.pk}/", True)
    assert region.townsman.user.pk in queries.followers(target.pk)


def test_the_coordinator_chooses_in_the_list_and_then_which_one_is_kept(region: Region):
    first, second = region.need(), region.need(by=region.townsman)
    browser = region.coordinator.browser()
    answer = browser.post("/needs/together/", {"do": "merge", "ids": [first.pk, second.pk]}, follow=True)
    assert answer.context["form"].fields["target"].choices[0][0] in {str(first.pk), str(second.pk)}
    sent = {"ids": [first.pk, second.pk], "target": second.pk, "reason": "", "sent": "1"}
    answer = browser.post("/needs/merge/", sent, follow=True)
    assert answer.redirect_chain == [(f"/needs/{second.pk}/", 302)]
    assert Need.objects.get(pk=first.pk).merged_into_id == second.pk
    assert browser.post(f"/needs/{first.pk}/part/", follow=True).status_code == 200
    assert Need.objects.get(pk=first.pk).merged_into_id is None
    assert browser.post(f"/needs/{first.pk}/part/").status_code == 404


def test_numbers_that_are_not_open_needs_are_said_to_be_none(region: Region):
    need = region.need()
    page = region.coordinator.browser().get(f"/needs/merge/?ids={need.pk}、９９９９９９、x、²").content.decode()
    assert "#999999" in page


def test_a_merged_need_is_marked_in_lists_and_counted_in_no_state(region: Region):
    target, source = region.need(), region.need(by=region.townsman, title="統合される相談です")
    merge(region, target, source)
    browser = region.townsman.browser()
    assert f"#{target.pk} へ統合" in browser.get("/needs/").content.decode()
    assert "統合される相談です" not in browser.get("/needs/?state=received").content.decode()
    assert queries.counts(actor=region.coordinator.actor)[State.RECEIVED] == 1


def test_a_backing_withdrawn_after_the_merge_is_counted_no_more(region: Region):
    ward = region.person(region.ward, "officer")
    target, source = region.need(), region.need(by=region.townsman, backed_by=(ward,))
    merge(region, target, source)
    backing = NeedBacking.objects.select_related("need").get(need=source)
    actions.withdraw_backing(backing=backing, by=ward.actor, at=clock.now())
    assert count_of(target) == 1


def test_of_two_coordinators_at_once_one_wins_and_the_other_is_told(region: Region):
    first, second = region.need(), region.need(by=region.townsman)
    as_read = Need.objects.get(pk=first.pk), Need.objects.get(pk=second.pk)
    merge(region, first, second)
    with pytest.raises(actions.NeedChanged):
        actions.merge_needs(
            target=as_read[1], sources=[as_read[0]], reason="", by=region.coordinator.actor, at=clock.now()
        )
    assert Need.objects.exclude(merged_into=None).count() == 1


def test_what_was_due_is_due_again_when_it_is_parted(region: Region):
    target, source = region.need(by=region.townsman), region.need()
    coordinator, day = region.coordinator, clock.today() + timedelta(days=3)
    actions.arrange_needs(
        needs=[source], assignee=coordinator.user.pk, due_on=day, by=coordinator.actor, at=clock.now()
    )
    source = Need.objects.get(pk=source.pk)
    due = Deadline.objects.filter(kind="needs.need", subject_id=source.pk, met_at=None)
    merge(region, target, source)
    assert not due.exists()
    actions.undo_merge(need=Need.objects.get(pk=source.pk), by=coordinator.actor, at=clock.now())
    assert due.get().due_on == day


def test_on_an_english_page_what_officers_wrote_is_marked_as_japanese(region: Region):
    needs = region.need(), region.need(by=region.townsman)
    browser = region.coordinator.browser()
    browser.cookies["kyodo_language"] = "en"
    page = browser.get(f"/needs/merge/?ids={needs[0].pk},{needs[1].pk}").content.decode()
    assert "Merge" in page
    assert f'<span lang="ja">#{needs[1].pk} {needs[1].title}（日の出町）</span>' in page

"""An author rewrites an open need; what changed stays in the record, and nobody overwrites somebody else's change."""

import json

import pytest

from kyodo.core import clock
from kyodo.core.audit.models import Entry
from kyodo.modules.needs import actions
from kyodo.modules.needs.models import Need
from kyodo.modules.needs.rules import Audience, BackingDraft, State
from tests.region import Region, draft_of

pytestmark = pytest.mark.django_db


def sent(need: Need, **changes):
    return {
        "title": need.title,
        "trouble": need.trouble,
        "topic": need.topic,
        "standing": need.standing,
        "audience": need.audience,
        "submission": str(need.submission),
        "revision": need.revision,
        **changes,
    }


def test_the_form_comes_filled_with_the_need_as_it_stands(region: Region):
    need = region.need()
    page = region.villager.browser().get(f"/needs/{need.pk}/edit/").content.decode()
    assert need.title in page
    assert need.trouble in page


def test_only_what_changed_is_recorded_with_what_it_was(region: Region):
    need = region.need()
    changed = sent(need, people="1200")
    assert region.villager.browser().post(f"/needs/{need.pk}/edit/", changed).status_code == 302
    values = json.loads(Entry.objects.last().values_row.values)
    assert {name for name in values if name not in {"who", "subject"}} == {"people"}
    assert (values["people"]["old"], values["people"]["new"]) == (None, 1200)


def test_the_second_of_two_who_rewrite_at_once_is_told_and_loses_nothing_typed(region: Region):
    need = region.need()
    browser = region.villager.browser()
    browser.post(f"/needs/{need.pk}/edit/", sent(need, people="1200"))
    late = browser.post(f"/needs/{need.pk}/edit/", sent(need, people="9900"))
    assert late.status_code == 422
    assert "ほかの人がこの相談を変えました" in late.content.decode()
    assert "9900" in late.content.decode()
    assert Need.objects.get(pk=need.pk).people == 1200


def test_fewer_may_be_made_to_see_it_until_somebody_joined(region: Region):
    free, joined = region.need(), region.need(backed_by=(region.townsman,))
    browser = region.villager.browser()
    narrow = {"audience": Audience.COORDINATORS.value}
    assert browser.post(f"/needs/{free.pk}/edit/", sent(free, **narrow)).status_code == 302
    refused = browser.post(f"/needs/{joined.pk}/edit/", sent(joined, **narrow))
    assert refused.status_code == 422
    assert "すでに加わった団体がある" in refused.content.decode()
    assert Need.objects.get(pk=joined.pk).audience == Audience.ALL
    wide = sent(joined, audience=Audience.PUBLIC.value)
    assert browser.post(f"/needs/{joined.pk}/edit/", wide).status_code == 302


def test_what_is_closed_or_of_another_body_can_not_be_rewritten(region: Region):
    closed, other = region.need(state=State.DONE), region.need(by=region.townsman)
    for need in (closed, other):
        assert region.villager.browser().post(f"/needs/{need.pk}/edit/", sent(need)).status_code == 404


def test_a_body_that_joined_while_the_author_was_typing_keeps_what_it_joined(region: Region):
    read_before = region.need()
    actions.back_need(
        need=read_before,
        draft=BackingDraft(volume="年300件"),
        section="企画課",
        by=region.townsman.actor,
        at=clock.now(),
    )
    with pytest.raises(actions.NeedChanged):
        actions.edit_need(
            need=read_before,
            draft=draft_of(title=read_before.title, audience=Audience.COORDINATORS),
            revision=1,
            by=region.villager.actor,
            at=clock.now(),
        )
    assert Need.objects.get(pk=read_before.pk).audience == Audience.ALL

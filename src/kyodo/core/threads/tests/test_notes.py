"""A note among coordinators is for them alone: on the page, in its history, its files, and in notices."""

from __future__ import annotations

import pytest

from kyodo.core.files.models import Attachment
from kyodo.core.notifications.models import Notice
from kyodo.core.threads.models import Post
from kyodo.core.threads.tests.situations import post, read, told
from tests.region import Person, Region


@pytest.fixture(params=["villager", "townsman", "auditor"])
def other(request, region: Region) -> Person:
    """Somebody who reads the need and does not coordinate."""
    person: Person = getattr(region, request.param)
    return person


def test_nobody_else_reads_it(region: Region, other: Person, kept):
    need = region.need()
    number = post(need, region.coordinator, "予算が付きそうです。", note=True, files=(kept,))
    assert read(need, other) == []
    browser = other.browser()
    assert "予算が付きそうです。" not in browser.get(f"/needs/{need.pk}/").content.decode()
    assert browser.get(f"/threads/posts/{number}/history/").status_code == 404
    assert browser.get(f"/files/{Attachment.objects.get().pk}/{kept.name}").status_code == 404


def test_coordinators_read_it(region: Region, kept):
    need = region.need()
    number = post(need, region.coordinator, "予算が付きそうです。", note=True, files=(kept,))
    browser = region.coordinator.browser()
    assert [row.text for row in read(need, region.coordinator)] == ["予算が付きそうです。"]
    assert browser.get(f"/threads/posts/{number}/history/").status_code == 200
    assert browser.get(f"/files/{Attachment.objects.get().pk}/{kept.name}").status_code == 200


def test_nobody_else_is_told_of_it_even_where_it_mentions_their_body(region: Region):
    need = region.need(backed_by=(region.townsman,))
    Notice.objects.all().delete()
    post(need, region.coordinator, "@檜原村 と @日の出町 には、まだ言わないでください。", note=True)
    assert told() == {}


def test_who_does_not_coordinate_can_write_none(region: Region):
    need = region.need()
    form = {"text": "メモのつもりです。", "is_internal": "on"}
    region.villager.browser().post(f"/threads/needs.need/{need.pk}/", form)
    assert not Post.objects.get().is_internal

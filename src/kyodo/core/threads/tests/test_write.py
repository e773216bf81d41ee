"""A post is read by all who see the subject; its writer changes and takes it back, and what it said is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from kyodo.core import clock
from kyodo.core.files.models import Attachment
from kyodo.core.threads import actions, queries
from kyodo.core.threads.models import Post
from kyodo.core.threads.tests.situations import HIDDEN, UNNAMED, post, read, shown_to, subject
from tests.region import Region


def test_a_post_is_read_by_others_with_its_writers_name(region: Region):
    need = region.need()
    region.townsman.browser().post(f"/threads/needs.need/{need.pk}/", {"text": "うちも困っています。"})
    (row,) = read(need, region.villager)
    assert (row.who, row.text, row.may_change) == (region.townsman.actor.label, "うちも困っています。", False)
    assert read(need, region.townsman)[0].may_change


def test_too_short_a_post_is_refused_with_what_was_written(region: Region):
    answer = region.townsman.browser().post(f"/threads/needs.need/{region.need().pk}/", {"text": "短"})
    assert answer.status_code == 422
    assert not Post.objects.exists()


def test_nobody_writes_about_what_they_can_not_see(region: Region):
    hidden = shown_to(region.need(), HIDDEN)
    answer = region.townsman.browser().post(f"/threads/needs.need/{hidden.pk}/", {"text": "見えますか。"})
    assert answer.status_code == 404
    assert region.townsman.browser().post("/threads/no.such/1/", {"text": "あります。"}).status_code == 404


def test_a_changed_post_keeps_what_it_said_where_all_can_read_it(region: Region):
    need = region.need()
    number = post(need, region.townsman, "月曜は40分待ちます。")
    page = region.townsman.browser()
    form = {"text": "月曜は30分待ちます。", "before": "月曜は40分待ちます。"}
    assert page.post(f"/threads/posts/{number}/change/", form).status_code == 302
    assert read(need, region.villager)[0].text == "月曜は30分待ちます。"
    assert "月曜は40分待ちます。" in region.villager.browser().get(f"/threads/posts/{number}/history/").content.decode()


def test_of_two_edits_at_once_the_second_is_told_and_shown_what_it_says_now(region: Region):
    need = region.need()
    number = post(need, region.townsman, "最初の文です。")
    browser, address = region.townsman.browser(), f"/threads/posts/{number}/change/"
    browser.post(address, {"text": "一つ目の画面から。", "before": "最初の文です。"})
    answer = browser.post(address, {"text": "二つ目の画面から。", "before": "最初の文です。"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "ほかの画面で変えられました" in page
    assert "一つ目の画面から。" in page
    assert "二つ目の画面から。" in page
    assert read(need, region.townsman)[0].text == "一つ目の画面から。"
    assert browser.post(address, {"text": "二つ目の画面から。", "before": "一つ目の画面から。"}).status_code == 302


def test_an_edit_of_what_was_withdrawn_meanwhile_is_refused(region: Region):
    need = region.need()
    row = Post.objects.get(pk=post(need, region.townsman))
    hand = {"subject": subject(need, region.townsman), "by": region.townsman.actor, "at": clock.now()}
    actions.withdraw_post(post=row, **hand)
    with pytest.raises(actions.PostChanged):
        actions.change_post(post=row, before=row.text, text="あとから直す。", **hand)


def test_to_save_without_a_change_leaves_no_history(region: Region):
    number = post(region.need(), region.townsman, "そのままの文。")
    region.townsman.browser().post(
        f"/threads/posts/{number}/change/", {"text": "そのままの文。", "before": "そのままの文。"}
    )
    assert queries.history(number) == []


def test_line_breaks_as_browsers_send_them_are_no_change(region: Region):
    number = post(region.need(), region.townsman, "一行目\n二行目")
    form = {"text": "一行目\r\n二行目と三行目", "before": "一行目\r\n二行目"}
    assert region.townsman.browser().post(f"/threads/posts/{number}/change/", form).status_code == 302


def test_what_was_withdrawn_is_hidden_with_its_history_and_files(region: Region, kept):
    need = region.need()
    number = post(need, region.townsman, "電話は090です。", files=(kept,))
    file = f"/files/{Attachment.objects.get().pk}/{kept.name}"
    reader = region.villager.browser()
    assert reader.get(file).status_code == 200
    change = {"text": "電話は消しました。", "before": "電話は090です。"}
    region.townsman.browser().post(f"/threads/posts/{number}/change/", change)
    region.townsman.browser().post(f"/threads/posts/{number}/withdraw/")
    (row,) = read(need, region.villager)
    assert (row.text, row.files, row.is_withdrawn, row.may_change) == ("", (), True, False)
    assert "090" not in reader.get(f"/threads/posts/{number}/history/").content.decode()
    assert "090" not in reader.get(f"/needs/{need.pk}/").content.decode()
    for browser in (reader, region.townsman.browser(), region.coordinator.browser()):
        assert browser.get(file).status_code == 404


def test_only_the_writer_changes_or_withdraws(region: Region):
    number = post(region.need(), region.townsman)
    for other in (region.villager, region.coordinator):
        form = {"text": "書き換えました。", "before": "番号札を試しました。"}
        assert other.browser().post(f"/threads/posts/{number}/change/", form).status_code == 404
        assert other.browser().post(f"/threads/posts/{number}/withdraw/").status_code == 404
    assert Post.objects.get().withdrawn_at is None


def test_the_body_that_is_not_named_stays_so_in_its_posts(region: Region):
    need = shown_to(region.need(), UNNAMED)
    number = post(need, region.villager, "詳しくは別に書きます。")
    (masked,) = read(need, region.townsman)
    assert (masked.who, masked.organisation_id) == ("", None)
    assert read(need, region.coordinator)[0].who == region.villager.actor.label
    for address in (f"/needs/{need.pk}/", f"/threads/posts/{number}/history/"):
        page = region.townsman.browser().get(address).content.decode()
        assert region.villager.actor.label not in page


def test_without_sign_in_nothing_is_read(region: Region):
    number = post(region.need(), region.villager)
    assert Client().get(f"/threads/posts/{number}/history/").status_code == 302


def test_a_page_of_posts_costs_the_same_however_many(region: Region, django_assert_num_queries):
    need = region.need()
    for _number in range(30):
        post(need, region.townsman)
    found = subject(need, region.villager)
    with django_assert_num_queries(2):  # posts; their files
        assert len(queries.posts(found, actor=region.villager.actor)) == 30

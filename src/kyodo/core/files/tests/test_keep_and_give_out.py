"""A file is kept once, is visible only with its row, and goes only to whom its owner lets read it."""

from __future__ import annotations

import os
import threading
import time
from urllib.parse import quote

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from kyodo.core import clock
from kyodo.core.files import attachments, owners, store
from kyodo.core.files.forms import UploadsField
from kyodo.core.files.tasks import tidy
from kyodo.core.files.tests import samples
from kyodo.core.files.tests.samples import upload

KIND = "tests.note"
NAME = "見積 書.pdf"


@pytest.fixture(autouse=True)
def owner(monkeypatch):
    """Things whose number is the organisation that may read them."""
    monkeypatch.setitem(owners._owners, KIND, lambda actor, subject: actor.organisation_id == subject)


def attach(region, name=NAME, content=samples.PDF):
    kept = store.keep(upload(name, content))
    return attachments.attach(
        kept,
        kind=KIND,
        subject=region.village.pk,
        organisation=region.village.pk,
        by=region.villager.actor,
        at=clock.now(),
    )


def files_in(folder):
    return sorted(path for path in folder.glob("??/??/*"))


@pytest.mark.django_db
def test_the_owner_s_people_get_it_as_an_attachment_that_runs_nowhere(region):
    row = attach(region)
    answer = region.villager.browser().get(row.url)
    assert answer.getvalue() == samples.PDF
    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(NAME)}"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")
    assert answer.headers["Cache-Control"] == "private, no-store"
    known = region.villager.browser().get(row.url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


@pytest.mark.django_db
def test_nobody_else_finds_it(region, client):
    row = attach(region)
    assert region.townsman.browser().get(row.url).status_code == 404
    assert region.operator.browser().get(row.url).status_code == 404
    assert client.get(row.url).status_code == 404
    assert region.villager.browser().get(f"/files/{row.id + 1}/{NAME}").status_code == 404


@pytest.mark.django_db
def test_a_kind_for_which_nobody_answers_opens_for_nobody_and_takes_nothing(region, monkeypatch):
    row = attach(region)
    monkeypatch.delitem(owners._owners, KIND)
    assert region.villager.browser().get(row.url).status_code == 404
    with pytest.raises(LookupError):
        attach(region)


@pytest.mark.django_db
def test_attachments_of_many_things_come_in_one_query(region, django_assert_num_queries):
    row = attach(region)
    with django_assert_num_queries(1):
        assert attachments.of(KIND, [region.village.pk, region.town.pk]) == {region.village.pk: [row]}
    kept = store.keep(upload(NAME, samples.PDF))
    assert attachments.recorded([kept]) == [{"name": NAME, "digest": row.digest, "size": len(samples.PDF)}]


def test_the_same_content_handed_in_twenty_times_at_once_is_kept_once(store_folder):
    kept, barrier = [], threading.Barrier(20)

    def hand_in(number):
        barrier.wait()
        kept.append(store.keep(upload(f"{number}.pdf", samples.PDF)))

    threads = [threading.Thread(target=hand_in, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(kept) == 20
    assert len({one.digest for one in kept}) == 1
    assert len(files_in(store_folder)) == 1
    assert list((store_folder / "new").iterdir()) == []


@pytest.mark.django_db
def test_a_crash_between_file_and_row_leaves_nothing_to_see_and_is_tidied_after_a_week(region, store_folder):
    with transaction.atomic():
        attach(region)
        transaction.set_rollback(True)
    assert attachments.of(KIND, [region.village.pk]) == {}
    (left,) = files_in(store_folder)
    assert tidy(None).values == {"removed": 0}
    ago = time.time() - store.ORPHAN_AFTER - 60
    os.utime(left, (ago, ago))
    assert tidy(None).values == {"removed": 1}
    assert files_in(store_folder) == []


@pytest.mark.django_db
def test_what_is_attached_or_handed_in_again_is_never_tidied_away(region, store_folder):
    attach(region)
    store.keep(upload("b.gif", samples.GIF))
    ago = time.time() - store.ORPHAN_AFTER - 60
    for path in files_in(store_folder):
        os.utime(path, (ago, ago))
    store.keep(upload("c.gif", samples.GIF))
    assert store.remove_orphans() == 0
    assert len(files_in(store_folder)) == 2


@pytest.mark.django_db
def test_what_was_tidied_away_is_not_attached(region):
    kept = store.keep(upload(NAME, samples.PDF))
    store.path_of(kept.digest).unlink()
    with pytest.raises(attachments.FileGone):
        attachments.attach(kept, kind=KIND, subject=1, organisation=None, by=region.villager.actor, at=clock.now())


@pytest.mark.django_db
def test_missing_and_changed_files_are_told(region):
    fine, gone, changed = (
        attach(region, name, content)
        for name, content in (("a.pdf", samples.PDF), ("b.gif", samples.GIF), ("c.txt", b"text"))
    )
    assert list(store.faults()) == []
    store.path_of(gone.digest).unlink()
    store.path_of(changed.digest).write_bytes(b"tex!")
    told = list(store.faults())
    assert len(told) == 2
    assert "b.gif" in " ".join(told)
    assert "c.txt" in " ".join(told)
    assert fine.digest not in " ".join(told)
    assert len(list(store.faults(limit=1))) <= 1
    assert region.villager.browser().get(gone.url).status_code == 404


class NoteForm(forms.Form):
    """A form with files."""

    papers = UploadsField(label="添付", most=3, required=False)


def filled(*files):
    return NoteForm(data={}, files=MultiValueDict({"papers": list(files)}))


def test_the_field_takes_several_files_and_says_its_limits_before():
    form = filled(SimpleUploadedFile("a.pdf", samples.PDF), SimpleUploadedFile("b.gif", samples.GIF))
    assert form.is_valid(), form.errors
    assert [one.name for one in form.cleaned_data["papers"]] == ["a.pdf", "b.gif"]
    assert "1つ20MBまで、3個まで" in str(form["papers"].help_text)
    assert "multiple" in str(form["papers"])
    assert filled().is_valid()


def test_the_field_names_every_file_that_it_refuses():
    form = filled(
        SimpleUploadedFile("a.pdf", samples.EXE),
        SimpleUploadedFile("b.gif", samples.GIF),
        SimpleUploadedFile("c.xlsx", samples.PDF),
    )
    assert not form.is_valid()
    told = form.errors["papers"]
    assert len(told) == 2
    assert told[0].startswith("「a.pdf」：")
    assert told[1].startswith("「c.xlsx」：")


def test_the_field_refuses_more_files_than_it_says():
    assert (
        "4個ありました" in filled(*[SimpleUploadedFile(f"{n}.gif", samples.GIF) for n in range(4)]).errors["papers"][0]
    )

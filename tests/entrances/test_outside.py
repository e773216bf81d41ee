"""What coordinators write to one another is not read through the internet's entrance, by whatever page or mail."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from kyodo.core import clock
from kyodo.core.access.actor import Actor, ActorKind
from kyodo.core.access.roles import Role
from kyodo.core.files import store
from kyodo.core.files.models import Attachment
from kyodo.core.mail import delivery
from kyodo.core.notifications import digest
from kyodo.core.notifications.models import Notice
from kyodo.core.notifications.rules import Mail
from kyodo.core.threads.actions import write_post
from kyodo.core.threads.models import Post
from kyodo.core.threads.permissions import Permission
from kyodo.core.threads.subjects import find
from kyodo.modules.needs.actions import follow_need
from tests.program import Program
from tests.region import Region
from tests.two_entrances import INNER, OUTER

pytestmark = pytest.mark.django_db
TEXT = "予算が付きそうです。"


@pytest.fixture
def note(region: Region, both) -> tuple[int, int]:
    """A note of one coordinator, of which another hears: need, post."""
    need, at = region.need(), clock.now()
    second = region.person(region.dx_body, Role.COORDINATOR, "調整担当")
    other = region.person(region.ward, Role.COORDINATOR, "調整担当")
    follow_need(need=need, by=other.actor, at=at)
    subject = find("needs.need", need.pk, actor=second.actor)
    assert subject is not None
    kept = store.keep(ContentFile(b"x", name="memo.txt"))
    post = write_post(subject=subject, text=TEXT, is_internal=True, files=(kept,), by=second.actor, at=at)
    return need.pk, post


@pytest.mark.parametrize(("host", "entrance", "reads"), [(INNER, "inner", True), (OUTER, "outer", False)])
def test_on_its_page_in_its_history_and_files(region: Region, note, host, entrance, reads):
    need, post = note
    browser = region.coordinator.browser(host=host, entrance=entrance)
    page = browser.get(f"/needs/{need}/").content.decode()
    assert (TEXT in page) is reads
    assert ("関係者のみ（調整担当だけが読むメモ）" in page) is reads
    status = 200 if reads else 404
    file = Attachment.objects.get()
    assert browser.get(f"/threads/posts/{post}/history/").status_code == status
    assert browser.get(f"/files/{file.pk}/{file.name}").status_code == status
    assert browser.post(f"/threads/posts/{post}/change/", {"text": "x", "before": TEXT}).status_code in (
        {302, 422} if reads else {404}
    )
    found = browser.get("/search/", {"q": "予算が付きそう"}).content.decode()
    assert f"/needs/{need}/" not in found, "a note is found at neither"


@pytest.mark.parametrize(("host", "reads"), [(INNER, True), (OUTER, False)])
def test_by_the_api(region: Region, note, host, reads):
    need, _post = note
    program = Program(region.coordinator, host=host)
    told = program.get(f"/needs/{need}/posts")
    assert [one["text"] for one in told] == ([TEXT] if reads else [])
    answer = program.call("POST", f"/needs/{need}/posts", {"text": "もう一つのメモ", "is_internal": True})
    assert answer.status_code == (201 if reads else 404)


@pytest.mark.parametrize(("host", "entrance", "reads"), [(INNER, "inner", True), (OUTER, "outer", False)])
def test_in_notices(region: Region, note, host, entrance, reads):
    other = region.person(region.ward, Role.COORDINATOR, "調整担当")
    notice = Notice.objects.get(user=other.user, is_internal=True)
    browser = other.browser(host=host, entrance=entrance)
    assert ("に書き込みました" in browser.get("/notifications/").content.decode()) is reads
    assert (browser.get(f"/notifications/{notice.pk}/").headers["Location"] != "/") is reads
    browser.post("/notifications/read/")
    notice.refresh_from_db()
    assert (notice.read_at is not None) is reads


@pytest.mark.parametrize(("host", "told"), [(INNER, True), (OUTER, False)])
def test_in_mails_to_a_body_whose_entrance_it_is(region: Region, both, note, mailoutbox, host, told):
    other = region.person(region.ward, Role.COORDINATOR, "調整担当")
    type(other.user).objects.filter(pk=other.user.pk).update(email="chosei@example.jp")
    region.ward.home_entrance = both[host]
    region.ward.save()
    digest.queue_all(slot="x", mail=Mail.DAILY, day=clock.today())
    delivery.deliver()
    assert ("に書き込みました" in "".join(letter.body for letter in mailoutbox)) is told


def test_a_note_can_not_be_written_there(region: Region, both):
    need = region.need()
    browser = region.coordinator.browser(host=OUTER, entrance="outer")
    browser.post(f"/threads/needs.need/{need.pk}/", {"text": "メモのつもりです。", "is_internal": "on"})
    assert not Post.objects.get().is_internal


def test_it_is_denied_where_the_actor_is_asked_and_nowhere_else():
    roles = frozenset({Role.COORDINATOR})
    inside = Actor(kind=ActorKind.PERSON, label="", roles=roles)
    outside = Actor(kind=ActorKind.PERSON, label="", roles=roles, is_outside=True)
    assert inside.may(Permission.NOTES)
    assert not outside.may(Permission.NOTES)
    assert outside.may(Permission.WRITE)

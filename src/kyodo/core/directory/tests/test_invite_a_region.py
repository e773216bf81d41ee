"""One sheet for all bodies: accounts, invitations by mail, letters on paper, and the first password."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client

from kyodo.core import clock
from kyodo.core.access.roles import Role
from kyodo.core.accounts.models import Membership, User
from kyodo.core.directory import actions, tasks
from kyodo.core.directory.models import Invitation
from kyodo.core.directory.queries import invitations as queries
from kyodo.core.directory.queries.invitations import State
from kyodo.core.jobs.models import Job
from kyodo.core.mail.models import AddressTrouble
from kyodo.core.sheets import intake
from tests import sheet_back
from tests.region import Person, Region

pytestmark = pytest.mark.django_db

HEAD = "番号,団体コード,利用者名,氏名,メールアドレス,職・担当,役割,開始日\n"
GOOD = (
    ",133078,hinohara.hanako,檜原 花子,joho@vill.example.jp,総務課,担当者,2026/4/1\n"
    ",133051,hinode.taro,日の出 太郎,,企画課,承認者,令和8年4月1日\n"
)
PASSWORD = "みずうみのほとりのちいさなむら"
TOGETHER = "/directory/invitations/together/"


class NoProgress:
    """Nobody looks at the job."""

    def advance(self, *_args: object, **_facts: object) -> None:
        """Nothing."""


def back(rows: str, *, by: Person) -> intake.Taken:
    return sheet_back.latest(f"{HEAD}{rows}", by=by)


def invited(region: Region, rows: str = GOOD, *, by: Person | None = None) -> None:
    person = by or region.operator
    person.browser().post("/directory/invitations/sheet/")
    taken = back(rows, by=person)
    assert not taken.returned.faults
    sheet_back.applied(taken, by=person)


def mailed() -> None:
    tasks.send_invitations(NoProgress(), ids=Job.objects.latest("pk").params["ids"])


def link() -> str:
    found = re.search(r"/directory/welcome/[^/\s]+/", str(mail.outbox[-1].body))
    assert found
    return found[0]


def state_of(username: str) -> State:
    return queries.rows(Invitation.objects.filter(user__username=username).values_list(*queries.FIELDS))[0].state


def test_accounts_are_made_and_those_with_an_address_get_a_mail_that_names_them(region: Region):
    invited(region)
    membership = Membership.objects.get(user__username="hinode.taro")
    assert (membership.organisation.name, membership.role) == ("日の出町", Role.APPROVER)
    mailed()
    (message,) = mail.outbox
    assert message.to == ["joho@vill.example.jp"]
    assert message.subject.startswith("【Kyodo】檜原村 利用のご案内（檜原 花子さん）")
    assert "檜原村 檜原 花子 様" in str(message.body)
    assert state_of("hinohara.hanako") is State.MAILED
    assert state_of("hinode.taro") is State.NO_MAIL


def test_every_fault_of_the_sheet_is_said_at_once_and_nothing_is_made(region: Region):
    region.operator.browser().post("/directory/invitations/sheet/")
    rows = (
        ",133078,だれか,檜原 花子,x,総務課,担当者,2026/4/1\n"
        f",999999,{region.villager.user.username},名前,,課,担当者,2026/4/1\n"
        ",133078,a,名前,,課,部長,きのう\n"
        ",133078,twice,名前,,課,担当者,2026/4/1\n"
        ",133078,Twice,名前,,課,担当者,2026/4/1\n"
    )
    taken = back(rows, by=region.operator)
    assert len(taken.returned.faults) == 8
    assert not Invitation.objects.exists()


def test_an_administrator_invites_for_the_own_body_and_gives_only_its_roles(region: Region):
    person = region.of_role(Role.ADMINISTRATOR)
    person.browser().post("/directory/invitations/sheet/")
    rows = ",133051,a1,名前,,課,担当者,2026/4/1\n,133078,a2,名前,,課,運用管理者,2026/4/1\n"
    assert len(back(rows, by=person).returned.faults) == 2
    invited(region, ",,a3,名前,,課,担当者,2026/4/1\n", by=person)
    assert Membership.objects.get(user__username="a3").organisation == region.village


def test_the_link_sets_the_first_password_once(region: Region):
    invited(region)
    mailed()
    address, browser = link(), Client()
    assert "hinohara.hanako" in browser.get(address).content.decode()
    assert state_of("hinohara.hanako") is State.OPENED
    weak = browser.post(address, {"password1": "short", "password2": "short"})
    assert weak.status_code == 422
    other = browser.post(address, {"password1": PASSWORD, "password2": PASSWORD + "x"})
    assert other.status_code == 422
    done = browser.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    assert done.headers["Location"] == "/accounts/login/"
    assert User.objects.get(username="hinohara.hanako").check_password(PASSWORD)
    assert browser.get(address).status_code == 404
    signed_in = browser.post("/accounts/login/", {"login": "hinohara.hanako", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert state_of("hinohara.hanako") is State.SIGNED_IN


def test_a_link_is_void_after_two_weeks_and_when_it_is_sent_again(region: Region, monkeypatch):
    invited(region)
    mailed()
    first = link()
    invitation = Invitation.objects.get(user__username="hinohara.hanako")
    answer = region.operator.browser().post(TOGETHER, {"do": "mail", "ids": [invitation.pk]})
    assert answer.status_code == 302
    mailed()
    assert Client().get(first).status_code == 404
    assert Client().get(link()).status_code == 200
    later = clock.now() + timedelta(days=14, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Client().get(link()).status_code == 404
    assert state_of("hinohara.hanako") is State.EXPIRED


def test_who_has_signed_in_already_is_out_of_reach_of_an_old_link(region: Region):
    invited(region)
    mailed()
    User.objects.filter(username="hinohara.hanako").update(last_login=clock.now())
    assert Client().get(link()).status_code == 404


def test_a_letter_a_person_is_printed_with_a_password_for_once(region: Region):
    invited(region)
    mailed()
    old = link()
    ids = list(Invitation.objects.values_list("pk", flat=True))
    page = region.operator.browser().post(TOGETHER, {"do": "letters", "ids": ids})
    text = page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    passwords = re.findall(r"<code>([a-z2-9]{5}(?:-[a-z2-9]{5}){3})</code>", text)
    assert len(passwords) == 2
    assert User.objects.get(username="hinode.taro").check_password(passwords[0])
    assert Client().get(old).status_code == 404
    assert state_of("hinode.taro") is State.LETTER


def test_an_address_that_is_refused_is_listed_and_holds_up_nobody(region: Region, monkeypatch):
    invited(region, GOOD + ",131121,c1,名前,good@example.jp,課,担当者,2026/4/1\n")
    sent = locmem.EmailBackend.send_messages

    def refusing(self: Any, messages: Any) -> Any:
        if messages[0].to == ["joho@vill.example.jp"]:
            raise ValueError("no such mailbox")
        return sent(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refusing)
    mailed()
    assert [message.to for message in mail.outbox] == [["good@example.jp"]]
    page = region.operator.browser().get("/directory/invitations/?state=refused").content.decode()
    assert "hinohara.hanako" in page
    assert "good@example.jp" not in page


def test_a_mail_that_comes_back_later_shows_on_the_list_too(region: Region):
    invited(region)
    mailed()
    AddressTrouble.objects.create(address="joho@vill.example.jp", since=clock.now(), trouble="refused")
    assert state_of("hinohara.hanako") is State.REFUSED
    page = region.operator.browser().get("/directory/invitations/?state=refused").content.decode()
    assert "hinohara.hanako" in page


def test_sent_again_after_a_death_nobody_gets_a_second_mail(region: Region):
    invited(region)
    mailed()
    mailed()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("state", list(State))
def test_the_filter_finds_what_the_row_says(region: Region, state: State):
    invited(region)
    mailed()
    found = queries.rows(Invitation.objects.filter(queries.in_state(state)).values_list(*queries.FIELDS))
    every = queries.rows(Invitation.objects.values_list(*queries.FIELDS))
    assert {row.id for row in found} == {row.id for row in every if row.state is state}


def test_an_administrator_cannot_reset_somebody_who_works_for_the_region_too(region: Region):
    operator = region.operator
    Membership.objects.create(
        user=operator.user, organisation=region.village, role=Role.OFFICER, valid_from=clock.today()
    )
    actions.invite(people={operator.user.pk: region.village.pk}, by=operator.actor, at=clock.now())
    ids = list(Invitation.objects.values_list("pk", flat=True))
    answer = region.of_role(Role.ADMINISTRATOR).browser().post(TOGETHER, {"do": "letters", "ids": ids})
    assert answer.status_code == 302
    assert not Invitation.objects.filter(letter_at__isnull=False).exists()

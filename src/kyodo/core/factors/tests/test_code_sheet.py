"""A printed sheet: each code once, in order; a copy is noticed; a new one ends the old."""

from __future__ import annotations

import re

import pytest
from django.core import mail

from kyodo.core import clock
from kyodo.core.access.actor import command
from kyodo.core.access.roles import Role
from kyodo.core.accounts.tests.people import body, browser, recorded, someone
from kyodo.core.factors import actions, queries
from kyodo.core.factors.actions import FactorRefused, Outcome
from kyodo.core.factors.models import SheetCode
from kyodo.core.factors.rules import SHEET_SIZE, in_fours
from kyodo.core.factors.tests.situations import PAGE, at_second_step, give, is_in, issued

pytestmark = pytest.mark.django_db


def test_the_next_number_is_asked_for_and_each_code_opens_once():
    user = someone()
    codes = issued(user)
    for number in (1, 2):
        client = at_second_step()
        assert not is_in(client)
        assert f"{number}番のコード" in client.get(PAGE).content.decode()
        give(client, codes[number])
        assert is_in(client)
    assert recorded()[-2:] == ["factors.sheet_code_used", "accounts.signed_in"]


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", "　{0}{1}"])
def test_it_is_typed_as_it_stands_on_paper_or_in_full_width(typed):
    code = issued(someone())[1]
    first, second = in_fours(code).split()
    client = at_second_step()
    give(client, typed.format(first.translate(str.maketrans("0123456789", "０１２３４５６７８９")), second))
    assert is_in(client)


def test_a_wrong_code_and_that_of_another_number_open_nothing():
    codes = issued(someone())
    client = at_second_step()
    for wrong in ("00000000", codes[2], ""):
        assert "コードが違います" in give(client, wrong) or not wrong
        assert not is_in(client)
    assert "factors.sheet_code_used" not in recorded()


def test_after_it_the_person_sees_when_the_one_before_was_used_and_can_stop_the_sheet():
    codes = issued(someone())
    assert "使われたのは、いまが初めてです" in give(at_second_step(), codes[1])
    client = at_second_step()
    page = give(client, codes[2])
    assert re.search(r"前回 1番 は .+ に使われました", page)
    assert 'href="/"' in page
    sheet = re.findall(r'name="sheet" value="(\d+)"', page)[0]
    assert (
        "コード表を止めました" in client.post("/accounts/codes/block/", {"sheet": sheet}, follow=True).content.decode()
    )
    assert recorded()[-1] == "factors.sheet_blocked"
    assert is_in(at_second_step()), "a sheet that was stopped is not asked for: nothing requires one"


def test_it_leads_on_to_where_one_wanted():
    codes = issued(someone())
    client = at_second_step()
    client.post("/accounts/logout/")
    client.post("/accounts/login/?next=/needs/", {"login": "hanako", "password": "tall-trees-by-the-river"})
    assert 'href="/needs/"' in give(client, codes[1])
    assert (
        'href="https' not in client.get("/accounts/codes/?next=https://evil.test/").content.decode().split("<main")[1]
    )


def test_a_used_code_is_refused_recorded_and_told():
    user = someone(email="soumu@vill.example.jp")
    someone("jinji", role=Role.ADMINISTRATOR)
    codes = issued(user)
    give(at_second_step(), codes[1])
    thief = at_second_step()
    assert "使用済みです" in give(thief, codes[1])
    assert not is_in(thief)
    assert "factors.sheet_code_reused" in recorded()
    (letter,) = mail.outbox
    assert "檜原 hanako さん" in letter.subject
    assert "写し取られた" in letter.body
    desk = browser("jinji").get("/").content.decode()
    assert "使用済みのコードが送られた" in desk
    assert "檜原 hanako" in desk


def test_of_two_with_the_same_code_at_once_one_is_in(monkeypatch):
    user = someone()
    codes = issued(user)
    use = actions.use_code
    raced: list[int] = []

    def quicker(**told):
        if not raced:
            raced.append(1)
            SheetCode.objects.filter(number=1).update(used_at=clock.now())
        return use(**told)

    monkeypatch.setattr(actions, "use_code", quicker)
    outcome = actions.answer_from_sheet(user=user, text=codes[1], by=command(), at=clock.now())
    assert outcome is Outcome.REUSED


def use_up(user: object, left: int) -> None:
    SheetCode.objects.filter(number__lte=SHEET_SIZE - left).update(used_at=clock.now())


def test_used_up_it_says_so_and_names_the_administrator():
    user = someone()
    someone("jinji", role=Role.ADMINISTRATOR)
    codes = issued(user)
    use_up(user, 0)
    client = at_second_step()
    page = give(client, codes[40])
    assert "使い切りました" in page
    assert f"{body().name} 檜原 jinji" in page
    assert not is_in(client)


@pytest.mark.parametrize(("left", "warned"), [(6, False), (5, True)])
def test_before_that_the_person_and_the_administrator_are_warned(left, warned):
    user = someone()
    someone("jinji", role=Role.ADMINISTRATOR)
    codes = issued(user)
    use_up(user, left + 1)
    client = at_second_step()
    page = give(client, codes[SHEET_SIZE - left])
    assert ("再発行を頼んでください" in page) is warned
    assert (f"残りが{left}個" in client.get("/").content.decode()) is warned
    assert (f"残りが{left}個" in browser("jinji").get("/").content.decode()) is warned


def test_a_new_sheet_ends_the_old_one():
    user = someone()
    old = issued(user)
    new = issued(user)
    client = at_second_step()
    assert "コードが違います" in give(client, old[1])
    give(client, new[1])
    assert is_in(client)


def test_of_two_administrators_who_issue_at_once_one_prints_and_the_other_is_told():
    user = someone()
    issued(user)
    seen = queries.sheet_of(user.pk).id
    first = actions.issue_sheet(user=user, seen=seen, by=command(), at=clock.now())
    with pytest.raises(FactorRefused, match="先に"):
        actions.issue_sheet(user=user, seen=seen, by=command(), at=clock.now())
    client = at_second_step()
    give(client, first[0])
    assert is_in(client), "what the first one printed works"


def test_the_administrator_issues_it_on_a_page_that_shows_it_once():
    user = someone()
    someone("jinji", role=Role.ADMINISTRATOR)
    admin = browser("jinji")
    address = f"/accounts/users/{user.pk}/codes/"
    assert "発行する" in admin.get(address).content.decode()
    answer = admin.post(address, {"sheet": ""})
    codes = re.findall(r'<code class="lead">(\d{4} \d{4})</code>', answer.content.decode())
    assert len(codes) == SHEET_SIZE
    assert "no-store" in answer.headers["Cache-Control"]
    assert not re.search(r"\d{4} \d{4}</code>", admin.get(address).content.decode())
    assert "先にコード表を発行したか" in admin.post(address, {"sheet": ""}, follow=True).content.decode()
    assert not any(code.replace(" ", "") in digest for code in codes for digest in digests())


def digests() -> list[str]:
    return list(SheetCode.objects.values_list("digest", flat=True))


def test_the_codes_are_read_down_the_columns_of_the_paper():
    user = someone()
    someone("jinji", role=Role.ADMINISTRATOR)
    text = browser("jinji").post(f"/accounts/users/{user.pk}/codes/").content.decode()
    numbers = [int(number) for number in re.findall(r'<th scope="row" class="num">(\d+)</th>', text)]
    assert numbers[:5] == [1, 11, 21, 31, 2]


def test_nobody_issues_one_for_people_of_another_body_or_for_themselves_as_an_officer():
    other = someone("taro", role=None)
    someone("jinji", role=Role.ADMINISTRATOR)
    user = someone()
    assert browser("jinji").post(f"/accounts/users/{other.pk}/codes/").status_code == 404
    assert browser().post(f"/accounts/users/{user.pk}/codes/").status_code == 403

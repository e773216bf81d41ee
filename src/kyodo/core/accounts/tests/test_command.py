"""`kyodo user`: from an empty database to the first administrator who signs in."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from kyodo.core.accounts.cli import app
from kyodo.core.accounts.models import Membership
from kyodo.core.accounts.tests.people import body, browser, recorded

pytestmark = pytest.mark.django_db


def kyodo(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.output if code else done.stdout


def test_the_first_administrator():
    password = kyodo("create", "Root", "--name", "管理者").splitlines()[0]
    kyodo("grant", "root", "operator", "--new-organisation", "DX推進団体", "--kind", "dx_body")
    assert browser("root", password).get("/accounts/users/").status_code == 200
    assert recorded()[:3] == ["accounts.user_created", "organisations.added", "accounts.role_granted"]


def test_roles_from_a_day_until_a_day():
    kyodo("create", "hanako", "--name", "檜原 花子", "--email", "soumu@vill.example.jp")
    body()
    kyodo("grant", "hanako", "officer", "--organisation", "133078", "--from", "2026-04-01")
    kyodo("revoke", "hanako", "officer", "--organisation", "檜原村", "--until", "2027-03-31")
    assert "hanako\t檜原 花子\tyes\tno\tofficer\t檜原村\t2026-04-01\t2027-03-31" in kyodo("list")
    assert str(Membership.objects.get().valid_until) == "2027-03-31"


def test_what_cannot_be_done_says_what_to_do():
    kyodo("create", "hanako", "--name", "x")
    body()
    for words, code, told in (
        (("create", "HANAKO", "--name", "x"), 1, "kyodo user grant"),
        (("create", "花子", "--name", "x"), 2, "lower-case letters"),
        (("grant", "taro", "officer", "--organisation", "檜原村"), 2, "kyodo user create"),
        (("grant", "hanako", "king", "--organisation", "檜原村"), 2, "officer, approver"),
        (("grant", "hanako", "officer"), 2, "--new-organisation"),
        (("grant", "hanako", "officer", "--organisation", "奥多摩町"), 2, "its code or whole name"),
        (("grant", "hanako", "officer", "--new-organisation", "奥多摩町"), 2, "dx_body"),
        (
            ("grant", "hanako", "officer", "--new-organisation", "檜原村", "--kind", "village"),
            2,
            "--organisation 檜原村",
        ),
        (("grant", "hanako", "officer", "--organisation", "檜原村", "--from", "1 April"), 2, "2027-04-01"),
        (("revoke", "hanako", "officer", "--organisation", "檜原村"), 1, "kyodo user list"),
    ):
        assert told in kyodo(*words, code=code), words
    assert Membership.objects.count() == 0


def test_a_role_that_is_there_is_not_given_again():
    kyodo("create", "hanako", "--name", "x")
    body()
    kyodo("grant", "hanako", "officer", "--organisation", "檜原村")
    assert "already" in kyodo("grant", "hanako", "officer", "--organisation", "檜原村", code=1)

"""`python -m tests.faults.inside`: answers questions about one installation's database, a line of JSON each.

A process of its own, so that the tests can look at several databases, and never through the server that they kill.
"""

from __future__ import annotations

import json
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, F  # noqa: E402

from kyodo.core import clock  # noqa: E402
from kyodo.core.access.actor import command  # noqa: E402
from kyodo.core.access.roles import Role  # noqa: E402
from kyodo.core.accounts import actions as accounts  # noqa: E402
from kyodo.core.accounts.actors import person  # noqa: E402
from kyodo.core.accounts.models import Membership, User  # noqa: E402
from kyodo.core.audit import proof, triggers  # noqa: E402
from kyodo.core.audit.models import Entry, EntryValues  # noqa: E402
from kyodo.core.duties.actions import create_duty  # noqa: E402
from kyodo.core.entrances.queries import ALONE  # noqa: E402
from kyodo.core.jobs.actions import start  # noqa: E402
from kyodo.core.mail.models import OutgoingMail  # noqa: E402
from kyodo.core.mail.rules import WAITING, State  # noqa: E402
from kyodo.core.notifications.hearing import About  # noqa: E402
from kyodo.core.notifications.models import Notice  # noqa: E402
from kyodo.core.notifications.tasks import daily  # noqa: E402
from kyodo.core.notifications.telling import tell  # noqa: E402
from kyodo.core.organisations.actions import OrganisationDraft, add_organisation  # noqa: E402
from kyodo.core.organisations.models import Kind, Organisation  # noqa: E402
from kyodo.core.search.models import Document  # noqa: E402
from kyodo.core.statutes.actions import RowRefused, add_row  # noqa: E402
from kyodo.core.statutes.models import Statute  # noqa: E402
from kyodo.core.statutes.rules import Level  # noqa: E402
from kyodo.modules.needs.actions import post_need  # noqa: E402
from kyodo.modules.needs.models import Need, NeedBacking, NeedStep  # noqa: E402
from tests.ordinances import own_row  # noqa: E402
from tests.region import draft_of  # noqa: E402

# What the record calls each kind of row, and how many rows of it there are.
SIGNED = {"needs.posted": Need, "needs.backed": NeedBacking, "needs.moved": NeedStep}


def prepare(towns: int) -> list[dict[str, Any]]:
    """Tables, towns with an officer each, the DX body with two coordinators; the tokens of all of them."""
    call_command("migrate", verbosity=0)
    people = [_joined(Kind.TOWN, f"試験{number}町", Role.OFFICER) for number in range(1, towns + 1)]
    dx = _joined(Kind.DX_BODY, "推進団体", Role.COORDINATOR)
    return [*people, dx, _joined(Kind.DX_BODY, "推進団体", Role.COORDINATOR)]


def _joined(kind: Kind, name: str, role: Role) -> dict[str, Any]:
    by, at = command(), clock.now()
    body = Organisation.objects.filter(name=name).first() or add_organisation(
        draft=OrganisationDraft(kind=kind, name=name), by=by, at=at
    )
    user = accounts.create_user(
        username=f"u-{uuid.uuid4().hex[:12]}", display_name="情報担当", email="", password=None, by=by, at=at
    )
    accounts.grant_role(user=user, organisation=body, role=role, valid_from=clock.day_of(at), by=by, at=at)
    duty = create_duty(organisation=body, name=f"情報担当{user.pk}", by=by, at=at)
    accounts.give_duty(user=user, duty=duty, valid_from=clock.day_of(at), by=by, at=at)
    _token, secret = accounts.issue_token(user=user, organisation=body, name="試験", may_write=True, by=by, at=at)
    return {"role": role.value, "organisation": body.pk, "user": user.pk, "token": secret}


def check(posted: dict[str, int], backed: list[list[int]], moved: list[list[Any]]) -> list[str]:
    """Everything that is wrong, in words: with what was acknowledged, with what is there by half, with the record.

    `posted` maps titles to the numbers that were answered; `backed` are needs with who joined them; `moved` are needs
    with the state they were moved to.
    """
    wrong = [*_lost(posted, backed, moved), *_halves(), *_of_the_search(), *_of_the_record()]
    connection.close()
    return wrong


def _lost(posted: dict[str, int], backed: list[list[int]], moved: list[list[Any]]) -> list[str]:
    numbers: dict[str, list[int]] = {}
    for title, number in Need.objects.values_list("title", "id"):
        numbers.setdefault(title, []).append(number)
    wrong = [f"need {title!r} is there {len(found)} times" for title, found in numbers.items() if len(found) > 1]
    wrong += [
        f"need {title!r} was acknowledged as {number}, found {numbers.get(title)}"
        for title, number in posted.items()
        if numbers.get(title) != [number]
    ]
    backings = Counter(NeedBacking.objects.values_list("need_id", "organisation_id"))
    wrong += [
        f"backing {pair} was acknowledged, found {backings[*pair]} times" for pair in backed if backings[*pair] != 1
    ]
    steps = Counter(NeedStep.objects.values_list("need_id", "after"))
    wrong += [f"move {step} was acknowledged, found {steps[*step]} times" for step in moved if steps[*step] != 1]
    return wrong


def _halves() -> list[str]:
    counted = Need.objects.annotate(real=Count("backings")).exclude(real=F("backing_count"))
    wrong = [f"need {need.pk} counts {need.backing_count} backings of {need.real}" for need in counted]
    last: dict[int, str] = dict(NeedStep.objects.order_by("id").values_list("need_id", "after"))
    wrong += [
        f"need {number} is {state}, its steps say {last.get(number, 'received')}"
        for number, state in Need.objects.values_list("id", "state")
        if state != last.get(number, "received")
    ]
    for name, model in SIGNED.items():
        field = "pk" if model is Need else "need_id"
        rows = Counter(model._default_manager.values_list(field, flat=True))
        entries = Counter(Entry.objects.filter(action=name).values_list("subject_id", flat=True))
        wrong += [
            f"{name} of need {number}: {rows[number]} rows, {entries[number]} entries"
            for number in sorted(rows | entries)
            if rows[number] != entries[number]
        ]
    return wrong


def _of_the_search() -> list[str]:
    """Each need has its document, and each that was read its words; what waits to be read waits for a worker."""
    known = Counter(Document.objects.filter(kind="needs.need").values_list("subject_id", flat=True))
    wrong = [f"need {number} has {known[number]} documents" for number in Need.objects.values_list("id", flat=True)]
    wrong = [told for told in wrong if not told.endswith(" 1 documents")]
    number = "rowid" if connection.vendor == "sqlite" else "id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM search_document WHERE is_read AND id NOT IN (SELECT {number} FROM search_words)"
        )
        return [*wrong, *(f"document {key} is read and has no words" for (key,) in cursor.fetchall())]


def words_waiting() -> int:
    """How many documents wait for a worker to read them."""
    waiting = Document.objects.filter(is_read=False).count()
    connection.close()
    return waiting


def _of_the_record() -> list[str]:
    verdict = proof.verify_live()
    wrong = [] if verdict.fault is None else [f"entry {verdict.fault.sequence}: {verdict.fault.code}"]
    wrong += [
        f"{verdict.entries} entries hold of {count}" for count in [Entry.objects.count()] if count != verdict.entries
    ]
    wrong += [
        f"{count} values of {verdict.entries}" for count in [EntryValues.objects.count()] if count != verdict.entries
    ]
    wrong += [f"the trigger {name} is gone" for name in sorted(triggers.missing())]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = cursor.execute("PRAGMA integrity_check").fetchall()
        wrong += [f"SQLite: {line}" for (line,) in said if line != "ok"]
    return wrong


def need(number: int) -> dict[str, Any]:
    """A need with its backings and steps."""
    found = Need.objects.get(pk=number)
    answer = {
        "state": found.state,
        "backing_count": found.backing_count,
        "backings": found.backings.count(),
        "steps": found.steps.count(),
    }
    connection.close()
    return answer


def write_rows_at_once(body: int | None, rule: str, rounds: int) -> list[int]:
    """How many rows stand on each day of one rule after two have written one for it at the same moment."""
    return [_two_rows(body, rule, date(2050 + number, 4, 1)) for number in range(rounds)]


def _two_rows(body: int | None, rule: str, day: date) -> int:
    gate = threading.Barrier(2)
    threads = [threading.Thread(target=_row_of, args=(gate, body, rule, day)) for _one in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = Statute.objects.standing().filter(rule=rule, organisation=body, valid_from=day).count()
    connection.close()
    return rows


def _row_of(gate: threading.Barrier, body: int | None, rule: str, day: date) -> None:
    """Write a row of one day; whoever is told that another stands there wrote none."""
    told = replace(own_row(rule, value=80_000_000), valid_from=day, valid_until=day)
    draft = told if body else replace(told, level=Level.NATIONAL, law="", number="", enacted_on=None)
    organisation = Organisation.objects.get(pk=body) if body else None
    gate.wait(timeout=30)
    with suppress(RowRefused):
        add_row(organisation=organisation, draft=draft, reason="試験", by=command(), at=clock.now())
    connection.close()


def prepare_mail(readers: int) -> list[str]:
    """Tables, and officers of a town who were told of a need; their addresses."""
    (author, *_others) = prepare(towns=1)
    body = Organisation.objects.get(pk=author["organisation"])
    need = Need.objects.get(pk=_posted(author))
    users = User.objects.bulk_create(
        User(
            username=f"reader{number}",
            display_name="情報担当",
            email=f"reader{number}@example.jp",
            password="!",
            created_at=clock.now(),
        )
        for number in range(readers)
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=body, role=Role.OFFICER, valid_from=clock.today() - timedelta(days=9))
        for user in users
    )
    tell(
        [user.pk for user in users],
        about=About("needs.need", need.pk),
        sentence="{subject} に書き込みがありました。",
        facts={"subject": need.title},
        address=f"/needs/{need.pk}/",
        by=command(),
        at=clock.now() - timedelta(days=7),
    )
    connection.close()
    return [user.email for user in users]


def _posted(author: dict[str, Any]) -> int:
    at = clock.now()
    by = person(user_id=author["user"], organisation_id=author["organisation"], name="情報担当", entrance=ALONE, at=at)
    return post_need(draft=draft_of(), section="総務課", submission=uuid.uuid4(), by=by, at=at)


def mail_now() -> None:
    """Lay the daily mail into the queue once more, as if nobody knew whether it ran."""
    start(daily, by=command(), at=clock.now() - timedelta(days=7))
    connection.close()


def mails_waiting() -> int:
    """How many people wait for a mail that nobody has begun to send."""
    queued = OutgoingMail.objects.values("user_id")
    waiting = Notice.objects.filter(mailed_at=None).exclude(user_id__in=queued).count()
    waiting += OutgoingMail.objects.filter(state__in=WAITING).count()
    connection.close()
    return waiting


def mails_unsure() -> list[str]:
    """The addresses whose mail was begun, and who knows whether it went out."""
    begun = OutgoingMail.objects.filter(state__in=(State.SENDING, State.UNSURE))
    unsure = list(begun.values_list("address", flat=True))
    connection.close()
    return unsure


def main() -> None:
    """Answer until the input ends."""
    answers: dict[str, Callable[..., Any]] = {
        "prepare": prepare,
        "check": check,
        "need": need,
        "words_waiting": words_waiting,
        "write_rows_at_once": write_rows_at_once,
        "prepare_mail": prepare_mail,
        "mail_now": mail_now,
        "mails_waiting": mails_waiting,
        "mails_unsure": mails_unsure,
    }
    for line in sys.stdin:
        told = json.loads(line)
        answer = answers[told.pop("what")](**told)
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""What a sheet costs: 5,000 needs out, and back in with 500 changes.

`python -m benchmarks.web.sheets` measures in a database of its own, past the pages: what the pages call.
"""

from __future__ import annotations

import io
import json
import random
import secrets
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import django

NEEDS, CHANGES, SEED = 5_000, 500, 20261124


def measure() -> dict[str, Any]:
    """Seconds of each step; `applied` is how long the action held the database's write lock."""
    from django.core.files.base import ContentFile
    from django.core.management import call_command

    from kyodo.core import clock
    from kyodo.core.sheets import actions, intake, rules, writing
    from kyodo.modules.needs import sheets
    from kyodo.modules.needs.models import Need

    call_command("migrate", verbosity=0)
    actor = _region()
    seconds: dict[str, Any] = {"needs": Need.objects.count()}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        began = time.monotonic()
        done = step()
        seconds[name] = round(time.monotonic() - began, 2)
        return done

    number = rules.new_number(secrets.choice)
    rows = timed("read", lambda: sheets.outgoing(Need.objects.all()))
    book = timed(
        "written",
        lambda: writing.workbook(
            sheets.SHEET, rows, number=number, addressee="全団体", due_on=clock.today(), takes_new=False
        ),
    )
    timed(
        "issued",
        lambda: actions.issue(
            name="needs",
            number=number,
            rows=rows,
            organisation=None,
            narrowed="",
            due_on=None,
            by=actor,
            at=clock.now(),
        ),
    )
    back = ContentFile(_filled(book), name="返送.xlsx")
    (handed,) = timed("kept", lambda: intake.keep_all([back]))
    taken = timed("compared", lambda: intake.take(handed, actor=actor, today=clock.today()))
    assert (len(taken.returned.changes), taken.returned.faults) == (CHANGES, ())
    (key,) = timed("received", lambda: actions.receive(taken=[taken], batch=uuid4(), by=actor, at=clock.now()))
    timed("applied", lambda: actions.apply(returned_id=key, taken=set(), by=actor, at=clock.now()))
    return {**seconds, "bytes": len(book), "changed": Need.objects.filter(revision=2).count()}


def _filled(book: bytes) -> bytes:
    from openpyxl import load_workbook

    chance = random.Random(SEED)
    workbook = load_workbook(io.BytesIO(book))
    page = workbook.worksheets[0]
    for row in chance.sample(range(6, 6 + NEEDS), CHANGES):
        page.cell(row, 6).value = chance.randrange(100_000) + 1_000_000
        page.cell(row, 8).value = f"{chance.randrange(1_000):,}千円"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _region() -> Any:
    from datetime import timedelta

    from kyodo.core import clock
    from kyodo.core.access.actor import Actor, ActorKind
    from kyodo.core.access.roles import Role
    from kyodo.core.organisations.models import Kind, Organisation
    from kyodo.modules.needs.models import Need
    from kyodo.modules.needs.rules import Audience, Standing, State, Topic

    at = clock.now()
    bodies = [Organisation.objects.create(kind=Kind.CITY, name=f"第{n}市", label=f"{n}") for n in range(62)]
    Need.objects.bulk_create(
        Need(
            organisation=bodies[number % len(bodies)],
            section="総務課",
            posted_at=at - timedelta(minutes=number),
            submission=uuid4(),
            title=f"窓口の待ち時間が長く、月曜の朝は40分を超える その{number}",
            trouble="担当は2人で、月末は残業が続いています。住民からの苦情が月に12件あります。" * 4,
            topic=Topic.COUNTERS,
            audience=Audience.ALL,
            standing=Standing.OFFICER,
            people=number,
            state=State.RECEIVED,
            state_since=at,
        )
        for number in range(NEEDS)
    )
    home = Organisation.objects.create(kind=Kind.DX_BODY, name="DX推進団体", label="DX")
    roles = frozenset({Role.RESIDENT, Role.COORDINATOR})
    return Actor(kind=ActorKind.PERSON, label="調整担当", roles=roles, user_id=None, organisation_id=home.pk)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure()))

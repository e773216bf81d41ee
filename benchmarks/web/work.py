"""CPU time of the pages on which needs are worked with: a board of 300, a need with 60 posts and 20 bodies, the report.

`python -m benchmarks.web.work RUNS` adds to the demonstration region of its environment what is missing to that size.
"""

from __future__ import annotations

import json
import sys
import uuid
from datetime import timedelta
from typing import Any

import django

OPEN = 300
POSTS = 60
BODIES = 20


def measure(runs: int) -> dict[str, Any]:
    """Milliseconds, queries and bytes of each page."""
    from benchmarks.web.pages import measured
    from benchmarks.web.region import people
    from benchmarks.web.requests import Asked
    from kyodo.config.wsgi import application

    need = _fill()
    asked = (
        Asked("board of 300", "/needs/board/", "coordinator"),
        Asked("board of 300, by kind of answer", "/needs/board/?by=kind&sort=bodies", "coordinator"),
        Asked("a need with 60 posts and 20 bodies, coordinator", f"/needs/{need}/", "coordinator"),
        Asked("a need with 60 posts and 20 bodies, officer", f"/needs/{need}/", "officer"),
        Asked("report of a month, region", "/needs/report/", "coordinator"),
    )
    who = people()
    return {"requests": [measured(application, one, who, runs) for one in asked]}


def _fill() -> int:
    """Bring the open needs to their number, and one of them to its posts and bodies; which one."""
    from kyodo.core import clock
    from kyodo.core.organisations.models import MUNICIPAL, Organisation
    from kyodo.core.threads.models import Post
    from kyodo.modules.needs.models import Need, NeedBacking
    from kyodo.modules.needs.rules import OPEN as OPEN_STATES

    at = clock.now()
    bodies = list(Organisation.objects.filter(kind__in=MUNICIPAL).order_by("code"))
    open_ones = Need.objects.filter(state__in=OPEN_STATES, merged_into=None)
    pattern = open_ones.get(title__startswith="体育館の予約が電話と紙台帳で")
    number = pattern.pk
    Post.objects.filter(kind="needs.need", subject_id=number).delete()
    NeedBacking.objects.filter(need_id=number).delete()
    Post.objects.bulk_create(
        Post(
            kind="needs.need",
            subject_id=number,
            organisation=bodies[place % len(bodies)],
            who=f"{bodies[place % len(bodies)].name} 総務課",
            at=at - timedelta(hours=place),
            text="施設の数と、年間の件数を確かめました。表にして送ります。" * 3,
        )
        for place in range(POSTS)
    )
    others = [body for body in bodies if body.pk != pattern.organisation_id][:BODIES]
    NeedBacking.objects.bulk_create(
        NeedBacking(
            need_id=number,
            organisation=body,
            section="企画課",
            backed_at=at - timedelta(days=1),
            volume="年300件",
            note="うちも同じです。",
        )
        for body in others
    )
    for place in range(OPEN - open_ones.count()):
        pattern.pk, pattern.submission = None, uuid.uuid4()
        pattern.title = f"窓口の待ち時間が長く、月曜の朝は40分を超える（{place}）"
        pattern.posted_at = at - timedelta(days=place % 200)
        pattern.save(force_insert=True)
    return number


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))

"""A region of the size that is measured: the demonstration, and 100,000 needs more in its municipalities.

`python -m benchmarks.web.region NEEDS` makes it in the database of its environment and prints who can sign in. The
needs are written past the actions, for speed: the record of them is not what is measured here.
"""

from __future__ import annotations

import json
import random
import sys
import uuid
from datetime import datetime, timedelta
from typing import Any

import django

SEED = 20261101
TITLES = (
    "体育館の予約が電話と紙台帳で、二重予約が起きている",
    "窓口の待ち時間が長く、月曜の朝は40分を超える",
    "保育園の入園書類を毎年同じ内容で書いてもらっている",
    "予算書のシステムの更新費用が高く、比べる相手がない",
    "給食費の未納の連絡を手作業で続けている",
    "FAXで届く申請を打ち直していて、誤りが減らない",
)
SENTENCES = (
    "担当は2人で、月末は残業が続いています。",
    "他の自治体の仕様書を見たいのですが、頼む先がわかりません。",
    "昨年度に見積を取りましたが、予算に合いませんでした。",
    "住民からの苦情が月に12件あります。",
    "紙の台帳を3か所に置いていて、照合に毎日30分かかります。",
)


def build(number: int) -> None:
    """Make the region in an empty database."""
    from django.core.management import call_command

    from kyodo.config import demo_region
    from kyodo.core.clock import now
    from kyodo.core.organisations.models import MUNICIPAL, Organisation
    from kyodo.core.search import documents
    from kyodo.modules.needs.models import Need, NeedBacking, NeedStep
    from kyodo.modules.needs.rules import PATH, Audience, Standing, State, Topic

    call_command("migrate", verbosity=0)
    demo_region.seed()
    chance, at = random.Random(SEED), now()
    bodies = list(Organisation.objects.filter(kind__in=MUNICIPAL).order_by("code").values_list("pk", flat=True))
    first = (Need.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    needs, backings, steps = [], [], []
    for key in range(first, first + number):
        posted = at - timedelta(minutes=5 * (first + number - key))
        state = chance.choices(list(State), weights=(10, 10, 20, 20, 30, 10))[0]
        path = [*PATH[1 : PATH.index(state) + 1]] if state in PATH else [State.DECLINED]
        owner, joined = chance.choice(bodies), chance.choices((0, 1, 3, 8), weights=(70, 15, 10, 5))[0]
        joiners = [one for one in chance.sample(bodies, joined) if one != owner]
        needs.append(
            Need(
                pk=key,
                organisation_id=owner,
                section="総務課 情報担当",
                posted_at=posted,
                submission=uuid.UUID(int=chance.getrandbits(128)),
                title=f"{chance.choice(TITLES)}（{key}）",
                trouble="\n".join(chance.choices(SENTENCES, k=6)),
                topic=chance.choice(list(Topic)),
                audience=chance.choices(list(Audience), weights=(20, 10, 40, 30))[0],
                standing=Standing.OFFICER,
                people=chance.choice((None, 1200)),
                yen_per_year=chance.choice((None, 3_400_000)),
                wish_on=chance.choice((None, (posted + timedelta(days=200)).date())),
                backing_count=len(joiners),
                state=state,
                state_since=posted + timedelta(minutes=4 * len(path)),
            )
        )
        backings += [
            NeedBacking(
                need_id=key,
                organisation_id=one,
                section="企画課",
                backed_at=posted + timedelta(minutes=2),
                volume="年300件",
                note="うちも同じです。",
            )
            for one in joiners
        ]
        steps += _steps(key, path, posted)
    Need.objects.bulk_create(needs, batch_size=500)
    NeedBacking.objects.bulk_create(backings, batch_size=1000)
    NeedStep.objects.bulk_create(steps, batch_size=1000)
    documents.rebuild(lambda _done: None)


def _steps(key: int, path: list[Any], posted: datetime) -> list[Any]:
    from kyodo.modules.needs.models import NeedStep
    from kyodo.modules.needs.rules import State

    return [
        NeedStep(
            need_id=key,
            before=before,
            after=after,
            reason="理由を書きました。",
            by="DX推進団体 調整担当",
            at=posted + timedelta(minutes=3 * place),
        )
        for place, (before, after) in enumerate(zip([State.RECEIVED, *path], path, strict=False), start=1)
    ]


def people() -> dict[str, dict[str, str]]:
    """A session and a token of an officer and of a coordinator."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from kyodo.core.access.actor import command
    from kyodo.core.access.roles import Role
    from kyodo.core.accounts.actions import issue_token
    from kyodo.core.accounts.models import Membership
    from kyodo.core.clock import now

    made = {}
    for role in (Role.OFFICER, Role.COORDINATOR):
        held = Membership.objects.filter(role=role).select_related("user", "organisation").order_by("pk")[0]
        session = SessionStore()
        session[SESSION_KEY] = str(held.user_id)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = held.user.get_session_auth_hash()
        session.save()
        _token, secret = issue_token(
            user=held.user, organisation=held.organisation, name="測定", may_write=True, by=command(), at=now()
        )
        made[role.value] = {"session": session.session_key or "", "token": secret}
    return made


if __name__ == "__main__":
    django.setup()
    build(int(sys.argv[1]))
    sys.stdout.write(json.dumps(people()))

"""What waits for whoever is signed in, of market and estimates."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.desk.items import DeskItem
from kyodo.modules.procurement.queries import estimates, talk
from kyodo.modules.procurement.rules.case import address_of

MINUTES = 5  # to read an estimate of some lines and say that it is used


def waiting_items(actor: Actor) -> list[DeskItem]:
    """Estimates that the own body has not confirmed; questions of companies that coordinators have not answered."""
    told = [
        DeskItem(
            what=gettext("予算要求用見積を確かめる"),
            about=title,
            url=f"{address_of(case)}estimates/",
            button=gettext("確かめる"),
            minutes=MINUTES,
            due_on=due_on,
            since=clock.day_of(made_at),
        )
        for case, title, due_on, made_at in estimates.waiting(actor)
    ]
    told += [
        DeskItem(
            what=ngettext("企業の質問%(n)d件に答える", "企業の質問%(n)d件に答える", count) % {"n": count},
            about=title,
            url=f"{address_of(case)}market/",
            button=gettext("答える"),
            minutes=MINUTES * count,
            since=clock.day_of(since),
        )
        for case, title, count, since in talk.waiting_questions(actor)
    ]
    return told

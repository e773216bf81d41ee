"""What waits for whoever is signed in: what steps ask of the own body, estimates, questions of companies."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.desk.items import DeskItem
from kyodo.engines.words import _
from kyodo.modules.procurement.queries import estimates, talk, waiting
from kyodo.modules.procurement.rules.case import address_of

# What each is called, its page below the case's, and minutes; none where they go by how much there is.
STEPS = {
    "survey": (_("意向調査に答える"), "survey/answer/", 5),
    "reply": (_("提案に返事をする"), "alignment/answer/", None),
    "require": (_("要求仕様を書く"), "alignment/require/", None),
    "commit": (_("参加の内容を書く"), "commitment/write/", 5),
    "bind": (_("参加を確定する"), "commitment/", 3),
}
MINUTES = 5  # to read an estimate of some lines and say that it is used


def waiting_items(actor: Actor) -> list[DeskItem]:
    """Estimates that the own body has not confirmed; questions of companies that coordinators have not answered."""
    told = [_of_a_step(one) for one in waiting.of_body(actor)]
    told += [
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


def _of_a_step(one: waiting.Waiting) -> DeskItem:
    """What a step of a case asks, with the page on which it is done."""
    label, place, minutes = STEPS[one.what]
    return DeskItem(
        what=gettext(label),
        about=one.title,
        url=address_of(one.case_id) + place,
        button=gettext("開く"),
        minutes=minutes or max(1, one.count // 3),
        due_on=one.due_on,
        since=clock.day_of(one.since),
    )

"""A case that was kept long enough goes with all its parts: what bodies and companies said is nowhere any more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from kyodo.core import clock
from kyodo.core.audit.models import EntryValues
from kyodo.core.audit.proof import verify_live
from kyodo.core.deadlines.models import Deadline
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.retention import actions
from kyodo.core.retention.kinds import KINDS
from kyodo.core.retention.models import Disposal
from kyodo.core.threads.actions import write_post
from kyodo.core.threads.subjects import find
from kyodo.modules.procurement.actions import aligning, by_proxy, estimating, moving
from kyodo.modules.procurement.models import JointProcurement
from kyodo.modules.procurement.queries.alignment import own_requirements, topics_of
from kyodo.modules.procurement.rules.alignment import RequirementLevel
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.estimate import BudgetDraft
from kyodo.modules.procurement.rules.survey import BudgetState
from tests import cases, market
from tests.by_proxy import for_body, said
from tests.region import Region

pytestmark = pytest.mark.django_db
SECRET = "漏れてはならない文"
LONG_AGO = clock.now() - timedelta(days=366 * 12)


def a_whole_case(region: Region) -> JointProcurement:
    """A case in which everybody said the same words, in each place where something may be said."""
    case = market.in_market(region, title=f"{SECRET}の共同調達")
    acting = {"by": region.coordinator.actor, "at": clock.now()}
    rfi = market.published(region, case, text=f"{SECRET}を含む依頼の本文です。価格の目安と前提を教えてください。")
    market.answered(rfi, note=SECRET)
    officer: dict[str, Any] = {"by": region.villager.actor, "at": clock.now()}
    place = cases.member(case, region.village)
    if not topics_of(case.pk):
        given = [(None, aligning.TopicDraft("契約", "支払の時期"))]
        case.refresh_from_db()
        aligning.set_topics(case=case, topics=given, revision=case.revision, **acting)
    mine = own_requirements(case.pk, region.village.pk)[0]
    by_proxy.require_by_proxy(
        place=place,
        said={mine.id: (SECRET, RequirementLevel.MUST)},
        revisions={},
        source=said(note=SECRET),
        files=(),
        by=for_body(region, region.village),
        at=clock.now(),
    )
    estimating.hand_out(case=case, classes={}, **acting)
    budget = BudgetDraft(BudgetState.INITIAL, 7_654_321, clock.today() - timedelta(days=1), SECRET)
    estimating.record_budget(member=place, draft=budget, revision=None, **officer)
    for kind, subject in (("procurement.case", case.pk), ("procurement.topic", mine.topic_id)):
        about = find(kind, subject, actor=region.villager.actor)
        assert about is not None
        write_post(subject=about, text=SECRET, is_internal=False, files=(), **officer)
    moving.move_case(case=case, to=CaseState.STOPPED, reason=f"{SECRET}による中止", **acting)
    JointProcurement.objects.filter(pk=case.pk).update(state_since=LONG_AGO)
    return case


def listed(region: Region) -> Disposal | None:
    kind = KINDS["procurement.case"]
    if not kind.over or not kind.over(clock.today() - timedelta(days=366 * 11), 10):
        return None
    return Disposal.objects.get(pk=actions.propose(kind=kind, by=region.operator.actor, at=clock.now()))


def places_of(word: str) -> set[str]:
    """The tables of the module, and of what is kept about it, in which a word still stands."""
    models = [*apps.get_app_config("procurement").get_models(), ProxyEntry, EntryValues, Deadline]
    found = set()
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")
            if any(word in str(row) or word.encode("unicode-escape").decode() in str(row) for row in cursor.fetchall()):
                found.add(model.__name__)
    return found


def test_what_was_said_is_nowhere_any_more_and_the_chain_stays_valid(region: Region):
    case = a_whole_case(region)
    assert {"MarketFigure", "Requirement", "Deadline", "BudgetResult", "ProxyEntry", "EntryValues"} <= places_of(SECRET)
    ProxyEntry.objects.update(state="confirmed", answered_at=clock.now())
    disposal = listed(region)
    assert disposal is not None
    actions.approve(disposal=disposal, keep=[], by=region.coordinator.actor, at=clock.now())
    assert places_of(SECRET) == set()
    assert places_of("7654321") == set()
    assert verify_live().fault is None
    case.refresh_from_db()
    assert case.state == CaseState.STOPPED


def test_what_a_body_still_contests_is_not_over(region: Region):
    a_whole_case(region)
    assert listed(region) is None

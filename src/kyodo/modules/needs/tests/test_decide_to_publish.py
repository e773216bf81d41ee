"""A body may want a decision before its need is made public; it is recorded on the need's page."""

from __future__ import annotations

import pytest

from kyodo.core.decisions import actions as decisions
from kyodo.core.decisions import matters
from kyodo.core.publication import queries as publications
from kyodo.modules.needs import actions
from kyodo.modules.needs.rules import PUBLICATION, Audience, State
from tests import decided
from tests.region import Region

pytestmark = pytest.mark.django_db


def solve(region: Region, need: object) -> None:
    actions.move_need(need=need, to=State.DONE, reason="番号札で解決しました。", **decided.acting(region.coordinator))


def test_nothing_is_asked_where_the_body_set_nothing(region: Region):
    need = region.need(audience=Audience.PUBLIC, state=State.WORKING)
    solve(region, need)
    assert publications.current("needs.need", need.pk)


def test_where_the_body_wants_it_nothing_is_published_before_the_decision(region: Region):
    need = region.need(audience=Audience.PUBLIC, state=State.WORKING)
    decided.with_levels(region, public=True)
    with pytest.raises(actions.NeedRefused):
        solve(region, need)
    assert publications.current("needs.need", need.pk) is None
    by = region.villager
    about = decided.matter(need.pk, by, PUBLICATION)
    decisions.record_decision(matter=about, draft=decided.draft(), **decided.acting(by))
    need.refresh_from_db()
    solve(region, need)
    assert publications.current("needs.need", need.pk)


def test_only_a_need_that_is_to_be_public_has_such_a_decision(region: Region):
    need = region.need(audience=Audience.ALL)
    assert matters.find(PUBLICATION, need.pk, actor=region.villager.actor) is None

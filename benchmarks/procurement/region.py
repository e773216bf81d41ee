"""The case that is measured: 62 bodies, 40 items that all answered, 120 requirements that differ a little."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

BODIES, ITEMS, TOPICS, SEED = 62, 40, 120, 20261201
WORDS = ("10インチ以上", "11インチ以上", "", "できること", "平日9時から17時", "24時間")


@dataclass(frozen=True, slots=True)
class Big:
    """The region with a case in survey and one in alignment."""

    region: Any
    surveyed: int
    aligned: int


def build() -> Big:
    """Make it in an empty database: cases through the actions, answers past them."""
    from kyodo.core import clock
    from kyodo.core.organisations.models import Kind, Organisation
    from kyodo.modules.procurement.actions import aligning, moving, opening
    from kyodo.modules.procurement.models import JointProcurement
    from kyodo.modules.procurement.rules.alignment import TopicDraft
    from kyodo.modules.procurement.rules.case import CaseState, ContractForm, ItemDraft
    from tests.cases import a_case
    from tests.region import make_region

    region, at = make_region(), clock.now()
    by = region.coordinator.actor
    bodies = [
        Organisation.objects.create(kind=Kind.CITY, name=f"第{n}市", label=str(n), code=f"{n:06}")
        for n in range(1, BODIES + 1)
    ]
    case = a_case(region, bodies=bodies, kind="other")
    items = [(None, ItemDraft(f"品目その{n} ノートPC 14型", "台", ContractForm.PURCHASE)) for n in range(ITEMS)]
    opening.set_items(case=case, items=items, revision=case.revision, by=by, at=at)
    moving.move_case(case=case, to=CaseState.SURVEY, reason="", by=by, at=at)
    _answer(case.pk)
    other = a_case(region, bodies=bodies, kind="other", state=CaseState.ALIGNMENT)
    topics = [(None, TopicDraft(f"分類{n // 10}", f"要求その{n}", "できること")) for n in range(TOPICS)]
    aligning.set_topics(case=JointProcurement.objects.get(pk=other.pk), topics=topics, by=by, at=at)
    _require(other.pk)
    return Big(region, case.pk, other.pk)


def _answer(case_id: int) -> None:
    from kyodo.core import clock
    from kyodo.modules.procurement.models import Survey, SurveyLine, SurveyResponse

    chance, today = random.Random(SEED), clock.today()
    lines = list(SurveyLine.objects.filter(response__survey_id=case_id))
    for line in lines:
        line.relevance = chance.choices(("yes", "no", "undecided"), weights=(6, 3, 1))[0]
        if line.relevance == "no":
            continue
        line.quantity = chance.randrange(1, 900)
        line.quantity_said, line.is_about = f"約{line.quantity}", True
        line.contract, line.contract_until = "running", today + timedelta(days=30 * chance.randrange(1, 36))
        line.unit_price_yen, line.supplier = chance.randrange(1_000, 200_000), "株式会社多摩システム"
        line.must, line.budget, line.form = "8GB以上", chance.choice(("initial", "none")), "purchase"
        line.intention, line.reason = chance.choice(("join", "conditional", "unknown")), "予算が付けば"
    SurveyLine.objects.bulk_update(
        lines,
        [
            *("relevance", "quantity", "quantity_said", "is_about", "contract", "contract_until", "unit_price_yen"),
            *("supplier", "must", "budget", "form", "intention", "reason"),
        ],
        batch_size=500,
    )
    SurveyResponse.objects.filter(survey_id=case_id).update(stage=3, answered_at=clock.now(), answered_by="担当")
    Survey.objects.filter(pk=case_id).update(stage=3)


def _require(case_id: int) -> None:
    from kyodo.core import clock
    from kyodo.modules.procurement.models import Requirement

    chance = random.Random(SEED)
    rows = list(Requirement.objects.filter(topic__case_id=case_id))
    for row in rows:
        row.text, row.said_at = chance.choice(WORDS[row.topic_id % 4 :]), clock.now()
    Requirement.objects.bulk_update(rows, ["text", "said_at"], batch_size=500)

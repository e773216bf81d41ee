"""When a case or a contract has been kept long enough: words and figures of bodies go, the way it went stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kyodo.core import clock
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.rules import OPEN as PROXY_OPEN
from kyodo.core.retention import kinds
from kyodo.core.retention.kinds import Old, RecordKind
from kyodo.core.search import documents
from kyodo.core.threads.models import Post, PostVersion
from kyodo.engines.words import _
from kyodo.modules.procurement.models import (
    CaseMember,
    CaseStep,
    Commitment,
    CurrentContract,
    JointProcurement,
    RecordedGround,
    RequirementTopic,
    Settlement,
    SettlementReply,
    SurveyAnswer,
    SurveyLine,
    SurveyResponse,
)
from kyodo.modules.procurement.rules.alignment import TOPIC_KIND
from kyodo.modules.procurement.rules.case import KIND, CaseState
from kyodo.modules.procurement.rules.contracts import CONTRACT_KIND
from kyodo.modules.procurement.rules.survey import RESPONSE_KIND

DISPOSED_TITLE = "（保存期間満了により廃棄）"
YEARS, CONTRACT_YEARS = 10, 5
OVER = (CaseState.SHARED, CaseState.STOPPED)


def register() -> None:
    """Hand the kinds over."""
    kinds.register(
        RecordKind(
            KIND,
            _("終わった共同調達（共有で終了・中止）"),
            _("終わった日（最後に段階が変わった日）の翌年度から"),
            YEARS,
            _over,
            _dispose,
        )
    )
    kinds.register(
        RecordKind(
            CONTRACT_KIND,
            _("終わった契約（契約台帳）"),
            _("契約が終わった日の翌年度から"),
            CONTRACT_YEARS,
            _contracts_over,
            _dispose_contracts,
        )
    )


def _over(before: date, most: int) -> Sequence[Old]:
    """Ended cases; what a body still contests is not over."""
    contested = ProxyEntry.objects.filter(kind=RESPONSE_KIND, state__in=PROXY_OPEN).values("subject_id")
    busy = SurveyResponse.objects.filter(pk__in=contested).values("survey_id")
    ended = JointProcurement.objects.filter(state__in=OVER).exclude(title=DISPOSED_TITLE).exclude(pk__in=busy)
    rows = ended.filter(state_since__date__lt=before).order_by("state_since", "pk")
    return [
        Old(key, title, clock.day_of(since))
        for key, title, since in rows.values_list("pk", "title", "state_since")[:most]
    ]


def _dispose(subjects: Sequence[int], at: datetime) -> None:
    topics = list(RequirementTopic.objects.filter(case_id__in=subjects).values_list("pk", flat=True))
    for kind, about in ((KIND, subjects), (TOPIC_KIND, topics)):
        posts = list(Post.objects.filter(kind=kind, subject_id__in=about).values_list("pk", flat=True))
        PostVersion.objects.filter(post_id__in=posts).delete()
        Post.objects.filter(pk__in=posts).delete()
    SurveyAnswer.objects.filter(response__survey_id__in=subjects).delete()
    lines = SurveyLine.objects.filter(response__survey_id__in=subjects)
    lines.update(unit_price_yen=None, supplier="", must="", nice="", reason="")
    SurveyResponse.objects.filter(survey_id__in=subjects).update(contact="", answered_by="")
    SettlementReply.objects.filter(settlement__topic__case_id__in=subjects).update(remark="", by="")
    Settlement.objects.filter(topic__case_id__in=subjects).update(proposed_by="", closed_by="")
    RecordedGround.objects.filter(commitment__case_id__in=subjects).update(by="")
    Commitment.objects.filter(case_id__in=subjects).update(note="", budget_item="", committed_by="")
    CaseMember.objects.filter(case_id__in=subjects).update(joined_by="", left_by="", left_reason="")
    CaseStep.objects.filter(case_id__in=subjects).update(reason="", by="")
    JointProcurement.objects.filter(pk__in=subjects).update(title=DISPOSED_TITLE, purpose="", assignee=None)
    for key in subjects:
        documents.refresh(KIND, key)


def _contracts_over(before: date, most: int) -> Sequence[Old]:
    rows = CurrentContract.objects.filter(ends_on__lt=before).order_by("ends_on", "pk")
    fields = ("pk", "organisation__name", "item", "ends_on")
    return [Old(key, f"{body} {item}", on) for key, body, item, on in rows.values_list(*fields)[:most]]


def _dispose_contracts(subjects: Sequence[int], at: datetime) -> None:
    CurrentContract.objects.filter(pk__in=subjects).delete()

"""When a case or a contract has been kept long enough: words and figures of bodies go, the way it went stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import models

from kyodo.core import clock
from kyodo.core.audit import disposal as record
from kyodo.core.deadlines.models import Deadline
from kyodo.core.decisions.models import Approval
from kyodo.core.decisions.rules import OPEN as APPROVAL_OPEN
from kyodo.core.files.models import Attachment
from kyodo.core.proxy.models import ProxyEntry
from kyodo.core.proxy.rules import KIND as PROXY_KIND
from kyodo.core.proxy.rules import OPEN as PROXY_OPEN
from kyodo.core.retention import kinds
from kyodo.core.retention.kinds import Old, RecordKind
from kyodo.core.search import documents
from kyodo.core.threads.models import Post, PostVersion
from kyodo.core.threads.queries import FILES
from kyodo.engines.words import _
from kyodo.modules.procurement.models import (
    BudgetResult,
    CaseMember,
    CaseStep,
    Commitment,
    CurrentContract,
    Estimate,
    EstimateLine,
    ItemProposal,
    JointProcurement,
    MarketAnswer,
    MarketDocument,
    MarketFigure,
    MarketLink,
    MarketQuestion,
    MarketReply,
    RecordedGround,
    RequestForInformation,
    Requirement,
    RequirementTopic,
    Settlement,
    SettlementReply,
    SpecificationVersion,
    SurveyAnswer,
    SurveyLine,
    SurveyResponse,
)
from kyodo.modules.procurement.rules.alignment import REQUIREMENTS_KIND, TOPIC_KIND
from kyodo.modules.procurement.rules.case import KIND, MEMBER_KIND, CaseState
from kyodo.modules.procurement.rules.commitment import COMMITMENT_KIND
from kyodo.modules.procurement.rules.contracts import CONTRACT_KIND
from kyodo.modules.procurement.rules.estimate import BUDGET_KIND, ESTIMATE_KIND
from kyodo.modules.procurement.rules.market import ANSWER_KIND, DOCUMENT_KIND, RFI_KIND
from kyodo.modules.procurement.rules.merging import PROPOSAL_KIND
from kyodo.modules.procurement.rules.survey import RESPONSE_KIND

DISPOSED_TITLE = "（保存期間満了により廃棄）"
YEARS, CONTRACT_YEARS = 10, 5
OVER = (CaseState.SHARED, CaseState.STOPPED)
# What core keeps about parts of a case: which rows they are, and the way from there to the case.
PARTS: dict[str, tuple[type[models.Model], str]] = {
    MEMBER_KIND: (CaseMember, "case_id"),
    RESPONSE_KIND: (SurveyResponse, "survey_id"),
    PROPOSAL_KIND: (ItemProposal, "survey_id"),
    TOPIC_KIND: (RequirementTopic, "case_id"),
    REQUIREMENTS_KIND: (CaseMember, "case_id"),
    COMMITMENT_KIND: (Commitment, "case_id"),
    ESTIMATE_KIND: (Estimate, "case_id"),
    BUDGET_KIND: (BudgetResult, "case_id"),
    RFI_KIND: (RequestForInformation, "case_id"),
    ANSWER_KIND: (MarketAnswer, "rfi__case_id"),
    DOCUMENT_KIND: (MarketDocument, "answer__rfi__case_id"),
}


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
    """Ended cases; one of which a body still contests a part, or of which a decision is still asked, is not over."""
    ended = JointProcurement.objects.filter(state__in=OVER).exclude(title=DISPOSED_TITLE)
    for kind, (model, way) in PARTS.items():
        contested = ProxyEntry.objects.filter(kind=kind, state__in=PROXY_OPEN).values("subject_id")
        asked = Approval.objects.filter(kind=kind, state__in=APPROVAL_OPEN).values("subject_id")
        for waiting in (contested, asked):
            ended = ended.exclude(pk__in=model._default_manager.filter(pk__in=waiting).order_by().values(way))
    rows = ended.filter(state_since__date__lt=before).order_by("state_since", "pk")
    return [
        Old(key, title, clock.day_of(since))
        for key, title, since in rows.values_list("pk", "title", "state_since")[:most]
    ]


def _dispose(subjects: Sequence[int], at: datetime) -> None:
    for kind, (model, way) in PARTS.items():
        parts = model._default_manager.filter(**{f"{way}__in": subjects}).order_by()
        _dispose_kept(kind, list(parts.values_list("pk", flat=True)))
    _dispose_kept(KIND, subjects)
    _dispose_survey(subjects)
    _dispose_alignment(subjects)
    _dispose_market(subjects)
    EstimateLine.objects.filter(estimate__case_id__in=subjects).delete()
    Estimate.objects.filter(case_id__in=subjects).delete()
    BudgetResult.objects.filter(case_id__in=subjects).delete()
    RecordedGround.objects.filter(commitment__case_id__in=subjects).update(by="")
    Commitment.objects.filter(case_id__in=subjects).update(note="", budget_item="", committed_by="")
    CaseMember.objects.filter(case_id__in=subjects).update(joined_by="", left_by="", left_reason="")
    CaseStep.objects.filter(case_id__in=subjects).update(reason="", by="")
    JointProcurement.objects.filter(pk__in=subjects).update(title=DISPOSED_TITLE, purpose="", assignee=None)
    for key in subjects:
        documents.refresh(KIND, key)


def _dispose_kept(kind: str, subjects: Sequence[int]) -> None:
    """What core keeps about things of a kind: posts, files, entries by proxy, approvals, values in the record."""
    posts = list(Post.objects.filter(kind=kind, subject_id__in=subjects).values_list("pk", flat=True))
    PostVersion.objects.filter(post_id__in=posts).delete()
    Attachment.objects.filter(kind=FILES, subject__in=posts).delete()
    Attachment.objects.filter(kind=kind, subject__in=subjects).delete()
    Post.objects.filter(pk__in=posts).delete()
    entries = ProxyEntry.objects.filter(kind=kind, subject_id__in=subjects)
    numbers = list(entries.values_list("pk", flat=True))
    Attachment.objects.filter(kind=PROXY_KIND, subject__in=numbers).delete()
    entries.update(label=DISPOSED_TITLE, told=[], note="", said_duty="", said_by="", remark="", answered_by="")
    Approval.objects.filter(kind=kind, subject_id__in=subjects).update(title=DISPOSED_TITLE)
    for about, which in ((kind, subjects), (PROXY_KIND, numbers)):
        Deadline.objects.filter(kind=about, subject_id__in=which).delete()
        record.dispose(about, which)


def _dispose_survey(subjects: Sequence[int]) -> None:
    SurveyAnswer.objects.filter(response__survey_id__in=subjects).delete()
    lines = SurveyLine.objects.filter(response__survey_id__in=subjects)
    lines.update(unit_price_yen=None, supplier="", must="", nice="", reason="")
    SurveyResponse.objects.filter(survey_id__in=subjects).update(contact="", answered_by="")
    ItemProposal.objects.filter(survey_id__in=subjects).update(decided_by="")


def _dispose_alignment(subjects: Sequence[int]) -> None:
    """The joint specification stays: others learn from it; what each body required of it goes."""
    Requirement.objects.filter(topic__case_id__in=subjects).update(text="")
    SettlementReply.objects.filter(settlement__topic__case_id__in=subjects).update(remark="", by="")
    settlements = Settlement.objects.filter(topic__case_id__in=subjects)
    settlements.update(reason="", proposed_by="", closed_by="", closed_reason="")
    SpecificationVersion.objects.filter(case_id__in=subjects).update(note="", by="")


def _dispose_market(subjects: Sequence[int]) -> None:
    """That companies were asked and how many answered stays; what they said, and by which links, goes."""
    here = {"answer__rfi__case_id__in": subjects}
    for model in (MarketFigure, MarketReply, MarketDocument):
        model._default_manager.filter(**here).delete()
    MarketQuestion.objects.filter(rfi__case_id__in=subjects).delete()
    MarketLink.objects.filter(rfi__case_id__in=subjects).delete()
    MarketAnswer.objects.filter(rfi__case_id__in=subjects).update(contact="", note="", receipt="")
    RequestForInformation.objects.filter(case_id__in=subjects).update(
        title=DISPOSED_TITLE, text="", wanted="", contact=""
    )


def _contracts_over(before: date, most: int) -> Sequence[Old]:
    rows = CurrentContract.objects.filter(ends_on__lt=before).order_by("ends_on", "pk")
    fields = ("pk", "organisation__name", "item", "ends_on")
    return [Old(key, f"{body} {item}", on) for key, body, item, on in rows.values_list(*fields)[:most]]


def _dispose_contracts(subjects: Sequence[int], at: datetime) -> None:
    CurrentContract.objects.filter(pk__in=subjects).delete()

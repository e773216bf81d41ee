"""Coordinators ask companies: write a request, publish it, invite, answer what is asked back, ask back themselves."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Max

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.audit.record import action
from kyodo.core.faults import Fault, fault_of_text
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.market_letters import Letter, mail_link
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import (
    JointProcurement,
    MarketLink,
    MarketQuestion,
    RequestForInformation,
    RfiItem,
    RfiQuestion,
    Supplier,
)
from kyodo.modules.procurement.queries import results
from kyodo.modules.procurement.queries.market import state_on
from kyodo.modules.procurement.queries.story import items_of
from kyodo.modules.procurement.rules import market as rules
from kyodo.modules.procurement.rules.case import OPEN, CaseState
from kyodo.modules.procurement.rules.market import RFI_KIND, RfiDraft, RfiState, SupplierDraft

NOT_OPEN = _("この情報提供依頼は、いま受付中ではありません。")
NOT_IN_MARKET = _("案件を「情報提供依頼」の段階に進めてから公開してください。")
NO_ITEMS = _("品目がありません。品目を決めてから公開してください。")
OVER = _("締切日が過ぎています。新しい締切日を入れてから公開してください。")


@action("procurement.rfi_written", _("{who}が共同調達 {subject} の情報提供依頼を書きました。"))
def write_request(*, case: JointProcurement, draft: RfiDraft, revision: int | None, by: Actor, at: datetime) -> int:
    """Write the request of a case, or change it if nobody did since `revision` was read; its number."""
    if case.state not in OPEN:
        raise CaseChanged
    known = RequestForInformation.objects.filter(case=case).first()
    faults = rules.faults_of_request(draft, today=clock.day_of(at), before=known.closes_on if known else None)
    if faults:
        raise CaseRefused(faults)
    values = {
        "title": draft.title,
        "text": draft.text,
        "wanted": draft.wanted,
        "contact": draft.contact,
        "closes_on": draft.closes_on,
        "changed_at": at,
    }
    if known is None:
        with first_come():
            row = RequestForInformation.objects.create(case=case, **values)
    else:
        same = RequestForInformation.objects.filter(pk=known.pk, revision=revision or 0)
        if not same.update(**values, revision=F("revision") + 1):
            raise CaseChanged
        row = known
    _ask(row, draft.questions, at=at)
    _count(row, anew=known is None or known.published_at is None)
    before = {"title": known.title, "closes_on": known.closes_on.isoformat()} if known else {}
    after = {"title": draft.title, "closes_on": draft.closes_on.isoformat()}
    sign(
        case,
        changed={name: (before.get(name), value) for name, value in after.items() if before.get(name) != value},
        kind=RFI_KIND,
        subject=row.pk,
    )
    return row.pk


@action("procurement.rfi_published", _("{who}が共同調達 {subject} の情報提供依頼を公開しました。"))
def publish_request(*, rfi: RequestForInformation, by: Actor, at: datetime) -> None:
    """Let everybody read the request and companies answer it; the sums of the survey are told as they are now."""
    if rfi.case.state != CaseState.MARKET:
        raise CaseRefused([Fault("", NOT_IN_MARKET)])
    if rfi.closes_on < clock.day_of(at):
        raise CaseRefused([Fault("", OVER)])
    _count(rfi, anew=True)
    if not rfi.items.filter(item__withdrawn_at=None).exists():
        raise CaseRefused([Fault("", NO_ITEMS)])
    same = RequestForInformation.objects.filter(pk=rfi.pk, revision=rfi.revision)
    if not same.update(published_at=at, withdrawn_at=None, changed_at=at, revision=F("revision") + 1):
        raise CaseChanged
    told = _("{subject} の情報提供依頼を公開しました。企業の回答は {day} までです。")
    tell_bodies(rfi.case, told, by=by, at=at, day=rfi.closes_on.isoformat())
    sign(rfi.case, changed={"closes_on": (None, rfi.closes_on.isoformat())}, kind=RFI_KIND, subject=rfi.pk)


@action("procurement.rfi_withdrawn", _("{who}が共同調達 {subject} の情報提供依頼を取り下げました。"))
def withdraw_request(*, rfi: RequestForInformation, by: Actor, at: datetime) -> None:
    """Take the request off the public pages; what companies answered stays, and they can answer no more."""
    same = RequestForInformation.objects.filter(pk=rfi.pk, withdrawn_at=None).exclude(published_at=None)
    if not same.update(withdrawn_at=at, changed_at=at, revision=F("revision") + 1):
        raise CaseChanged
    sign(rfi.case, changed={"withdrawn": (False, True)}, kind=RFI_KIND, subject=rfi.pk)


@action("procurement.supplier_invited", _("{who}が共同調達 {subject} の情報提供依頼に企業を招きました。"))
def invite(*, rfi: RequestForInformation, draft: SupplierDraft, by: Actor, at: datetime) -> int:
    """Mail a company its link. Coordinators know whom they write to: a new address takes the place of the old one."""
    if state_on(rfi, clock.day_of(at)) is not RfiState.OPEN:
        raise CaseRefused([Fault("", NOT_OPEN)])
    if faults := rules.faults_of_supplier(draft):
        raise CaseRefused(faults)
    supplier, _new = Supplier.objects.get_or_create(
        corporate_number=draft.corporate_number,
        defaults={"name": draft.name, "address": draft.address, "added_at": at, "confirmed_at": at},
    )
    if supplier.address != draft.address:
        MarketLink.objects.filter(supplier=supplier, ended_at=None).update(ended_at=at)
    supplier.name, supplier.address, supplier.confirmed_at = draft.name, draft.address, supplier.confirmed_at or at
    supplier.save(update_fields=("name", "address", "confirmed_at"))
    mail_link(rfi, supplier, Letter.INVITED, by_coordinator=True, at=at)
    sign(rfi.case, changed={"company": (None, draft.name)}, kind=RFI_KIND, subject=rfi.pk)
    return supplier.pk


@action("procurement.market_question_answered", _("{who}が共同調達 {subject} の企業の質問に答えました。"))
def answer_question(
    *, question: MarketQuestion, answer: str, is_public: bool, public_text: str, by: Actor, at: datetime
) -> None:
    """Answer a company alone, or all: then the question stands in the coordinators' words, without who asked."""
    faults = list(fault_of_text("answer", answer, rules.REPLY_LENGTH))
    if is_public:
        faults += fault_of_text("public_text", public_text, rules.ASKED_LENGTH)
    if faults:
        raise CaseRefused(faults)
    waiting = MarketQuestion.objects.filter(pk=question.pk, answered_at=None, is_ours=False)
    told = {"answer": answer, "answered_at": at, "answered_by": by.label, "is_public": is_public}
    if not waiting.update(**told, public_text=public_text if is_public else ""):
        raise CaseChanged
    if is_public:
        RequestForInformation.objects.filter(pk=question.rfi_id).update(changed_at=at)
    mail_link(question.rfi, question.supplier, Letter.ANSWERED, by_coordinator=True, at=at)
    sign(question.rfi.case, changed={"is_public": (None, is_public)}, kind=RFI_KIND, subject=question.rfi_id)


@action("procurement.market_asked_back", _("{who}が共同調達 {subject} の企業に質問しました。"))
def ask_back(*, rfi: RequestForInformation, supplier: Supplier, text: str, by: Actor, at: datetime) -> int:
    """Ask a company something about its answer, also after the closing day; it is mailed a link."""
    if state_on(rfi, clock.day_of(at)) not in {RfiState.OPEN, RfiState.CLOSED}:
        raise CaseRefused([Fault("", NOT_OPEN)])
    if faults := list(fault_of_text("text", text, rules.ASKED_LENGTH)):
        raise CaseRefused(faults)
    question = MarketQuestion.objects.create(
        rfi=rfi, supplier=supplier, is_ours=True, text=text, asked_at=at, asked_by=by.label
    )
    mail_link(rfi, supplier, Letter.ASKED, by_coordinator=True, at=at)
    sign(rfi.case, changed={"company": (None, supplier.name)}, kind=RFI_KIND, subject=rfi.pk)
    return question.pk


def _ask(rfi: RequestForInformation, questions: tuple[str, ...], *, at: datetime) -> None:
    """Free questions are known by their words: those that are not among them are withdrawn with their answers."""
    RfiQuestion.objects.filter(rfi=rfi, withdrawn_at=None).exclude(text__in=questions).update(withdrawn_at=at)
    for number, text in enumerate(questions, start=1):
        RfiQuestion.objects.update_or_create(rfi=rfi, text=text, defaults={"number": number, "withdrawn_at": None})


def _count(rfi: RequestForInformation, *, anew: bool) -> None:
    """What the survey's bodies want together, item by item; `anew` also for those that companies may have read."""
    items = items_of(rfi.case_id)
    sums = results.by_item(results.demands(rfi.case_id), {item.id: item.unit for item in items})
    known = set(RfiItem.objects.filter(rfi=rfi).values_list("item_id", flat=True))
    last = RfiItem.objects.filter(rfi=rfi).aggregate(last=Max("number"))["last"] or 0
    for number, item in enumerate(items, start=1):
        told = sums[item.id]
        values = {
            "number": number if anew or item.id in known else last + number,
            "name": item.name,
            "unit": item.unit,
            "quantity": told.total or None,
            "is_about": told.is_about or bool(told.without_number),
        }
        if item.id not in known:
            RfiItem.objects.create(rfi=rfi, item_id=item.id, **values)
        elif anew:
            RfiItem.objects.filter(rfi=rfi, item_id=item.id).update(**values)

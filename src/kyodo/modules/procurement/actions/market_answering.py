"""What companies do: register for a link, answer, ask, reply. No account: whoever has the link is the company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from kyodo.core import clock
from kyodo.core.access.actor import Actor, resident
from kyodo.core.audit.record import action
from kyodo.core.faults import Fault, fault_of_text
from kyodo.core.files import attachments
from kyodo.core.files.store import Kept
from kyodo.engines.words import _
from kyodo.modules.procurement.actions.market_asking import NOT_OPEN
from kyodo.modules.procurement.actions.market_letters import Letter, mail_link
from kyodo.modules.procurement.actions.racing import first_come
from kyodo.modules.procurement.actions.refusals import CaseChanged, CaseRefused
from kyodo.modules.procurement.actions.signing import sign, tell_bodies
from kyodo.modules.procurement.models import (
    MarketAnswer,
    MarketDocument,
    MarketFigure,
    MarketLink,
    MarketQuestion,
    MarketReply,
    RequestForInformation,
    RfiItem,
    RfiQuestion,
    Supplier,
)
from kyodo.modules.procurement.queries.market import Guest, state_on
from kyodo.modules.procurement.queries.people import coordinators
from kyodo.modules.procurement.rules import market as rules
from kyodo.modules.procurement.rules.market import (
    ANSWER_KIND,
    DOCUMENT_KIND,
    RFI_KIND,
    AnswerDraft,
    RfiState,
    SupplierDraft,
)

TOO_MANY = _("登録が混み合っています。1時間ほどたってから、もう一度お試しください。")
MANY_DOCUMENTS = _("資料は10までです。減らしてください。")
MOST_ASKED = 50
MANY_ASKED = _("質問は50までです。お問い合わせ先にご連絡ください。")


def company(supplier: Supplier, by: Actor) -> Actor:
    """The company as whoever acts: the link makes somebody the company, whatever account they are signed in with."""
    return _called(supplier.name, by)


def _called(name: str, by: Actor) -> Actor:
    return replace(resident(entrance=by.entrance, is_outside=by.is_outside), label=name)


def register(*, rfi: RequestForInformation, draft: SupplierDraft, by: Actor, at: datetime) -> None:
    """Ask for a link. Whether the company was known before, or got one just now, is told to nobody."""
    if state_on(rfi, clock.day_of(at)) is not RfiState.OPEN:
        raise CaseRefused([Fault("", NOT_OPEN)])
    if faults := rules.faults_of_supplier(draft):
        raise CaseRefused(faults)
    own = MarketLink.objects.filter(rfi=rfi, by_coordinator=False)
    if own.filter(made_at__gt=at - timedelta(hours=1)).count() >= rules.MOST_REGISTRATIONS_AN_HOUR:
        raise CaseRefused([Fault("", TOO_MANY)])
    sent = own.filter(supplier__corporate_number=draft.corporate_number).values_list("made_at", flat=True)
    if rules.may_mail_link(list(sent), at=at):
        _register(rfi=rfi, draft=draft, by=_called(draft.name, by), at=at)


@action("procurement.supplier_registered", _("{who}が共同調達 {subject} の情報提供依頼に登録しました。"))
def _register(*, rfi: RequestForInformation, draft: SupplierDraft, by: Actor, at: datetime) -> None:
    """Mail the link to the company's sure address where there is one; an unsure one goes to whoever came last.

    So somebody else's 法人番号 opens nothing: not the answer of a known company, and no longer than until it comes.
    """
    supplier, is_new = Supplier.objects.get_or_create(
        corporate_number=draft.corporate_number,
        defaults={"name": draft.name, "address": draft.address, "added_at": at},
    )
    if not is_new and supplier.confirmed_at is None:
        if supplier.address != draft.address:
            MarketLink.objects.filter(supplier=supplier, ended_at=None).update(ended_at=at)
        supplier.name, supplier.address = draft.name, draft.address
        supplier.save(update_fields=("name", "address"))
    mail_link(rfi, supplier, Letter.REGISTERED, by_coordinator=False, at=at)
    sign(rfi.case, changed={"company": (None, draft.name)}, kind=RFI_KIND, subject=rfi.pk)


@action("procurement.market_answered", _("{who}が共同調達 {subject} の情報提供依頼に答えました。"))
def save_answer(
    *,
    guest: Guest,
    draft: AnswerDraft,
    revision: int,
    documents: Sequence[Kept] = (),
    are_documents_confidential: bool = False,
    dropped: Sequence[int] = (),
    by: Actor,
    at: datetime,
) -> str:
    """Keep what a company says; its receipt. Of two people of one company the second is told."""
    _ask_open(guest, at)
    items = set(RfiItem.objects.filter(rfi=guest.rfi, item__withdrawn_at=None).values_list("pk", flat=True))
    asked = set(RfiQuestion.objects.filter(rfi=guest.rfi, withdrawn_at=None).values_list("pk", flat=True))
    if set(draft.figures) - items or set(draft.replies) - asked:
        raise CaseChanged
    known = guest.answer
    faults = rules.faults_of_answer(draft)
    kept = len(known.documents) - len(dropped) if known else 0
    if kept + len(documents) > rules.MOST_DOCUMENTS:
        faults.append(Fault("documents", MANY_DOCUMENTS))
    if faults:
        raise CaseRefused(faults)
    answer = _keep(guest, draft, revision=revision, at=at)
    _write(answer, draft)
    MarketDocument.objects.filter(answer=answer, pk__in=dropped).update(withdrawn_at=at)
    _attach(answer, documents, are_confidential=are_documents_confidential, by=by, at=at)
    receipt = _receipt(answer, guest, draft, at=at)
    before = known.receipt if known else None
    MarketAnswer.objects.filter(pk=answer.pk).update(receipt=receipt)
    Supplier.objects.filter(pk=guest.supplier.pk, confirmed_at=None).update(confirmed_at=at)
    changed: dict[str, tuple[Any, Any]] = {"receipt": (before, receipt)}
    if documents:
        changed["files"] = (None, attachments.recorded(documents))
    sign(guest.rfi.case, changed=changed, kind=ANSWER_KIND, subject=answer.pk)
    return receipt


@action("procurement.market_question_asked", _("{who}が共同調達 {subject} について質問しました。"))
def ask(*, guest: Guest, text: str, by: Actor, at: datetime) -> int:
    """Ask the coordinators something; they answer to the company alone, or to all without its name."""
    _ask_open(guest, at)
    faults = list(fault_of_text("text", text, rules.ASKED_LENGTH))
    if MarketQuestion.objects.filter(rfi=guest.rfi, supplier=guest.supplier).count() >= MOST_ASKED:
        faults.append(Fault("text", MANY_ASKED))
    if faults:
        raise CaseRefused(faults)
    question = MarketQuestion.objects.create(
        rfi=guest.rfi, supplier=guest.supplier, text=text, asked_at=at, asked_by=by.label
    )
    case = guest.rfi.case
    told = _("{subject} の情報提供依頼に、企業から質問がありました。")
    tell_bodies(
        case,
        told,
        by=by,
        at=at,
        people=coordinators(),
        address=f"/procurement/{case.pk}/market/questions/{question.pk}/",
    )
    sign(case, changed={"company": (None, by.label)}, kind=RFI_KIND, subject=guest.rfi.pk)
    return question.pk


@action("procurement.market_replied", _("{who}が共同調達 {subject} について、たずねられたことに答えました。"))
def reply(*, guest: Guest, question_id: int, text: str, by: Actor, at: datetime) -> None:
    """Answer what the coordinators asked, also after the closing day."""
    if state_on(guest.rfi, clock.day_of(at)) not in {RfiState.OPEN, RfiState.CLOSED}:
        raise CaseRefused([Fault("", NOT_OPEN)])
    if faults := list(fault_of_text("text", text, rules.REPLY_LENGTH)):
        raise CaseRefused(faults)
    mine = MarketQuestion.objects.filter(pk=question_id, rfi=guest.rfi, supplier=guest.supplier, is_ours=True)
    if not mine.filter(answered_at=None).update(answer=text, answered_at=at, answered_by=by.label):
        raise CaseChanged
    case = guest.rfi.case
    told = _("{subject} について、企業から返事がありました。")
    tell_bodies(
        case, told, by=by, at=at, people=coordinators(), address=f"/procurement/{case.pk}/market/{guest.supplier.pk}/"
    )
    sign(case, changed={"company": (None, by.label)}, kind=RFI_KIND, subject=guest.rfi.pk)


def _ask_open(guest: Guest, at: datetime) -> None:
    if state_on(guest.rfi, clock.day_of(at)) is not RfiState.OPEN:
        raise CaseRefused([Fault("", NOT_OPEN)])


def _keep(guest: Guest, draft: AnswerDraft, *, revision: int, at: datetime) -> MarketAnswer:
    values = {
        "contact": draft.contact,
        "note": draft.note,
        "is_name_confidential": draft.is_name_confidential,
        "saved_at": at,
    }
    if revision == 0:
        with first_come():
            return MarketAnswer.objects.create(rfi=guest.rfi, supplier=guest.supplier, **values)
    own = MarketAnswer.objects.filter(rfi=guest.rfi, supplier=guest.supplier)
    if not own.filter(revision=revision).update(**values, revision=F("revision") + 1):
        raise CaseChanged
    return own.get()


def _write(answer: MarketAnswer, draft: AnswerDraft) -> None:
    """What is empty now is no answer any more."""
    for item, figure in draft.figures.items():
        if figure.says:
            MarketFigure.objects.update_or_create(answer=answer, item_id=item, defaults=asdict(figure))
        else:
            MarketFigure.objects.filter(answer=answer, item_id=item).delete()
    for question, said in draft.replies.items():
        if said.text:
            MarketReply.objects.update_or_create(answer=answer, question_id=question, defaults=asdict(said))
        else:
            MarketReply.objects.filter(answer=answer, question_id=question).delete()


def _attach(
    answer: MarketAnswer, documents: Sequence[Kept], *, are_confidential: bool, by: Actor, at: datetime
) -> None:
    for kept in documents:
        row = MarketDocument.objects.create(
            answer=answer,
            name=kept.name,
            digest=kept.digest,
            size=kept.size,
            is_confidential=are_confidential,
            handed_in_at=at,
        )
        organisation = answer.rfi.case.organisation_id
        attachments.attach(kept, kind=DOCUMENT_KIND, subject=row.pk, organisation=organisation, by=by, at=at)


def _receipt(answer: MarketAnswer, guest: Guest, draft: AnswerDraft, *, at: datetime) -> str:
    """Of everything that stands there now, not only of what came last."""
    figures, replies = dict(draft.figures), dict(draft.replies)
    if guest.answer is not None:
        figures, replies = {**guest.answer.figures, **figures}, {**guest.answer.replies, **replies}
    whole = replace(
        draft,
        figures={key: one for key, one in figures.items() if one.says},
        replies={key: one for key, one in replies.items() if one.text},
    )
    digests = MarketDocument.objects.filter(answer=answer, withdrawn_at=None).values_list("digest", flat=True)
    return rules.receipt_of(whole, digests, supplier=guest.supplier.corporate_number, at=at)

"""情報提供依頼 as each reader may see it: the public, a company with its link, bodies, coordinators and auditors."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from kyodo.core import clock
from kyodo.core.access.actor import Actor
from kyodo.core.crawlers.pages import PublicPage
from kyodo.core.files import attachments
from kyodo.core.files.attachments import AttachmentRow
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
from kyodo.modules.procurement.permissions import Permission
from kyodo.modules.procurement.queries.cases import held_by, seen_from_inside, sees_all
from kyodo.modules.procurement.rules.case import CaseState
from kyodo.modules.procurement.rules.market import (
    DOCUMENT_KIND,
    FIGURES,
    FigureDraft,
    ReplyDraft,
    RfiState,
    state_of,
)

HeldRequest = RequestForInformation
KEPT_PUBLIC = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class RfiItemRow:
    """An item as companies see it: how many all bodies together want, never who."""

    id: int
    number: int
    name: str
    unit: str
    quantity: int | None
    is_about: bool


@dataclass(frozen=True, slots=True)
class RfiQuestionRow:
    """A free question to companies."""

    id: int
    text: str


@dataclass(frozen=True, slots=True)
class PublicTalkRow:
    """A question that was answered to all; who asked it stays unsaid."""

    text: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class RfiRow:
    """A request, whole."""

    id: int
    case_id: int
    title: str
    text: str
    wanted: str
    contact: str
    closes_on: date
    state: RfiState
    published_at: datetime | None
    changed_at: datetime
    revision: int
    items: tuple[RfiItemRow, ...] = ()
    questions: tuple[RfiQuestionRow, ...] = ()
    talk: tuple[PublicTalkRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of a company; `file` leads to it for whoever may read it."""

    id: int
    name: str
    size: int
    is_confidential: bool
    handed_in_at: datetime
    file: AttachmentRow | None = None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A company's answer as its reader may see it. `hidden`: the items whose figures stay confidential for them.

    `name` is empty and `supplier_id` None where the company's name is confidential for the reader.
    """

    id: int
    number: int
    supplier_id: int | None
    name: str
    corporate_number: str
    is_name_confidential: bool
    contact: str
    note: str
    saved_at: datetime
    receipt: str
    revision: int
    figures: dict[int, FigureDraft] = field(default_factory=dict)
    replies: dict[int, ReplyDraft] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    hidden_replies: frozenset[int] = frozenset()
    documents: tuple[DocumentRow, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """A company that was invited or registered, and how far it is."""

    id: int
    name: str
    corporate_number: str
    address: str
    is_confirmed: bool
    sent_at: datetime
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Guest:
    """Who comes by a link: a company, for one request."""

    link: MarketLink
    supplier: Supplier
    rfi: RequestForInformation
    request: RfiRow
    answer: AnswerRow | None


ROW = ("id", "case_id", "title", "text", "wanted", "contact", "closes_on", "published_at", "changed_at", "revision")
STATE = ("withdrawn_at", "case__state")
ANSWER = (
    "supplier_id",
    "name",
    "corporate_number",
    "is_name_confidential",
    "contact",
    "note",
    "saved_at",
    "receipt",
    "revision",
)


def digest_of(key: str) -> str:
    """What is kept of the secret in a link."""
    return hashlib.sha256(key.encode()).hexdigest()


def state_on(rfi: RequestForInformation, day: date) -> RfiState:
    """Where a request stands on a day."""
    return state_of(
        published_at=rfi.published_at,
        withdrawn_at=rfi.withdrawn_at,
        closes_on=rfi.closes_on,
        in_market=rfi.case.state == CaseState.MARKET,
        today=day,
    )


def public_requests() -> QuerySet[RequestForInformation]:
    """What anybody may read: published, not withdrawn, and not closed for more than a year."""
    found = RequestForInformation.objects.filter(withdrawn_at=None, closes_on__gte=clock.today() - KEPT_PUBLIC)
    return found.exclude(published_at=None)


def open_requests() -> list[RfiRow]:
    """The requests that take answers today, what closes first comes first."""
    going = public_requests().filter(closes_on__gte=clock.today(), case__state=CaseState.MARKET)
    return _rows(going.order_by("closes_on", "id"))


def public_request(rfi_id: int) -> RfiRow | None:
    """A request as anybody may read it, with its items' sums and what was answered to all."""
    found = _rows(public_requests().filter(pk=rfi_id))
    return whole(found[0]) if found else None


def public_pages() -> Iterable[PublicPage]:
    """The list and each open request, for crawlers."""
    yield PublicPage("/procurement/public/")
    for row in open_requests():
        yield PublicPage(f"/procurement/public/{row.id}/", row.changed_at)


def request_of(case_id: int, *, actor: Actor) -> RfiRow | None:
    """The request of a case: for whoever is in the case, coordinators and auditors; a draft is the coordinators'."""
    if not market_seen_by(actor, case_id):
        return None
    found = _rows(RequestForInformation.objects.filter(case_id=case_id))
    if not found or (found[0].state is RfiState.DRAFT and not sees_all(actor)):
        return None
    return whole(found[0])


def market_seen_by(actor: Actor, case_id: int) -> bool:
    """True where the actor may read what companies answered: whoever is in the case, coordinators and auditors."""
    return seen_from_inside(actor, case_id)


def request_held_by(actor: Actor, case_id: int) -> RequestForInformation | None:
    """The request that a coordinator writes to."""
    cases = held_by(actor, Permission.RUN).filter(pk=case_id)
    return RequestForInformation.objects.select_related("case").filter(case__in=cases).first()


def whole(row: RfiRow) -> RfiRow:
    """A request with its items, questions, and what was answered to all."""
    items = RfiItem.objects.filter(rfi_id=row.id, item__withdrawn_at=None)
    questions = RfiQuestion.objects.filter(rfi_id=row.id, withdrawn_at=None)
    talk = MarketQuestion.objects.filter(rfi_id=row.id, is_public=True).order_by("answered_at", "id")
    return replace(
        row,
        items=tuple(
            RfiItemRow(*one) for one in items.values_list("id", "number", "name", "unit", "quantity", "is_about")
        ),
        questions=tuple(RfiQuestionRow(*one) for one in questions.values_list("id", "text")),
        talk=tuple(PublicTalkRow(*one) for one in talk.values_list("public_text", "answer", "answered_at")),
    )


def answers_of(rfi_id: int, *, actor: Actor) -> list[AnswerRow]:
    """The companies' answers in the order in which they came, without what is confidential for the actor."""
    told = _answers(MarketAnswer.objects.filter(rfi_id=rfi_id))
    return told if sees_all(actor) else [_for_bodies(one) for one in told]


def supplier_held_by(actor: Actor, case_id: int, supplier_id: int) -> Supplier | None:
    """A company that has to do with a case's request, for coordinators."""
    cases = held_by(actor, Permission.RUN).filter(pk=case_id)
    return Supplier.objects.filter(links__rfi__case__in=cases, pk=supplier_id).distinct().first()


def suppliers_of(rfi_id: int) -> list[SupplierRow]:
    """The companies that have a link, with when it was mailed last and when they answered."""
    saved = dict(MarketAnswer.objects.filter(rfi_id=rfi_id).values_list("supplier_id", "saved_at"))
    told: dict[int, SupplierRow] = {}
    names = ("supplier_id", "supplier__name", "supplier__corporate_number", "supplier__address")
    found = MarketLink.objects.filter(rfi_id=rfi_id).order_by("-made_at", "-id")
    for key, name, number, address, confirmed_at, made_at in found.values_list(
        *names, "supplier__confirmed_at", "made_at"
    ):
        told.setdefault(key, SupplierRow(key, name, number, address, confirmed_at is not None, made_at, saved.get(key)))
    return list(told.values())


def guest_by(key: str) -> Guest | None:
    """The company to which a secret leads, and its request; None for one that leads nowhere (any more)."""
    found = MarketLink.objects.filter(digest=digest_of(key), ended_at=None)
    link = found.select_related("supplier", "rfi__case").first()
    return guest_of(link) if link is not None and link.rfi.published_at is not None else None


def guest_of(link: MarketLink) -> Guest:
    """The company of a link, with what it said so far."""
    told = _answers(MarketAnswer.objects.filter(rfi_id=link.rfi_id, supplier_id=link.supplier_id))
    row = whole(_rows(RequestForInformation.objects.filter(pk=link.rfi_id))[0])
    return Guest(link, link.supplier, link.rfi, row, told[0] if told else None)


def may_read_document(actor: Actor, document_id: int) -> bool:
    """Who may fetch a company's document: coordinators, auditors; bodies of the case where nothing is confidential."""
    found = MarketDocument.objects.filter(pk=document_id, withdrawn_at=None)
    row = found.values_list("answer__rfi__case_id", "is_confidential", "answer__is_name_confidential").first()
    if row is None or not actor.may(Permission.READ) or not market_seen_by(actor, row[0]):
        return False
    return sees_all(actor) or not (row[1] or row[2])


def figures_by_item(rfi_id: int) -> dict[int, list[FigureDraft]]:
    """All companies' figures by the case's item, confidential ones too: for estimates, which name nobody."""
    told: dict[int, list[FigureDraft]] = defaultdict(list)
    found = MarketFigure.objects.filter(answer__rfi_id=rfi_id).order_by("id")
    for item, *values in found.values_list("item__item_id", *FIGURES, "note", "is_confidential"):
        told[item].append(FigureDraft(*values))
    return dict(told)


def _rows(found: QuerySet[RequestForInformation]) -> list[RfiRow]:
    today = clock.today()
    made = []
    for *values, withdrawn_at, state in found.values_list(*ROW, *STATE):
        told = dict(zip(ROW, values, strict=True))
        standing = state_of(
            published_at=told["published_at"],
            withdrawn_at=withdrawn_at,
            closes_on=told["closes_on"],
            in_market=state == CaseState.MARKET,
            today=today,
        )
        made.append(RfiRow(state=standing, **told))
    return made


def _answers(found: QuerySet[MarketAnswer]) -> list[AnswerRow]:
    """Answers as they are, in four queries more however many there are."""
    names = ("id", "supplier_id", "supplier__name", "supplier__corporate_number", "is_name_confidential")
    rest = ("contact", "note", "saved_at", "receipt", "revision")
    heads: list[tuple[Any, ...]] = list(found.order_by("id").values_list(*names, *rest))
    keys = [head[0] for head in heads]
    figures: dict[int, dict[int, FigureDraft]] = defaultdict(dict)
    rows: Any = MarketFigure.objects.filter(answer_id__in=keys, item__item__withdrawn_at=None)
    for answer, item, *values in rows.values_list("answer_id", "item_id", *FIGURES, "note", "is_confidential"):
        figures[answer][item] = FigureDraft(*values)
    replies: dict[int, dict[int, ReplyDraft]] = defaultdict(dict)
    rows = MarketReply.objects.filter(Q(question__withdrawn_at=None), answer_id__in=keys)
    for answer, question, text, is_confidential in rows.values_list(
        "answer_id", "question_id", "text", "is_confidential"
    ):
        replies[answer][question] = ReplyDraft(text, is_confidential)
    documents = _documents(keys)
    made = []
    for number, (key, *head) in enumerate(heads, start=1):
        told: dict[str, Any] = dict(zip(ANSWER, head, strict=True))
        made.append(
            AnswerRow(
                id=key,
                number=number,
                figures=figures[key],
                replies=replies[key],
                documents=tuple(documents.get(key, ())),
                **told,
            )
        )
    return made


def _documents(answers: Sequence[int]) -> dict[int, list[DocumentRow]]:
    found = MarketDocument.objects.filter(answer_id__in=answers, withdrawn_at=None)
    rows: list[tuple[Any, ...]] = list(
        found.values_list("answer_id", "id", "name", "size", "is_confidential", "handed_in_at")
    )
    files = attachments.of(DOCUMENT_KIND, [row[1] for row in rows])
    told: dict[int, list[DocumentRow]] = defaultdict(list)
    for answer, key, name, size, is_confidential, at in rows:
        told[answer].append(DocumentRow(key, name, size, is_confidential, at, next(iter(files.get(key, ())), None)))
    return told


def _for_bodies(row: AnswerRow) -> AnswerRow:
    """An answer without what the company marked as confidential; with its name go contact, remark and documents."""
    figures = {key: one for key, one in row.figures.items() if not one.is_confidential}
    replies = {key: one for key, one in row.replies.items() if not one.is_confidential}
    told = replace(
        row,
        receipt="",
        figures=figures,
        replies=replies,
        hidden=frozenset(row.figures.keys() - figures.keys()),
        hidden_replies=frozenset(row.replies.keys() - replies.keys()),
        documents=tuple(one for one in row.documents if not one.is_confidential),
    )
    if not row.is_name_confidential:
        return told
    return replace(told, supplier_id=None, name="", corporate_number="", contact="", note="", documents=())
